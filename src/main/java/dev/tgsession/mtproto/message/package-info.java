/** How is a message numbered and sealed? */
@NullMarked
package dev.tgsession.mtproto.message;

import org.jspecify.annotations.NullMarked;
