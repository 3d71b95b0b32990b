/** How does a call get its answer? */
@NullMarked
package dev.tgsession.mtproto.rpc;

import org.jspecify.annotations.NullMarked;
