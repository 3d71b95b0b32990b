package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * One side's half of a Diffie-Hellman exchange: a secret exponent, and the power to show. Never prints the exponent.
 */
public final class DhSecret {
    private final DhGroup group;
    private final BigInteger exponent;
    private final BigInteger publicValue;

    private DhSecret(DhGroup group, BigInteger exponent) {
        this.group = group;
        this.exponent = exponent;
        this.publicValue = group.power(exponent);
    }

    /** Draws 256 random bytes, and again should the public value come out of range, which no one has seen yet. */
    public static DhSecret draw(DhGroup group, SecureRandom random) {
        DhSecret secret = of(group, Chance.bytes(random, DhGroup.SIZE).toNumber());
        while (!group.isPublicValue(secret.publicValue)) {
            secret = of(group, Chance.bytes(random, DhGroup.SIZE).toNumber());
        }
        return secret;
    }

    /** The half with a given exponent, unchecked. */
    static DhSecret of(DhGroup group, BigInteger exponent) {
        return new DhSecret(group, exponent);
    }

    /** What to show: {@code g_a} or {@code g_b}. */
    public BigInteger publicValue() {
        return publicValue;
    }

    /** {@link #publicValue()} in full length, 256 bytes. */
    public Bytes publicBytes() {
        return Bytes.ofNumber(publicValue, DhGroup.SIZE);
    }

    /**
     * The key that both sides come to.
     *
     * @param theirs the other side's public value
     * @throws FailedCheckException if that is out of range
     */
    public AuthKey agree(BigInteger theirs) throws FailedCheckException {
        group.checkPublicValue(theirs);
        // In full length: a key may begin with zeros.
        return AuthKey.of(Bytes.ofNumber(group.power(theirs, exponent), AuthKey.SIZE));
    }

    BigInteger exponent() {
        return exponent;
    }

    @Override
    public String toString() {
        return "DhSecret[hidden]";
    }
}
