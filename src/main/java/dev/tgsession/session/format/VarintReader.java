package dev.tgsession.session.format;

/** Reads SQLite's numbers of one to nine bytes, seven bits in each, and never beyond the end it was given. */
final class VarintReader {
    private byte[] bytes = new byte[0];
    private int end;
    private int at;
    private boolean failed;

    /** Begins at a place in some bytes. */
    VarintReader reset(byte[] from, int start, int stop) {
        bytes = from;
        at = start;
        end = Math.min(stop, from.length);
        failed = start < 0;
        return this;
    }

    /** The next number; 0 if the end comes first, and then {@link #failed()}. */
    long next() {
        if (!failed && at < end && bytes[at] >= 0) {
            // Nearly all of them.
            return bytes[at++];
        }
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (failed || at >= end) {
                failed = true;
                return 0;
            }
            int next = bytes[at++];
            if (i == 8) {
                return value << 8 | next & 0xff;
            }
            value = value << 7 | next & 0x7f;
            if (next >= 0) {
                return value;
            }
        }
        return value;
    }

    /** Where the next number would begin. */
    int at() {
        return at;
    }

    boolean failed() {
        return failed;
    }
}
