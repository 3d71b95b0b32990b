package dev.tgsession.session.format.telethon;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection.Key;
import dev.tgsession.session.format.Inspection.Key.State;
import dev.tgsession.session.format.SqliteRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The key as it stands in a session: a whole one, or what is there instead.
 *
 * @param authKey only if it is whole
 * @param description what may be told of it
 * @param finding what is wrong, if it is not whole
 */
record TelethonKey(Optional<AuthKey> authKey, Key description, Optional<Finding> finding) {
    private static final int SIZE = 256;

    static TelethonKey none() {
        return broken(Key.absent(), TelethonFindings.noKey());
    }

    /** From the column of a file: bytes, or none, or something else. */
    static TelethonKey of(SqliteRow row) {
        Optional<byte[]> bytes = row.bytes("auth_key");
        if (bytes.isPresent()) {
            return of(bytes.get(), TelethonFindings.zeroKey());
        }
        if (row.isNull("auth_key")) {
            return none();
        }
        return broken(new Key(State.UNREADABLE, 0, Optional.empty()), TelethonFindings.keyNotBytes());
    }

    /** From the bytes themselves. */
    static TelethonKey of(byte[] bytes, Finding ifZeros) {
        if (bytes.length == 0) {
            return none();
        }
        if (bytes.length != SIZE) {
            return broken(
                    new Key(State.WRONG_LENGTH, bytes.length, Optional.empty()),
                    TelethonFindings.keyLength(bytes.length));
        }
        if (Arrays.equals(bytes, new byte[SIZE])) {
            return broken(new Key(State.ZEROS, SIZE, Optional.empty()), ifZeros);
        }
        AuthKey key = AuthKey.of(bytes);
        return new TelethonKey(Optional.of(key), Key.present(key.id().toHex()), Optional.empty());
    }

    /** What is to be said about it. */
    List<Finding> findings() {
        return finding.map(List::of).orElse(List.of());
    }

    private static TelethonKey broken(Key description, Finding finding) {
        return new TelethonKey(Optional.empty(), description, Optional.of(finding));
    }
}
