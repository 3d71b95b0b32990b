/**
 * How does a packet cross a stream?
 *
 * <p>A payload is one MTProto message, sealed or plain; this package only says where it begins and ends on a TCP
 * connection, and hides that from filters when asked to.
 *
 * <pre>
 *   PacketChannel    send(payload)                       receive(timeout)
 *   PacketCodec      payload into a frame                frame into a payload
 *   Obfuscation      AES-CTR, one stream                 AES-CTR, the other stream   (when chosen)
 *   Socket           ─────────────────── 64-byte header or start tag, then frames ───────────────────
 * </pre>
 *
 * <p>Facts from core.telegram.org/mtproto/mtproto-transports. A proxy (MTProxy, SOCKS5, HTTP CONNECT) or a WebSocket
 * would stand between {@code Obfuscation} and the socket.
 */
@NullMarked
package dev.tgsession.transport;

import org.jspecify.annotations.NullMarked;
