package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The server's side of {@link Srp}: what it keeps of a password, and how it puts a question about it.
 *
 * <p>Never prints itself: the kept value serves to guess the password by trial.
 */
public final class SrpVerifier {
    private final DhGroup group;
    private final Bytes salt1;
    private final Bytes salt2;
    private final BigInteger v;

    private SrpVerifier(DhGroup group, Bytes salt1, Bytes salt2, BigInteger v) {
        this.group = group;
        this.salt1 = salt1;
        this.salt2 = salt2;
        this.v = v;
    }

    /** What to keep of a password that is known here. Takes a tenth of a second. The password stays open. */
    public static SrpVerifier of(DhGroup group, Bytes salt1, Bytes salt2, Password password) {
        return new SrpVerifier(group, salt1, salt2, group.power(Srp.hash(password, salt1, salt2)));
    }

    /**
     * What to keep of a password that a client sets, and never tells.
     *
     * @param chosen {@code salt1} and {@code new_password_hash} as the client sent them
     * @throws FailedCheckException if the hash is no number between 1 and the prime
     */
    public static SrpVerifier of(DhGroup group, Bytes salt2, NewPasswordHash chosen) throws FailedCheckException {
        BigInteger v = chosen.hash().toNumber();
        if (v.compareTo(BigInteger.ONE) <= 0 || v.compareTo(group.prime()) >= 0) {
            throw new FailedCheckException("new password", "its hash is not between 1 and the prime");
        }
        return new SrpVerifier(group, chosen.salt1(), salt2, v);
    }

    public DhGroup group() {
        return group;
    }

    public Bytes salt1() {
        return salt1;
    }

    public Bytes salt2() {
        return salt2;
    }

    /** A new question, for one answer. */
    public Challenge challenge(long srpId, SecureRandom random) {
        Challenge challenge = challenge(srpId, DhSecret.draw(group, random));
        while (!group.isPublicValue(challenge.b)) {
            challenge = challenge(srpId, DhSecret.draw(group, random));
        }
        return challenge;
    }

    Challenge challenge(long srpId, DhSecret secret) {
        return new Challenge(srpId, secret);
    }

    @Override
    public String toString() {
        return "SrpVerifier[hidden]";
    }

    /** One question, and the judge of its answer. */
    public final class Challenge {
        private final long srpId;
        private final DhSecret secret;
        private final BigInteger b;

        private Challenge(long srpId, DhSecret secret) {
            this.srpId = srpId;
            this.secret = secret;
            BigInteger kv = Srp.multiplier(group).multiply(v);
            this.b = kv.add(secret.publicValue()).mod(group.prime());
        }

        /** What to send. */
        public SrpParameters parameters() {
            return new SrpParameters(srpId, salt1, salt2, group.generator(), Srp.full(group.prime()), Srp.full(b));
        }

        /** Whether this proves the password. False for every other answer, also for one that makes no sense. */
        public boolean accepts(SrpProof proof) {
            BigInteger a = proof.a().toNumber();
            if (proof.srpId() != srpId || !group.isPublicValue(a)) {
                return false;
            }
            return Srp.evidence(group, salt1, salt2, Srp.full(a), Srp.full(b), shared(a))
                    .equalsInConstantTime(proof.m1());
        }

        /** {@code S}. */
        BigInteger shared(BigInteger a) {
            BigInteger u = Srp.scrambler(Srp.full(a), Srp.full(b));
            BigInteger base = a.multiply(group.power(v, u)).mod(group.prime());
            return group.power(base, secret.exponent());
        }

        @Override
        public String toString() {
            return "Challenge[srpId=" + srpId + "]";
        }
    }
}
