package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a client knows of a server before they meet: the public half of its 2048-bit RSA key.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>; the PEM forms are
 * those of RFC 8017 (PKCS#1) and RFC 5280 (SubjectPublicKeyInfo).
 *
 * @param modulus n, exactly 2048 bits
 * @param exponent e, odd, at least 3
 */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    /** Bits in a modulus: MTProto's blocks are made for this size and no other. */
    public static final int BITS = 2048;

    /** Bytes in what is encrypted, and in the result. */
    public static final int BLOCK_SIZE = BITS / 8;

    private static final String PKCS1_LABEL = "RSA PUBLIC KEY";
    private static final String SPKI_LABEL = "PUBLIC KEY";

    /**
     * Checks what can be seen from outside.
     *
     * @throws IllegalArgumentException if the modulus has another size, or one of the numbers cannot be of an RSA key
     */
    public RsaPublicKey {
        if (modulus.signum() <= 0 || modulus.bitLength() != BITS) {
            throw new IllegalArgumentException(
                    "an RSA key of " + modulus.bitLength() + " bits; MTProto needs exactly " + BITS);
        }
        if (!modulus.testBit(0)) {
            throw new IllegalArgumentException("not an RSA key: its modulus is even");
        }
        if (!exponent.testBit(0)
                || exponent.bitLength() < 2
                || exponent.signum() < 0
                || exponent.compareTo(modulus) >= 0) {
            throw new IllegalArgumentException("not an RSA key: its exponent is even or out of range");
        }
    }

    /**
     * Reads a key in PEM, either form: {@code BEGIN RSA PUBLIC KEY} or {@code BEGIN PUBLIC KEY}.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what, without quoting it
     */
    public static RsaPublicKey ofPem(String text) {
        Pem pem = Pem.read(text);
        if (pem.isPrivate()) {
            throw new IllegalArgumentException("this is a private key; the public one is needed here");
        }
        boolean spki = pem.label().equals(SPKI_LABEL);
        if (!spki && !pem.label().equals(PKCS1_LABEL)) {
            throw new IllegalArgumentException("a PEM of another kind, neither \"RSA PUBLIC KEY\" nor \"PUBLIC KEY\"");
        }
        RSAPublicKey key;
        try {
            key = spki
                    ? ofSpki(SubjectPublicKeyInfo.getInstance(pem.content()))
                    : RSAPublicKey.getInstance(pem.content());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the PEM does not hold an RSA public key", e);
        }
        return new RsaPublicKey(key.getModulus(), key.getPublicExponent());
    }

    /** The key's name in the key exchange: the last 8 bytes of SHA-1 over n and e as TL strings, little endian. */
    public long fingerprint() {
        return Hashes.sha1(tlString(modulus), tlString(exponent)).last(8).longAt(0);
    }

    /**
     * RSA as such, without padding.
     *
     * @param block 256 bytes, a number below the modulus
     * @return 256 bytes
     * @throws IllegalArgumentException if the block has another size or is not below the modulus
     */
    public Bytes encryptRaw(Bytes block) {
        if (block.size() != BLOCK_SIZE || block.toNumber().compareTo(modulus) >= 0) {
            throw new IllegalArgumentException("a block of " + block.size() + " bytes that RSA cannot take");
        }
        return Bytes.ofNumber(block.toNumber().modPow(exponent, modulus), BLOCK_SIZE);
    }

    /** The key in PEM, {@code BEGIN RSA PUBLIC KEY}. */
    public String toPkcs1Pem() {
        return Pem.print(PKCS1_LABEL, asn1());
    }

    /** The key in PEM, {@code BEGIN PUBLIC KEY}. */
    public String toSpkiPem() {
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        try {
            return Pem.print(SPKI_LABEL, new SubjectPublicKeyInfo(rsa, asn1()));
        } catch (IOException e) {
            throw new IllegalStateException("two numbers always have a DER form", e);
        }
    }

    private ASN1Encodable asn1() {
        return new RSAPublicKey(modulus, exponent);
    }

    private static RSAPublicKey ofSpki(SubjectPublicKeyInfo info) throws IOException {
        if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            throw new IllegalArgumentException("a public key of another algorithm than RSA");
        }
        return RSAPublicKey.getInstance(info.parsePublicKey());
    }

    /** A number as a TL string: its length in front, padded to words of four bytes. */
    private static Bytes tlString(BigInteger number) {
        Bytes shortest = Bytes.ofNumber(number);
        int size = shortest.size();
        Bytes length = size < 254 ? Bytes.of((byte) size) : Bytes.ofInt(size << 8 | 254);
        int padding = -(length.size() + size) & 3;
        return Bytes.join(length, shortest, Bytes.of(new byte[padding]));
    }
}
