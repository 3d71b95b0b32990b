package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;

/**
 * One message of a session, as it stands inside the encryption.
 *
 * @param salt the server's salt of the half hour
 * @param sessionId which of the key's sessions it belongs to
 * @param id the message id
 * @param sequenceNumber odd if it has to be acknowledged
 * @param body one TL object, a multiple of four bytes
 */
public record Message(long salt, long sessionId, long id, int sequenceNumber, Bytes body) {
    /** Says where the message stands, never what is in it: a body can hold a login code. */
    @Override
    public String toString() {
        return "Message[id=" + Long.toHexString(id) + ", " + body.size() + " bytes]";
    }
}
