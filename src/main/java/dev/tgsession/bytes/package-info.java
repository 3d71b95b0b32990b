/** What is a run of bytes? */
@NullMarked
package dev.tgsession.bytes;

import org.jspecify.annotations.NullMarked;
