package dev.tgsession.session.format;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.format.Inspection.Key;
import dev.tgsession.session.format.Inspection.Key.State;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The key as it stands in a session: a whole one, or what is there instead.
 *
 * @param authKey only if it is whole
 * @param instead what is there, if it is not whole
 * @param finding what is wrong, if it is not whole
 */
public record StoredKey(Optional<AuthKey> authKey, Optional<Key> instead, Optional<Finding> finding) {
    /** What may be told of it. */
    public Key description() {
        return authKey.map(key -> Key.present(key.id().toHex()))
                .or(() -> instead)
                .orElseThrow();
    }

    /** No key at all. */
    public static StoredKey none() {
        return broken(
                Key.absent(),
                Finding.error(
                        "no-auth-key",
                        "There is no key in the session: nobody has logged in with it.",
                        CommonFindings.LOG_IN));
    }

    /** From a column of a table: bytes, or none, or something else. */
    public static StoredKey of(SqliteRow row, String column) {
        Optional<byte[]> bytes = row.bytes(column);
        if (bytes.isPresent()) {
            return of(bytes.get());
        }
        if (row.isNull(column)) {
            return none();
        }
        return unreadable();
    }

    /** Something that is not bytes. */
    public static StoredKey unreadable() {
        return broken(
                new Key(State.UNREADABLE, 0, Optional.empty()),
                Finding.error(
                        "bad-auth-key",
                        "The key in the session is not stored as bytes.",
                        CommonFindings.BACKUP_OR_LOG_IN));
    }

    /** From the bytes themselves. All zeros stand for no key, since Telethon writes them so. */
    public static StoredKey of(byte[] bytes) {
        if (bytes.length == 0) {
            return none();
        }
        if (bytes.length != AuthKey.SIZE) {
            return broken(
                    new Key(State.WRONG_LENGTH, bytes.length, Optional.empty()),
                    Finding.error(
                            "bad-auth-key-length",
                            "The key in the session has " + bytes.length + " bytes; a key has 256.",
                            CommonFindings.BACKUP_OR_LOG_IN));
        }
        if (Arrays.equals(bytes, new byte[AuthKey.SIZE])) {
            return broken(
                    new Key(State.ZEROS, AuthKey.SIZE, Optional.empty()),
                    Finding.error(
                            "auth-key-all-zero",
                            "The key in the session is all zeros, which stands for no key.",
                            CommonFindings.LOG_IN));
        }
        return new StoredKey(Optional.of(AuthKey.of(bytes)), Optional.empty(), Optional.empty());
    }

    /** What is to be said about it. */
    public List<Finding> findings() {
        return finding.map(List::of).orElse(List.of());
    }

    /**
     * The whole key.
     *
     * @throws MalformedSessionException if it is not whole
     */
    public AuthKey required() throws MalformedSessionException {
        if (finding.isPresent()) {
            throw new MalformedSessionException(finding.get());
        }
        return authKey.orElseThrow();
    }

    private static StoredKey broken(Key instead, Finding finding) {
        return new StoredKey(Optional.empty(), Optional.of(instead), Optional.of(finding));
    }
}
