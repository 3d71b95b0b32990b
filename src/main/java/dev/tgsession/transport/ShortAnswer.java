package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;

/**
 * What a server says in fewer than 16 bytes, which can be no message.
 *
 * <pre>
 *   00 00 00 00                          nothing, pass over
 *   ff ff ff ff | token:4                a quick acknowledgement, pass over
 *   code:4, LE                           a transport error
 * </pre>
 */
final class ShortAnswer {
    private static final int SHORTEST_MESSAGE = 16;

    private ShortAnswer() {}

    /**
     * Tells whether a payload from a server is one for the layer above.
     *
     * @throws TransportRefusedException if it is a transport error
     */
    static boolean isMessage(Bytes payload) throws TransportRefusedException {
        if (payload.size() >= SHORTEST_MESSAGE) {
            return true;
        }
        int value = payload.intAt(0);
        boolean quickAck = value == -1 && payload.size() >= 8;
        if (value != 0 && !quickAck) {
            throw new TransportRefusedException(value);
        }
        return false;
    }
}
