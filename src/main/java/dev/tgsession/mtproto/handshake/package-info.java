/** How do two sides come to share a key? */
@NullMarked
package dev.tgsession.mtproto.handshake;

import org.jspecify.annotations.NullMarked;
