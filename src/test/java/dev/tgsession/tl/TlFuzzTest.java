package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.fuzz.Fuzzed;
import dev.tgsession.schema.Schema;

/** Whatever a server sends as an object is read or refused, and what was read can be said again. */
class TlFuzzTest implements Fuzzed {
    void objects(byte[] input) {
        Object read;
        try {
            read = Schema.codec().read(Bytes.of(input));
        } catch (MalformedTlException refused) {
            return;
        }
        saidAgain(read);
    }

    void calls(byte[] input) {
        TlMethod<?> read;
        try {
            read = Schema.codec().readCall(Bytes.of(input));
        } catch (MalformedTlException refused) {
            return;
        }
        saidAgain(read);
    }

    /** Fields nobody names are read over, so it need not be the same bytes; but the same object. */
    private static void saidAgain(Object read) {
        Bytes written = Schema.codec().write(read);
        try {
            Object again = read instanceof TlMethod<?>
                    ? Schema.codec().readCall(written)
                    : Schema.codec().read(written);
            assertThat(Schema.codec().write(again)).isEqualTo(written);
        } catch (MalformedTlException unreadable) {
            throw new AssertionError("what was read and written cannot be read again", unreadable);
        }
    }
}
