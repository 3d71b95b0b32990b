package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.util.Optional;

/**
 * Finds the text that Telegram wants a person to read: {@code updateShort} around {@code updateServiceNotification}.
 *
 * <p>Read by hand, and only up to the text: what follows it may be a picture of a kind we do not know.
 */
final class Notices {
    private static final int UPDATE_SHORT = 0x78d4dec1;
    private static final int UPDATE_SERVICE_NOTIFICATION = 0xebe46819;
    private static final int HAS_DATE = 1 << 1;

    private Notices() {}

    /** The text, if this object brings one. */
    static Optional<String> in(Bytes object) {
        try {
            TlReader reader = new TlReader(object);
            if (reader.readInt() != UPDATE_SHORT || reader.readInt() != UPDATE_SERVICE_NOTIFICATION) {
                return Optional.empty();
            }
            if ((reader.readInt() & HAS_DATE) != 0) {
                reader.readInt();
            }
            reader.readString(); // what it is about, for programs
            return Optional.of(reader.readString());
        } catch (MalformedTlException e) {
            return Optional.empty();
        }
    }
}
