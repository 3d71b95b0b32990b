package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;

/** What makes a server: a 2048-bit RSA key, whose public half its clients carry. Never prints itself. */
public final class RsaPrivateKey {
    private static final String PKCS1_LABEL = "RSA PRIVATE KEY";
    private static final String PKCS8_LABEL = "PRIVATE KEY";

    private final RSAPrivateCrtKey key;
    private final RsaPublicKey publicKey;

    private RsaPrivateKey(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey complete)) {
            throw new IllegalArgumentException("a private key of another algorithm than RSA, or without its primes");
        }
        // First: its complaint about the size is the clearer one.
        this.publicKey = new RsaPublicKey(complete.getModulus(), complete.getPublicExponent());
        if (!belongTogether(complete)) {
            throw new IllegalArgumentException("the numbers of this RSA private key do not belong together");
        }
        this.key = complete;
    }

    /** Draws a new key. Takes some tenths of a second. */
    public static RsaPrivateKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(RsaPublicKey.BITS, RSAKeyGenParameterSpec.F4), random);
            return new RsaPrivateKey(generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java makes RSA keys", e);
        }
    }

    /**
     * Reads a key in PEM, either form: {@code BEGIN RSA PRIVATE KEY} (PKCS#1) or {@code BEGIN PRIVATE KEY} (PKCS#8).
     * Checks it, so that a damaged key does not wait for its first client.
     *
     * @throws IllegalArgumentException if the text is something else, an encrypted key for instance, or the key does
     *     not work; the message says what, without quoting it
     */
    public static RsaPrivateKey ofPem(String text) {
        Pem pem = Pem.read(text);
        boolean pkcs8 = pem.label().equals(PKCS8_LABEL);
        if (!pkcs8 && !pem.label().equals(PKCS1_LABEL)) {
            throw new IllegalArgumentException(
                    "a PEM of another kind, neither \"RSA PRIVATE KEY\" nor \"PRIVATE KEY\"");
        }
        PrivateKey content;
        try {
            content =
                    KeyFactory.getInstance("RSA").generatePrivate(pkcs8 ? pkcs8(pem.content()) : pkcs1(pem.content()));
        } catch (Exception e) {
            // Without its cause, whose message might quote what is in there.
            throw new IllegalArgumentException("the PEM does not hold an RSA private key that can be read");
        }
        return new RsaPrivateKey(content);
    }

    /** The key whose primes these are. */
    static RsaPrivateKey of(BigInteger p, BigInteger q, BigInteger publicExponent) {
        BigInteger toP = p.subtract(BigInteger.ONE);
        BigInteger toQ = q.subtract(BigInteger.ONE);
        BigInteger exponent = publicExponent.modInverse(toP.multiply(toQ));
        KeySpec numbers = new RSAPrivateCrtKeySpec(
                p.multiply(q), publicExponent, exponent, p, q, exponent.mod(toP), exponent.mod(toQ), q.modInverse(p));
        try {
            return new RsaPrivateKey(KeyFactory.getInstance("RSA").generatePrivate(numbers));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not the numbers of an RSA key");
        }
    }

    /** The half to give away. */
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    /**
     * RSA as such, without padding: undoes {@link RsaPublicKey#encryptRaw}.
     *
     * @param block 256 bytes, a number below the modulus
     * @return 256 bytes
     * @throws IllegalArgumentException if the block has another size or is not below the modulus
     */
    public Bytes decryptRaw(Bytes block) {
        return open(block)
                .orElseThrow(() ->
                        new IllegalArgumentException("a block of " + block.size() + " bytes that RSA cannot take"));
    }

    /** {@link #decryptRaw} for a block that a stranger sent; empty if RSA cannot take it. */
    Optional<Bytes> open(Bytes block) {
        if (block.size() != RsaPublicKey.BLOCK_SIZE || block.toNumber().compareTo(publicKey.modulus()) >= 0) {
            return Optional.empty();
        }
        try {
            // The JDK's takes care of timing (blinding) and of faults (it encrypts again and compares).
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key);
            return Optional.of(Bytes.of(cipher.doFinal(block.toArray())));
        } catch (BadPaddingException e) {
            throw new IllegalStateException("the primes of this key are none");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java knows RSA", e);
        }
    }

    /** The key in PEM, {@code BEGIN PRIVATE KEY} (PKCS#8): a secret. */
    public String toPem() {
        return Pem.print(PKCS8_LABEL, key.getEncoded());
    }

    @Override
    public String toString() {
        return "RsaPrivateKey[hidden]";
    }

    /** Ties every number of the file to the others, also those that decrypting happens not to use. */
    private static boolean belongTogether(RSAPrivateCrtKey key) {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger toP = p.subtract(BigInteger.ONE);
        BigInteger toQ = q.subtract(BigInteger.ONE);
        if (toP.signum() <= 0 || toQ.signum() <= 0) {
            return false;
        }
        BigInteger both = key.getPublicExponent().multiply(key.getPrivateExponent());
        return p.multiply(q).equals(key.getModulus())
                && isOne(both, toP)
                && isOne(both, toQ)
                && key.getPrimeExponentP().equals(key.getPrivateExponent().mod(toP))
                && key.getPrimeExponentQ().equals(key.getPrivateExponent().mod(toQ))
                && isOne(q.multiply(key.getCrtCoefficient()), p);
    }

    private static boolean isOne(BigInteger number, BigInteger modulus) {
        return number.mod(modulus).equals(BigInteger.ONE);
    }

    private static KeySpec pkcs8(ASN1Primitive content) throws IOException {
        return new PKCS8EncodedKeySpec(content.getEncoded());
    }

    private static KeySpec pkcs1(ASN1Primitive content) {
        RSAPrivateKey numbers = RSAPrivateKey.getInstance(content);
        return new RSAPrivateCrtKeySpec(
                numbers.getModulus(),
                numbers.getPublicExponent(),
                numbers.getPrivateExponent(),
                numbers.getPrime1(),
                numbers.getPrime2(),
                numbers.getExponent1(),
                numbers.getExponent2(),
                numbers.getCoefficient());
    }
}
