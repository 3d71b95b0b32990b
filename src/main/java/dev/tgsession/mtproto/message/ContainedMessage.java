package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;

/**
 * One message as it reaches whoever handles it: out of its container, out of its compression.
 *
 * @param id its own message id
 * @param sequenceNumber its own sequence number
 * @param body one TL object
 */
public record ContainedMessage(long id, int sequenceNumber, Bytes body) {
    /** The constructor id of the object, or 0 if there are not even four bytes. */
    public int constructor() {
        return body.size() < 4 ? 0 : body.intAt(0);
    }

    /** Whether the sender waits for an acknowledgement. */
    public boolean isContent() {
        return SequenceNumbers.isContent(sequenceNumber);
    }

    /** Says where the message stands, never what is in it: a body can hold a login code. */
    @Override
    public String toString() {
        return "ContainedMessage[id=" + Long.toHexString(id) + ", " + body.size() + " bytes]";
    }
}
