package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;

/**
 * What one side takes from the other.
 *
 * @param largestPayload in bytes; a longer payload is refused before it is read
 * @param readsRequests true at the server's end: a frame may then ask for a quick acknowledgement, and the mark is passed
 *     over. The client's end never asks for one, so a mark there is an error.
 */
record PacketRules(int largestPayload, boolean readsRequests) {
    /** 4 MiB and 1 KiB, the limit of Telegram's own client library. */
    static final PacketRules CLIENT = new PacketRules((4 << 20) + (1 << 10), false);

    /** Padded intermediate frames end with 0 to 15 random bytes. */
    static final int MOST_PADDING = 15;

    static PacketRules server(int largestPayload) {
        return new PacketRules(largestPayload, true);
    }

    /**
     * How much padding this side itself adds at most. Telegram's servers add less than a word (MTProxy's source shows it),
     * and some clients, gotd among them, take no more off.
     */
    int mostPaddingSent() {
        return readsRequests ? 3 : MOST_PADDING;
    }

    /** Returns the announced length when it can be one of an unpadded payload. */
    int checkedLength(int announced) throws MalformedPacketException {
        if (announced % 4 != 0) {
            throw new MalformedPacketException("a payload of " + announced + " bytes is not a multiple of 4");
        }
        return checkedRange(announced, largestPayload);
    }

    /** Returns the announced length when it can be one of a payload and its padding. */
    int checkedPaddedLength(int announced) throws MalformedPacketException {
        return checkedRange(announced, largestPayload + MOST_PADDING);
    }

    private static int checkedRange(int announced, int largest) throws MalformedPacketException {
        if (announced < 4 || announced > largest) {
            throw new MalformedPacketException(
                    "a payload of " + announced + " bytes is announced, 4 to " + largest + " are taken");
        }
        return announced;
    }

    /** Takes the request for a quick acknowledgement (bit 31) off a length, where it may be. */
    int withoutQuickAck(int length) throws MalformedPacketException {
        checkQuickAck(length < 0);
        return length & Integer.MAX_VALUE;
    }

    void checkQuickAck(boolean marked) throws MalformedPacketException {
        if (marked && !readsRequests) {
            throw new MalformedPacketException("a quick acknowledgement, which nobody asked for");
        }
    }

    /** Our own side never packs what the other would refuse. */
    static Bytes checkedOutgoing(Bytes payload) {
        if (payload.isEmpty() || payload.size() % 4 != 0) {
            throw new IllegalArgumentException("a payload has 4, 8, 12, ... bytes, not " + payload.size());
        }
        return payload;
    }
}
