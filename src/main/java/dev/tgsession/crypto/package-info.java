/** What does MTProto compute? */
@NullMarked
package dev.tgsession.crypto;

import org.jspecify.annotations.NullMarked;
