package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.crypto.DhSecret;
import dev.tgsession.crypto.DhSecrets;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.PqFactors;
import dev.tgsession.crypto.RsaPad;
import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.schema.MtprotoSchema.ClientDhInnerData;
import dev.tgsession.schema.MtprotoSchema.DhGenFail;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.DhGenRetry;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsFail;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * The client's side of a key exchange, as a row of steps: each knows what it asks, and turns the answer into the next.
 *
 * <pre>
 *   AwaitingResPq ──► AwaitingDhParams ──► AwaitingDhVerdict ──► Agreed
 *    req_pq_multi       req_DH_params      set_client_DH_params
 *                                             ▲         │ dh_gen_retry
 *                                             └─────────┘
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>.
 */
public final class ClientHandshake {
    /** What the steps are called when a check fails in one of them. */
    static final String FIRST_STEP = "key exchange, resPQ";

    static final String SECOND_STEP = "key exchange, server_DH_params";
    static final String THIRD_STEP = "key exchange, dh_gen";

    private static final int MOST_ROUNDS = 5;
    private static final int PQ_SIZE = 8;
    private static final int SHA1_SIZE = 20;
    private static final int MOST_PADDING = 15;

    private ClientHandshake() {}

    /**
     * The first step.
     *
     * @param keys whom we believe
     * @param dc the number of the data centre as key creation writes it: 10000 more for a test server
     */
    public static AwaitingResPq begin(ServerKeys keys, int dc, SecureRandom random) {
        return begin(keys, dc, random, DhSecrets.drawnBy(random));
    }

    /**
     * The same.
     *
     * @param secrets where our halves of the exchange come from
     */
    static AwaitingResPq begin(ServerKeys keys, int dc, SecureRandom random, DhSecrets secrets) {
        return new AwaitingResPq(randomBytes(random, 16), keys, dc, random, secrets);
    }

    /** We asked for a number to factor; the server owes us {@code resPQ}. */
    public record AwaitingResPq(Bytes nonce, ServerKeys keys, int dc, SecureRandom random, DhSecrets secrets) {
        /** What to send now. */
        public ReqPqMulti request() {
            return new ReqPqMulti(nonce);
        }

        /**
         * Factors the number and encrypts our secret nonce for the server.
         *
         * @throws FailedCheckException if the answer is not to our question, offers no key we know, or its number is not
         *     the product of two primes
         */
        public AwaitingDhParams onResPq(ResPq answer) throws FailedCheckException {
            var check = new Check(FIRST_STEP);
            check.that(answer.nonce().equals(nonce), "it answers another nonce");
            Optional<RsaPublicKey> key = keys.firstKnown(answer.serverPublicKeyFingerprints());
            if (key.isEmpty()) {
                throw check.failed("the server offers no key that we know");
            }
            PqFactors factors = factors(answer.pq(), check);
            Bytes newNonce = randomBytes(random, 32);
            Bytes p = shortest(factors.p());
            Bytes q = shortest(factors.q());
            var inner = new PqInnerDataDc(answer.pq(), p, q, nonce, answer.serverNonce(), newNonce, dc);
            Bytes encrypted = RsaPad.encrypt(key.get(), Schema.codec().write(inner), random);
            var request =
                    new ReqDhParams(nonce, answer.serverNonce(), p, q, key.get().fingerprint(), encrypted);
            return new AwaitingDhParams(request, new HandshakeKeys(answer.serverNonce(), newNonce), random, secrets);
        }

        private static PqFactors factors(Bytes pq, Check check) throws FailedCheckException {
            check.that(!pq.isEmpty() && pq.size() <= PQ_SIZE, "its pq has " + pq.size() + " bytes");
            BigInteger number = pq.toNumber();
            check.that(number.bitLength() < Long.SIZE, "its pq does not fit into 63 bits");
            try {
                return PqFactors.of(number.longValue());
            } catch (IllegalArgumentException e) {
                throw check.failed("its pq is not the product of two different odd primes");
            }
        }
    }

    /** The server has our secret nonce; it owes us {@code server_DH_params_ok}. */
    public record AwaitingDhParams(ReqDhParams request, HandshakeKeys keys, SecureRandom random, DhSecrets secrets) {
        /**
         * Opens the server's half of the Diffie-Hellman exchange, checks it and makes ours.
         *
         * @throws FailedCheckException if the answer is not to our question, was changed, or its numbers are not safe
         * @throws HandshakeException if the server declined
         */
        public AwaitingDhVerdict onServerDhParams(ServerDhParams answer)
                throws FailedCheckException, HandshakeException, MalformedTlException {
            var check = new Check(SECOND_STEP);
            if (answer instanceof ServerDhParamsFail fail) {
                check.that(fail.nonce().equals(request.nonce()), "it answers another nonce");
                check.that(fail.serverNonce().equals(keys.serverNonce()), "it comes with another server nonce");
                Bytes due = Hashes.sha1(keys.newNonce()).slice(4, 16);
                check.that(fail.newNonceHash().equalsInConstantTime(due), "its new_nonce_hash is wrong");
                throw new HandshakeException("the server declined the key exchange (server_DH_params_fail)");
            }
            if (!(answer instanceof ServerDhParamsOk ok)) {
                throw check.failed("it is of an unknown kind");
            }
            check.that(ok.nonce().equals(request.nonce()), "it answers another nonce");
            check.that(ok.serverNonce().equals(keys.serverNonce()), "it comes with another server nonce");
            ServerDhInnerData inner = open(ok.encryptedAnswer(), check);
            check.that(inner.nonce().equals(request.nonce()), "another nonce stands in its encrypted part");
            check.that(
                    inner.serverNonce().equals(keys.serverNonce()),
                    "another server nonce stands in its encrypted part");
            check.that(
                    inner.dhPrime().size() == DhGroup.SIZE,
                    "its prime has " + inner.dhPrime().size() + " bytes");
            check.that(
                    inner.gA().size() <= DhGroup.SIZE,
                    "its g_a has " + inner.gA().size() + " bytes");
            BigInteger theirs = inner.gA().toNumber();
            DhGroup group = safeGroup(inner, theirs, check);
            Instant serverTime = Instant.ofEpochSecond(Integer.toUnsignedLong(inner.serverTime()));
            var exchange = new Exchange(request.nonce(), keys, group, theirs, serverTime, random, secrets);
            return exchange.round(1, 0);
        }

        private static DhGroup safeGroup(ServerDhInnerData inner, BigInteger theirs, Check check)
                throws FailedCheckException {
            try {
                DhGroup group = DhGroup.checked(inner.dhPrime().toNumber(), inner.g());
                group.checkPublicValue(theirs);
                return group;
            } catch (FailedCheckException e) {
                throw check.failed(e.what());
            }
        }

        private ServerDhInnerData open(Bytes encrypted, Check check) throws FailedCheckException, MalformedTlException {
            check.that(
                    !encrypted.isEmpty() && encrypted.size() % 16 == 0,
                    "its encrypted part is not made of whole blocks");
            Bytes opened = keys.open(encrypted);
            check.that(opened.size() > SHA1_SIZE, "its encrypted part is too short");
            TlReader reader = new TlReader(opened.from(SHA1_SIZE));
            Object object;
            try {
                object = Schema.codec().read(reader);
            } catch (MalformedTlException e) {
                throw check.failed("its encrypted part does not hold the server's numbers");
            }
            check.that(object instanceof ServerDhInnerData, "its encrypted part holds something else");
            check.that(
                    reader.remaining() <= MOST_PADDING,
                    "its encrypted part has " + reader.remaining() + " bytes too many");
            Bytes exact = opened.slice(SHA1_SIZE, reader.position());
            check.that(
                    Hashes.sha1(exact).equalsInConstantTime(opened.first(SHA1_SIZE)),
                    "the hash of its encrypted part is wrong");
            return (ServerDhInnerData) object;
        }
    }

    /** Both halves are known to both sides; the server owes us its word on the key. */
    public record AwaitingDhVerdict(SetClientDhParams request, AuthKey key, Exchange exchange, int round)
            implements Verdict {
        /**
         * Takes the server's word.
         *
         * @return what comes next: the key, or one more round
         * @throws FailedCheckException if the word is not to our question or not about our key
         * @throws HandshakeException if the server declined
         */
        public Verdict onAnswer(SetClientDhParamsAnswer answer) throws FailedCheckException, HandshakeException {
            var check = new Check(THIRD_STEP);
            if (answer instanceof DhGenOk ok) {
                exchange.checkWord(check, ok.nonce(), ok.serverNonce(), ok.newNonceHash1(), 1, key);
                return new Agreed(key, exchange.keys().salt(), exchange.serverTime());
            }
            if (answer instanceof DhGenRetry retry) {
                exchange.checkWord(check, retry.nonce(), retry.serverNonce(), retry.newNonceHash2(), 2, key);
                if (round == MOST_ROUNDS) {
                    throw new HandshakeException(
                            "the server wanted more than " + MOST_ROUNDS + " rounds (dh_gen_retry)");
                }
                return exchange.round(round + 1, key.auxHash().longAt(0));
            }
            if (answer instanceof DhGenFail fail) {
                exchange.checkWord(check, fail.nonce(), fail.serverNonce(), fail.newNonceHash3(), 3, key);
                throw new HandshakeException("the server declined the key (dh_gen_fail)");
            }
            throw check.failed("it is of an unknown kind");
        }

        @Override
        public Optional<Agreed> agreed() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "AwaitingDhVerdict[round=" + round + "]";
        }
    }

    /** What the server's word leads to. */
    public sealed interface Verdict permits Agreed, AwaitingDhVerdict {
        /** The result, if there is one. */
        Optional<Agreed> agreed();
    }

    /**
     * A key shared by two.
     *
     * @param key the key itself
     * @param salt the first salt to use with it
     * @param serverTime the server's clock when it made its half, to the second
     */
    public record Agreed(AuthKey key, long salt, Instant serverTime) implements Verdict {
        @Override
        public Optional<Agreed> agreed() {
            return Optional.of(this);
        }
    }

    /** What stays the same in every round of the exchange. */
    record Exchange(
            Bytes nonce,
            HandshakeKeys keys,
            DhGroup group,
            BigInteger theirs,
            Instant serverTime,
            SecureRandom random,
            DhSecrets secrets) {
        /** Draws our half, computes the key and writes the request. */
        AwaitingDhVerdict round(int number, long retryId) throws FailedCheckException {
            DhSecret ours = secrets.next(group);
            AuthKey key = ours.agree(theirs);
            Bytes shortest = Bytes.ofNumber(ours.publicValue());
            Bytes inner = Schema.codec().write(new ClientDhInnerData(nonce, keys.serverNonce(), retryId, shortest));
            Bytes sealed = keys.seal(inner, randomBytes(random, HandshakeKeys.paddingFor(inner.size())));
            return new AwaitingDhVerdict(new SetClientDhParams(nonce, keys.serverNonce(), sealed), key, this, number);
        }

        void checkWord(Check check, Bytes itsNonce, Bytes itsServerNonce, Bytes itsHash, int number, AuthKey key)
                throws FailedCheckException {
            check.that(itsNonce.equals(nonce), "it answers another nonce");
            check.that(itsServerNonce.equals(keys.serverNonce()), "it comes with another server nonce");
            check.that(
                    itsHash.equalsInConstantTime(keys.newNonceHash(number, key)),
                    "its new_nonce_hash" + number + " is wrong");
        }
    }

    /** One step's checks; a failure is told under the step's name. */
    private record Check(String step) {
        void that(boolean holds, String otherwise) throws FailedCheckException {
            if (!holds) {
                throw failed(otherwise);
            }
        }

        FailedCheckException failed(String what) {
            return new FailedCheckException(step, what);
        }
    }

    private static Bytes shortest(long number) {
        return Bytes.ofNumber(BigInteger.valueOf(number));
    }

    private static Bytes randomBytes(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
