package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The secret that one data centre and we share: whoever holds it is logged in.
 *
 * <p>Prints its id, which travels unencrypted in front of every message, and never itself.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>.
 */
public final class AuthKey {
    /** Bytes in a key. */
    public static final int SIZE = 256;

    private final Bytes secret;

    /** Made when it is first asked for; many keys are only carried from one file to another. */
    private @Nullable Bytes hash;

    private AuthKey(Bytes secret) {
        if (secret.size() != SIZE) {
            throw new IllegalArgumentException(
                    "an authorization key of " + secret.size() + " bytes instead of " + SIZE);
        }
        this.secret = secret;
    }

    /** Two threads may make it at once, and make the same. */
    private Bytes hash() {
        Bytes known = hash;
        if (known == null) {
            known = Hashes.sha1(secret);
            hash = known;
        }
        return known;
    }

    /**
     * A copy of the given 256 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static AuthKey of(byte[] secret) {
        return new AuthKey(Bytes.of(secret));
    }

    /**
     * The key of the given 256 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static AuthKey of(Bytes secret) {
        return new AuthKey(secret);
    }

    /** The name of the key on the wire: the last 8 bytes of its SHA-1. */
    public Bytes id() {
        return hash().last(8);
    }

    /** {@link #id()} as the little-endian number by which TL calls it {@code auth_key_id}. */
    public long idAsLong() {
        return id().longAt(0);
    }

    /** The first 8 bytes of its SHA-1, by which the key exchange speaks of a key that is not agreed yet. */
    public Bytes auxHash() {
        return hash().first(8);
    }

    /** The 256 bytes themselves, for those who compute with them or must write them down. */
    public Bytes secret() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuthKey key && secret.equalsInConstantTime(key.secret);
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "AuthKey[id=" + id() + "]";
    }
}
