package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Proves a password to a server that knows only a power of its hash (Secure Remote Password, version 6a, with
 * Telegram's own hash in front).
 *
 * <pre>
 *   client                                         server
 *   x = hash of the password                       v = g^x
 *                                        B  ◄────  B = k*v + g^b
 *   A = g^a                  A, M1  ────►
 *   S = (B - k*g^x)^(a + u*x)                      S = (A * v^u)^b
 *   M1 = hash of A, B, S and the rest              the same M1: the password was right
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/api/srp">Two-factor authentication</a>.
 */
public final class Srp {
    private static final String STEP = "password check";
    private static final int SHORTEST_B = 248;
    private static final int ROUNDS = 100_000;
    private static final int NEW_SALT_SIZE = 32;

    private Srp() {}

    /**
     * The proof of a password. Takes a tenth of a second or two. The password stays open.
     *
     * @throws FailedCheckException if the server's numbers are not safe; nothing may be sent then
     */
    public static SrpProof prove(SrpParameters parameters, Password password, SecureRandom random)
            throws FailedCheckException {
        return prove(parameters, password, DhSecrets.drawnBy(random));
    }

    /** The same, with our half from elsewhere. */
    public static SrpProof prove(SrpParameters parameters, Password password, DhSecrets secrets)
            throws FailedCheckException {
        DhGroup group = checkedGroup(parameters.p(), parameters.g());
        checkSalts(parameters.salt1(), parameters.salt2());
        Bytes b = checkedB(parameters.b(), group);
        BigInteger x = hash(password, parameters.salt1(), parameters.salt2());
        DhSecret secret = secrets.next(group);
        while (scrambler(secret.publicBytes(), b).signum() == 0) {
            secret = secrets.next(group);
        }
        return proof(parameters, group, secret, x);
    }

    /**
     * What to send for a password that is to be set. The password stays open.
     *
     * @param serverSalt1 {@code salt1} of a fresh {@code new_algo}
     * @param salt2 {@code salt2} of the same
     * @param g the generator of the same
     * @param p the prime of the same
     * @throws FailedCheckException if the server's numbers are not safe; nothing may be sent then
     */
    public static NewPasswordHash newPasswordHash(
            Password password, Bytes serverSalt1, Bytes salt2, int g, Bytes p, SecureRandom random)
            throws FailedCheckException {
        DhGroup group = checkedGroup(p, g);
        checkSalts(serverSalt1, salt2);
        Bytes salt1 = serverSalt1.plus(Chance.bytes(random, NEW_SALT_SIZE));
        return new NewPasswordHash(salt1, full(group.power(hash(password, salt1, salt2))));
    }

    /** The rest of the proof, once everything is drawn and checked. */
    static SrpProof proof(SrpParameters parameters, DhGroup group, DhSecret secret, BigInteger x) {
        Bytes a = secret.publicBytes();
        BigInteger b = parameters.b().toNumber();
        BigInteger u = scrambler(a, full(b));
        BigInteger kv = multiplier(group).multiply(group.power(x));
        // mod, unlike remainder, does not answer with a negative number.
        BigInteger base = b.subtract(kv).mod(group.prime());
        BigInteger shared = group.power(base, secret.exponent().add(u.multiply(x)));
        Bytes m1 = evidence(group, parameters.salt1(), parameters.salt2(), a, full(b), shared);
        return new SrpProof(parameters.srpId(), a, m1);
    }

    /** {@code x}: the password's hash, slow to compute on purpose. */
    static BigInteger hash(Password password, Bytes salt1, Bytes salt2) {
        byte[] typed = password.utf8();
        byte[] first = Hashes.sha256Between(salt1.toArray(), typed);
        byte[] second = Hashes.sha256Between(salt2.toArray(), first);
        byte[] slow = SlowHash.derive(second, salt1, ROUNDS);
        byte[] last = Hashes.sha256Between(salt2.toArray(), slow);
        try {
            return new BigInteger(1, last);
        } finally {
            for (byte[] secret : new byte[][] {typed, first, second, slow, last}) {
                Password.wipe(secret);
            }
        }
    }

    /** {@code k}. */
    static BigInteger multiplier(DhGroup group) {
        return Hashes.sha256(full(group.prime()), fullGenerator(group)).toNumber();
    }

    /** {@code u}, over both public values in full length. */
    static BigInteger scrambler(Bytes a, Bytes b) {
        return Hashes.sha256(a, b).toNumber();
    }

    /** {@code M1}, over everything that was said and the shared secret {@code S}. */
    static Bytes evidence(DhGroup group, Bytes salt1, Bytes salt2, Bytes a, Bytes b, BigInteger shared) {
        Bytes groupHash = Hashes.sha256(full(group.prime())).xor(Hashes.sha256(fullGenerator(group)));
        Bytes key = Hashes.sha256(full(shared));
        return Hashes.sha256(groupHash, Hashes.sha256(salt1), Hashes.sha256(salt2), a, b, key);
    }

    /** In the form that goes into hashes: 256 bytes. */
    static Bytes full(BigInteger number) {
        return Bytes.ofNumber(number, DhGroup.SIZE);
    }

    private static Bytes fullGenerator(DhGroup group) {
        return full(BigInteger.valueOf(group.generator()));
    }

    private static DhGroup checkedGroup(Bytes p, int g) throws FailedCheckException {
        try {
            return DhGroup.checked(p.toNumber(), g);
        } catch (FailedCheckException e) {
            throw e.during(STEP);
        }
    }

    /** Telegram salts with 40 and 16 bytes; without salt, hashes of many passwords could be made beforehand. */
    private static void checkSalts(Bytes salt1, Bytes salt2) throws FailedCheckException {
        if (salt1.isEmpty() || salt2.isEmpty()) {
            throw new FailedCheckException(STEP, "a salt is missing");
        }
    }

    /** Also refuses multiples of p: with such a B the proof would depend on nothing but the password. */
    private static Bytes checkedB(Bytes b, DhGroup group) throws FailedCheckException {
        if (b.size() < SHORTEST_B || b.size() > DhGroup.SIZE) {
            throw new FailedCheckException(
                    STEP, "srp_B has " + b.size() + " bytes instead of " + SHORTEST_B + " to " + DhGroup.SIZE);
        }
        BigInteger number = b.toNumber();
        if (number.signum() == 0 || number.compareTo(group.prime()) >= 0) {
            throw new FailedCheckException(STEP, "srp_B is not between 0 and the prime");
        }
        return full(number);
    }
}
