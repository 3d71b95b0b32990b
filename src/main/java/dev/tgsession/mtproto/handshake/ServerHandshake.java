package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.PqFactors;
import dev.tgsession.crypto.RsaPad;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.schema.MtprotoSchema.ClientDhInnerData;
import dev.tgsession.schema.MtprotoSchema.DhGenFail;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.DhGenRetry;
import dev.tgsession.schema.MtprotoSchema.PqInnerData;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataTemp;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataTempDc;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsFail;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server's side of a key exchange, as a row of steps: each holds what the next request is judged by.
 *
 * <pre>
 *   AwaitingReqDhParams ──► Trusted ──► AwaitingClientDh ──► Tried ─── ok, fail
 *     resPQ                   server_DH_params_ok    ▲          │
 *                                                    └──────────┘ retry
 * </pre>
 *
 * <p>Nothing a step answers is sealed behind its back: inner objects are handed out before they are hashed and
 * encrypted, so that a practice server can also answer wrongly on purpose.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>.
 */
public final class ServerHandshake {
    private static final int SHA1_SIZE = 20;
    private static final int MOST_PADDING = 15;
    private static final int BLOCK = 16;
    private static final int PRIME_BITS = 31;
    private static final int NUMBER_SIZE = 256;

    private ServerHandshake() {}

    /**
     * Answers {@code req_pq} or {@code req_pq_multi}, which differ only in their ids.
     *
     * @param nonce the client's 16 bytes
     */
    public static AwaitingReqDhParams onReqPq(Bytes nonce, RsaPrivateKey key, SecureRandom random) {
        // Both primes need exactly four bytes, and their product stays positive as a signed long: clients rely on it.
        BigInteger one = BigInteger.probablePrime(PRIME_BITS, random);
        BigInteger other = BigInteger.probablePrime(PRIME_BITS, random);
        while (other.equals(one)) {
            other = BigInteger.probablePrime(PRIME_BITS, random);
        }
        byte[] serverNonce = new byte[16];
        random.nextBytes(serverNonce);
        PqFactors factors =
                new PqFactors(one.min(other).longValue(), one.max(other).longValue());
        return new AwaitingReqDhParams(key, nonce, Bytes.of(serverNonce), factors);
    }

    /** We gave the client a number to factor; it owes us {@code req_DH_params}. */
    public record AwaitingReqDhParams(RsaPrivateKey key, Bytes nonce, Bytes serverNonce, PqFactors factors) {
        /** What to send now. */
        public ResPq reply() {
            return new ResPq(nonce, serverNonce, pq(), List.of(key.publicKey().fingerprint()));
        }

        /**
         * Opens the client's secret nonce.
         *
         * @throws ClientFaultException if the request breaks a rule
         */
        public Trusted onReqDhParams(ReqDhParams request) throws ClientFaultException {
            String step = "req_DH_params";
            require(request.nonce().equals(nonce), step, "its nonce is not the one of req_pq");
            require(request.serverNonce().equals(serverNonce), step, "its server_nonce is not the one of resPQ");
            BigInteger p = request.p().toNumber();
            BigInteger q = request.q().toNumber();
            require(p.multiply(q).equals(pq().toNumber()), step, "p times q is not pq");
            require(p.compareTo(q) < 0, step, "p has to be the smaller of the two factors");
            require(
                    request.p().equals(Bytes.ofNumber(p)) && request.q().equals(Bytes.ofNumber(q)),
                    step,
                    "p and q have leading zero bytes; they have to be as short as possible");
            require(
                    request.publicKeyFingerprint() == key.publicKey().fingerprint(),
                    step,
                    "it is encrypted for another server key than the one offered");
            require(
                    request.encryptedData().size() == NUMBER_SIZE,
                    step,
                    "encrypted_data has " + request.encryptedData().size() + " bytes, 256 are due");
            PqInnerData inner = open(request.encryptedData());
            require(inner.nonce().equals(nonce), step, "another nonce stands in its encrypted part");
            require(inner.serverNonce().equals(serverNonce), step, "another server_nonce stands in its encrypted part");
            require(
                    inner.pq().equals(pq())
                            && inner.p().equals(request.p())
                            && inner.q().equals(request.q()),
                    step,
                    "pq, p or q in its encrypted part differ from those outside");
            return new Trusted(nonce, new HandshakeKeys(serverNonce, inner.newNonce()), dcOf(inner), expiryOf(inner));
        }

        private Bytes pq() {
            return Bytes.ofNumber(BigInteger.valueOf(factors.p()).multiply(BigInteger.valueOf(factors.q())));
        }

        /** Undoes RSA_PAD or, if that does not fit, the padding of older clients. */
        private PqInnerData open(Bytes encrypted) throws ClientFaultException {
            Optional<Bytes> padded = RsaPad.decrypt(key, encrypted);
            if (padded.isPresent()) {
                return inner(new TlReader(padded.get()));
            }
            // Before 2021: a zero byte, the SHA-1 of the object, the object, and random bytes to fill the block.
            Optional<Bytes> exact = RsaPad.decryptLegacy(key, encrypted);
            if (exact.isEmpty()) {
                throw new ClientFaultException(
                        "req_DH_params: its RSA block is padded neither as RSA_PAD nor in the older"
                                + " way, or it is encrypted with another key");
            }
            TlReader reader = new TlReader(exact.get());
            PqInnerData inner = inner(reader);
            require(reader.remaining() == 0, "req_DH_params", "bytes follow p_q_inner_data under its hash");
            return inner;
        }

        private static OptionalInt dcOf(PqInnerData inner) {
            if (inner instanceof PqInnerDataDc told) {
                return OptionalInt.of(told.dc());
            }
            return inner instanceof PqInnerDataTempDc told ? OptionalInt.of(told.dc()) : OptionalInt.empty();
        }

        private static OptionalInt expiryOf(PqInnerData inner) {
            if (inner instanceof PqInnerDataTemp temporary) {
                return OptionalInt.of(temporary.expiresIn());
            }
            return inner instanceof PqInnerDataTempDc temporary
                    ? OptionalInt.of(temporary.expiresIn())
                    : OptionalInt.empty();
        }

        private static PqInnerData inner(TlReader reader) throws ClientFaultException {
            try {
                if (Schema.codec().read(reader) instanceof PqInnerData inner) {
                    return inner;
                }
            } catch (MalformedTlException e) {
                throw new ClientFaultException("req_DH_params: its RSA block cannot be read: " + e.getMessage());
            }
            throw new ClientFaultException("req_DH_params: its RSA block holds something else than p_q_inner_data");
        }
    }

    /**
     * The client has shown that it can encrypt for us: it and we know {@code new_nonce}, and nobody else.
     *
     * @param dc the data centre it believes it talks to, as it wrote it, if it did
     * @param expiresIn seconds the key shall live, if it is a temporary one
     */
    public record Trusted(Bytes nonce, HandshakeKeys keys, OptionalInt dc, OptionalInt expiresIn) {
        /** The object to hash, encrypt and send. */
        public ServerDhInnerData inner(DhOffer offer, int serverTime) {
            return new ServerDhInnerData(
                    nonce,
                    keys.serverNonce(),
                    offer.generator(),
                    Bytes.ofNumber(offer.prime(), NUMBER_SIZE),
                    Bytes.ofNumber(offer.publicValue(), NUMBER_SIZE),
                    serverTime);
        }

        /** SHA-1, object and random bytes to whole blocks: what goes into {@link #seal}. */
        public Bytes hashed(ServerDhInnerData inner, SecureRandom random) {
            Bytes object = Schema.codec().write(inner);
            byte[] padding = new byte[HandshakeKeys.paddingFor(object.size())];
            random.nextBytes(padding);
            return Bytes.join(Hashes.sha1(object), object, Bytes.of(padding));
        }

        /** What to send now. */
        public ServerDhParamsOk seal(Bytes hashed) {
            return new ServerDhParamsOk(nonce, keys.serverNonce(), AesIge.encrypt(keys.aesKey(), keys.aesIv(), hashed));
        }

        /** What older servers said instead of −404. */
        public ServerDhParamsFail fail() {
            Bytes hash = Hashes.sha1(keys.newNonce()).slice(4, 16);
            return new ServerDhParamsFail(nonce, keys.serverNonce(), hash);
        }

        /** The next step, after this offer was sent. */
        public AwaitingClientDh offered(DhOffer offer) {
            return new AwaitingClientDh(this, offer, 0);
        }

        /** Whose nonce it is, and nothing of the secret one. */
        @Override
        public String toString() {
            return "Trusted[nonce=" + nonce + "]";
        }
    }

    /**
     * The client has our half; it owes us {@code set_client_DH_params} with its own.
     *
     * @param retryId what {@code retry_id} has to be: 0, or the aux hash of the key that was not taken
     */
    public record AwaitingClientDh(Trusted client, DhOffer offer, long retryId) {
        /**
         * Opens the client's half and makes the key.
         *
         * @throws ClientFaultException if the request breaks a rule
         */
        public Tried onSetClientDhParams(SetClientDhParams request) throws ClientFaultException {
            String step = "set_client_DH_params";
            Bytes serverNonce = client.keys().serverNonce();
            require(request.nonce().equals(client.nonce()), step, "its nonce is not the one of req_pq");
            require(request.serverNonce().equals(serverNonce), step, "its server_nonce is not the one of resPQ");
            ClientDhInnerData inner = open(request.encryptedData());
            require(inner.nonce().equals(client.nonce()), step, "another nonce stands in its encrypted part");
            require(inner.serverNonce().equals(serverNonce), step, "another server_nonce stands in its encrypted part");
            require(
                    inner.retryId() == 0 || inner.retryId() == retryId,
                    step,
                    "retry_id is neither 0 nor the aux hash of the key of the last round");
            require(
                    inner.gB().size() <= NUMBER_SIZE,
                    step,
                    "g_b has " + inner.gB().size() + " bytes");
            require(offer.isSafe(inner.gB().toNumber()), step, "g_b is not between 2^1984 and p - 2^1984");
            AuthKey key = AuthKey.of(
                    offer.sharedWith(inner.gB().toNumber(), NUMBER_SIZE).toArray());
            return new Tried(this, key);
        }

        private ClientDhInnerData open(Bytes encrypted) throws ClientFaultException {
            String step = "set_client_DH_params";
            require(
                    encrypted.size() > SHA1_SIZE && encrypted.size() % BLOCK == 0,
                    step,
                    "encrypted_data has " + encrypted.size() + " bytes; whole blocks of 16 are due");
            Bytes opened = client.keys().open(encrypted);
            TlReader reader = new TlReader(opened.from(SHA1_SIZE));
            Object object;
            try {
                object = Schema.codec().read(reader);
            } catch (MalformedTlException e) {
                throw new ClientFaultException(
                        step + ": its encrypted part cannot be read, so its AES key or iv is not the one due");
            }
            require(
                    Hashes.sha1(opened.slice(SHA1_SIZE, reader.position())).equals(opened.first(SHA1_SIZE)),
                    step,
                    "the SHA-1 in its encrypted part is not that of the object behind it");
            require(
                    reader.remaining() <= MOST_PADDING,
                    step,
                    reader.remaining() + " bytes of padding follow its inner object; at most 15 are allowed");
            if (object instanceof ClientDhInnerData inner) {
                return inner;
            }
            throw new ClientFaultException(
                    step + ": its encrypted part holds something else than client_DH_inner_data");
        }
    }

    /**
     * Both halves are there. The server says what becomes of the key.
     *
     * @param key the key of this round
     */
    public record Tried(AwaitingClientDh step, AuthKey key) {
        /** The key is taken. */
        public DhGenOk ok() {
            return new DhGenOk(nonce(), keys().serverNonce(), keys().newNonceHash(1, key));
        }

        /** The client shall draw another half; {@link #again} waits for it. */
        public DhGenRetry retry() {
            return new DhGenRetry(nonce(), keys().serverNonce(), keys().newNonceHash(2, key));
        }

        /** The exchange has failed. */
        public DhGenFail fail() {
            return new DhGenFail(nonce(), keys().serverNonce(), keys().newNonceHash(3, key));
        }

        /** The next step after {@link #retry}. */
        public AwaitingClientDh again() {
            return new AwaitingClientDh(
                    step.client(), step.offer(), key.auxHash().longAt(0));
        }

        /** The first salt of this key. */
        public long salt() {
            return keys().salt();
        }

        private Bytes nonce() {
            return step.client().nonce();
        }

        private HandshakeKeys keys() {
            return step.client().keys();
        }
    }

    private static void require(boolean holds, String step, String otherwise) throws ClientFaultException {
        if (!holds) {
            throw new ClientFaultException(step + ": " + otherwise);
        }
    }
}
