/**
 * How does a value look on the wire?
 *
 * <p>Telegram's Type Language, binary form: little-endian numbers, padded strings, objects that begin with the id of
 * their constructor. Records carry the schema line they follow ({@link dev.tgsession.tl.Tl}), and
 * {@link dev.tgsession.tl.TlCodec} turns them into bytes and back.
 *
 * @see <a href="https://core.telegram.org/mtproto/serialize">Binary data serialization</a>
 */
@NullMarked
package dev.tgsession.tl;

import org.jspecify.annotations.NullMarked;
