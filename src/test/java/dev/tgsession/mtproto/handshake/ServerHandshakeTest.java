package dev.tgsession.mtproto.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.PqFactors;
import dev.tgsession.crypto.RsaPad;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.mtproto.Vectors;
import dev.tgsession.mtproto.handshake.ServerHandshake.AwaitingClientDh;
import dev.tgsession.mtproto.handshake.ServerHandshake.AwaitingReqDhParams;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.schema.MtprotoSchema.ClientDhInnerData;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.PlainPqInnerData;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPq;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The server's steps against exchanges that another program reckoned, and against clients that break each rule. */
class ServerHandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);
    private static final Bytes NONCE = chance(16);
    private static final Bytes NEW_NONCE = chance(32);

    // Exchanges with the server's private values.

    @TestFactory
    Stream<DynamicTest> itReckonsAsInTheVectors() {
        return Vectors.file("/dev/tgsession/mtproto/auth-key-exchange.json").list("vectors").stream()
                .filter(vector -> vector.has("rsa_private_d"))
                .map(vector -> dynamicTest(vector.getString("name"), () -> replay(vector)));
    }

    private static void replay(JsonObject vector) throws Exception {
        List<JsonObject> steps =
                vector.getArray("steps").stream().map(JsonObject.class::cast).toList();
        AwaitingReqDhParams first = new AwaitingReqDhParams(
                privateKey(vector),
                Vectors.bytes(vector.getObject("client_random"), "nonce"),
                Vectors.bytes(vector.getObject("server_random"), "server_nonce"),
                new PqFactors(Long.parseLong(vector.getString("p")), Long.parseLong(vector.getString("q"))));
        // The server of the vectors offers one more key, which nobody chooses.
        ResPq due = (ResPq) Schema.codec().read(bodyWithoutNoise(steps.get(1), ResPq.class));
        assertThat(first.reply().pq()).isEqualTo(due.pq());
        assertThat(due.serverPublicKeyFingerprints())
                .endsWith(first.reply().serverPublicKeyFingerprints().get(0));

        Trusted client = first.onReqDhParams(request(steps.get(2), ReqDhParams.class));
        assertThat(client.keys().newNonce()).isEqualTo(Vectors.bytes(vector.getObject("client_random"), "new_nonce"));
        assertThat(client.dc()).hasValue(vector.getInt("dc_field"));
        assertThat(client.expiresIn().isPresent()).isEqualTo(!vector.isNull("expires_in"));

        DhOffer offer = new DhOffer(
                Vectors.bytes(vector, "dh_prime").toNumber(),
                vector.getInt("g"),
                Vectors.bytes(vector.getObject("server_random"), "a").toNumber());
        ServerDhInnerData inner = client.inner(offer, vector.getInt("server_time"));
        Bytes object = Schema.codec().write(inner);
        assertThat(object).isEqualTo(Vectors.bytes(steps.get(3), "server_DH_inner_data"));
        Bytes padding = Vectors.bytes(steps.get(3), "answer_padding");
        ServerDhParamsOk params = client.seal(Bytes.join(Hashes.sha1(object), object, padding));
        assertThat(Schema.codec().write(params)).isEqualTo(bodyWithoutNoise(steps.get(3), ServerDhParamsOk.class));

        AwaitingClientDh waiting = client.offered(offer);
        for (int i = 4; i < steps.size(); i += 2) {
            Tried tried = waiting.onSetClientDhParams(request(steps.get(i), SetClientDhParams.class));
            assertThat(tried.key().secret()).isEqualTo(Vectors.bytes(steps.get(i), "auth_key"));
            boolean last = i + 2 >= steps.size();
            Object verdict = last ? tried.ok() : tried.retry();
            assertThat(Schema.codec().write(verdict)).isEqualTo(bodyWithoutNoise(steps.get(i + 1), verdict.getClass()));
            if (last) {
                assertThat(tried.key().id()).isEqualTo(Vectors.bytes(vector, "auth_key_id"));
                assertThat(Bytes.ofLong(tried.salt())).isEqualTo(Vectors.bytes(vector, "server_salt"));
            } else {
                waiting = tried.again();
            }
        }
    }

    private static <T> T request(JsonObject step, Class<T> type) throws Exception {
        return type.cast(Schema.codec().read(Vectors.bytes(step, "body")));
    }

    /** The object alone: the vectors put noise behind it, as Telegram's servers do. */
    private static Bytes bodyWithoutNoise(JsonObject step, Class<?> type) throws Exception {
        Bytes body = PlainMessage.unpack(Vectors.bytes(step, "payload")).body();
        TlReader reader = new TlReader(body);
        assertThat(Schema.codec().read(reader)).isInstanceOf(type);
        return body.first(reader.position());
    }

    /** From the private exponent back to the primes, and into a PEM. */
    private static RsaPrivateKey privateKey(JsonObject vector) throws Exception {
        BigInteger n = Vectors.bytes(vector, "rsa_n").toNumber();
        BigInteger e = Vectors.bytes(vector, "rsa_e").toNumber();
        BigInteger d = Vectors.bytes(vector, "rsa_private_d").toNumber();
        BigInteger one = BigInteger.ONE;
        BigInteger odd = e.multiply(d).subtract(one);
        int twos = odd.getLowestSetBit();
        odd = odd.shiftRight(twos);
        BigInteger p = one;
        for (int base = 2; p.equals(one) || p.equals(n); base++) {
            BigInteger root = BigInteger.valueOf(base).modPow(odd, n);
            for (int i = 0; i < twos && (p.equals(one) || p.equals(n)); i++) {
                p = root.subtract(one).gcd(n);
                root = root.modPow(BigInteger.TWO, n);
            }
        }
        BigInteger q = n.divide(p);
        byte[] content = new RSAPrivateKey(
                        n, e, d, p, q, d.mod(p.subtract(one)), d.mod(q.subtract(one)), q.modInverse(p))
                .getEncoded();
        return RsaPrivateKey.ofPem("-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END RSA PRIVATE KEY-----\n");
    }

    // What it offers.

    @Test
    void theNumberToFactorIsTheProductOfTwoPrimesOfFourBytes() {
        for (int i = 0; i < 50; i++) {
            AwaitingReqDhParams step = ServerHandshake.onReqPq(NONCE, KEY, RANDOM);
            ResPq reply = step.reply();
            assertThat(reply.nonce()).isEqualTo(NONCE);
            assertThat(reply.serverPublicKeyFingerprints())
                    .containsExactly(KEY.publicKey().fingerprint());
            assertThat(reply.pq().size()).isEqualTo(8);
            assertThat(reply.pq().at(0)).isLessThan(0x80);
            PqFactors factors = PqFactors.of(reply.pq().toNumber().longValue());
            assertThat(factors.p()).isLessThan(factors.q()).isGreaterThan(1L << 30);
            assertThat(factors.q()).isLessThan(1L << 31);
        }
    }

    @Test
    void everyExchangeIsAnother() {
        assertThat(ServerHandshake.onReqPq(NONCE, KEY, RANDOM).serverNonce())
                .isNotEqualTo(ServerHandshake.onReqPq(NONCE, KEY, RANDOM).serverNonce());
        assertThat(DhOffer.draw(RANDOM)).isNotEqualTo(DhOffer.draw(RANDOM));
    }

    @Test
    void anOfferLiesInTheSafeRangeAndDoesNotPrintItsExponent() {
        DhOffer offer = DhOffer.draw(RANDOM);
        assertThat(offer.isSafe(offer.publicValue())).isTrue();
        assertThat(offer.generator()).isEqualTo(3);
        assertThat(offer.toString()).doesNotContain(offer.exponent().toString());
        assertThat(offer.isSafe(BigInteger.TWO.pow(1984).subtract(BigInteger.ONE)))
                .isFalse();
        assertThat(offer.isSafe(BigInteger.TWO.pow(1984))).isTrue();
        assertThat(offer.isSafe(offer.prime().subtract(BigInteger.TWO.pow(1984))))
                .isTrue();
        assertThat(offer.isSafe(offer.prime().subtract(BigInteger.TWO.pow(1984)).add(BigInteger.ONE)))
                .isFalse();
    }

    @Test
    void aFailureIsSaidWithTheHashOfTheSecretNonce() {
        Trusted client = trusted(step());
        assertThat(client.fail().newNonceHash())
                .isEqualTo(Hashes.sha1(NEW_NONCE).slice(4, 16));
        assertThat(client.toString()).doesNotContain(NEW_NONCE.toHex());
    }

    // Clients that break a rule at req_DH_params.

    @TestFactory
    Stream<DynamicTest> reqDhParamsIsRefused() {
        AwaitingReqDhParams step = step();
        ReqDhParams good = request(step, inner(step), true);
        Bytes other = chance(16);
        return Stream.of(
                refused("nonce is not the one of req_pq", step, with(good, other, good.serverNonce())),
                refused("server_nonce is not the one of resPQ", step, with(good, NONCE, other)),
                refused(
                        "p times q is not pq",
                        step,
                        new ReqDhParams(
                                NONCE,
                                step.serverNonce(),
                                good.q(),
                                good.q(),
                                good.publicKeyFingerprint(),
                                good.encryptedData())),
                refused(
                        "smaller of the two factors",
                        step,
                        new ReqDhParams(
                                NONCE,
                                step.serverNonce(),
                                good.q(),
                                good.p(),
                                good.publicKeyFingerprint(),
                                good.encryptedData())),
                refused(
                        "leading zero bytes",
                        step,
                        new ReqDhParams(
                                NONCE,
                                step.serverNonce(),
                                Bytes.of((byte) 0).plus(good.p()),
                                good.q(),
                                good.publicKeyFingerprint(),
                                good.encryptedData())),
                refused(
                        "another server key",
                        step,
                        new ReqDhParams(NONCE, step.serverNonce(), good.p(), good.q(), 1, good.encryptedData())),
                refused(
                        "has 255 bytes",
                        step,
                        encrypted(step, good.encryptedData().from(1))),
                refused(
                        "has 257 bytes",
                        step,
                        encrypted(step, good.encryptedData().plus(Bytes.of((byte) 1)))),
                refused("padded neither", step, encrypted(step, chance(256))),
                refused(
                        "padded neither",
                        step,
                        encrypted(step, Bytes.of(new byte[256]).xor(ones()))),
                refused(
                        "another nonce stands in",
                        step,
                        request(
                                step,
                                new PqInnerDataDc(
                                        good(step).pq(), good.p(), good.q(), other, step.serverNonce(), NEW_NONCE, 2),
                                true)),
                refused(
                        "another server_nonce stands in",
                        step,
                        request(
                                step,
                                new PqInnerDataDc(good(step).pq(), good.p(), good.q(), NONCE, other, NEW_NONCE, 2),
                                true)),
                refused(
                        "differ from those outside",
                        step,
                        request(
                                step,
                                new PqInnerDataDc(
                                        good(step).pq(), good.q(), good.p(), NONCE, step.serverNonce(), NEW_NONCE, 2),
                                true)),
                refused(
                        "differ from those outside",
                        step,
                        request(
                                step,
                                new PqInnerDataDc(
                                        chance(8), good.p(), good.q(), NONCE, step.serverNonce(), NEW_NONCE, 2),
                                true)),
                refused("something else than p_q_inner_data", step, request(step, new ReqPq(NONCE), true)),
                refused(
                        "cannot be read",
                        step,
                        encrypted(step, RsaPad.encrypt(KEY.publicKey(), Bytes.ofInt(0x12345678), RANDOM))),
                refused("something else than p_q_inner_data", step, request(step, new ReqPq(NONCE), false)));
    }

    @Test
    void bothPaddingsAreTaken() throws Exception {
        AwaitingReqDhParams step = step();
        PlainPqInnerData old =
                new PlainPqInnerData(step.reply().pq(), p(step), q(step), NONCE, step.serverNonce(), NEW_NONCE);
        assertThat(step.onReqDhParams(request(step, old, false)).keys().newNonce())
                .isEqualTo(NEW_NONCE);
        assertThat(step.onReqDhParams(request(step, old, false)).dc()).isEmpty();
        assertThat(step.onReqDhParams(request(step, old, true)).keys().newNonce())
                .isEqualTo(NEW_NONCE);
        assertThat(step.onReqDhParams(request(step, inner(step), false)).dc()).hasValue(2);
    }

    // Clients that break a rule at set_client_DH_params.

    @TestFactory
    Stream<DynamicTest> setClientDhParamsIsRefused() {
        Trusted client = trusted(step());
        DhOffer offer = DhOffer.draw(RANDOM);
        AwaitingClientDh step = client.offered(offer);
        Bytes gB = Bytes.ofNumber(DhOffer.draw(RANDOM).publicValue());
        Bytes other = chance(16);
        Bytes server = client.keys().serverNonce();
        BigInteger p = offer.prime();
        UnaryOperator<Bytes> half = value -> sealed(client, new ClientDhInnerData(NONCE, server, 0, value), 0);
        Bytes good = half.apply(gB);
        return Stream.of(
                refused("nonce is not the one of req_pq", step, new SetClientDhParams(other, server, good)),
                refused("server_nonce is not the one of resPQ", step, new SetClientDhParams(NONCE, other, good)),
                refused("whole blocks", step, new SetClientDhParams(NONCE, server, good.from(1))),
                refused("whole blocks", step, new SetClientDhParams(NONCE, server, Bytes.EMPTY)),
                refused("AES key or iv", step, new SetClientDhParams(NONCE, server, chance(336))),
                refused("SHA-1", step, new SetClientDhParams(NONCE, server, wrongHash(client, gB))),
                refused(
                        "at most 15",
                        step,
                        new SetClientDhParams(
                                NONCE, server, sealed(client, new ClientDhInnerData(NONCE, server, 0, gB), 16))),
                refused(
                        "another nonce stands",
                        step,
                        new SetClientDhParams(
                                NONCE, server, sealed(client, new ClientDhInnerData(other, server, 0, gB), 0))),
                refused(
                        "another server_nonce stands",
                        step,
                        new SetClientDhParams(
                                NONCE, server, sealed(client, new ClientDhInnerData(NONCE, other, 0, gB), 0))),
                refused(
                        "retry_id",
                        step,
                        new SetClientDhParams(
                                NONCE, server, sealed(client, new ClientDhInnerData(NONCE, server, 7, gB), 0))),
                refused("g_b is not between", step, new SetClientDhParams(NONCE, server, half.apply(Bytes.EMPTY))),
                refused(
                        "g_b is not between",
                        step,
                        new SetClientDhParams(NONCE, server, half.apply(Bytes.ofHex("01")))),
                refused(
                        "g_b is not between",
                        step,
                        new SetClientDhParams(NONCE, server, half.apply(Bytes.ofNumber(p.subtract(BigInteger.ONE))))),
                refused(
                        "g_b is not between",
                        step,
                        new SetClientDhParams(NONCE, server, half.apply(Bytes.ofNumber(p)))),
                refused(
                        "g_b has 257 bytes",
                        step,
                        new SetClientDhParams(
                                NONCE, server, half.apply(Bytes.of((byte) 0).plus(Bytes.ofNumber(p))))),
                refused(
                        "something else than client_DH_inner_data",
                        step,
                        new SetClientDhParams(NONCE, server, sealed(client, new ReqPq(NONCE), 0))));
    }

    @Test
    void aRetryIsNamedByTheKeyThatWasNotTaken() throws Exception {
        Trusted client = trusted(step());
        AwaitingClientDh first = client.offered(DhOffer.draw(RANDOM));
        Bytes server = client.keys().serverNonce();
        Tried tried = first.onSetClientDhParams(new SetClientDhParams(
                NONCE, server, sealed(client, new ClientDhInnerData(NONCE, server, 0, freshHalf()), 0)));
        AwaitingClientDh second = tried.again();
        long retryId = tried.key().auxHash().longAt(0);
        assertThat(second.retryId()).isEqualTo(retryId);
        Tried again = second.onSetClientDhParams(new SetClientDhParams(
                NONCE, server, sealed(client, new ClientDhInnerData(NONCE, server, retryId, freshHalf()), 0)));
        assertThat(again.key()).isNotEqualTo(tried.key());
        assertThat(again.ok()).isInstanceOf(DhGenOk.class);
        assertThat(again.ok().newNonceHash1())
                .isNotEqualTo(again.retry().newNonceHash2())
                .isNotEqualTo(again.fail().newNonceHash3());
    }

    // Hands.

    private static AwaitingReqDhParams step() {
        return ServerHandshake.onReqPq(NONCE, KEY, RANDOM);
    }

    private static Trusted trusted(AwaitingReqDhParams step) {
        try {
            return step.onReqDhParams(request(step, inner(step), true));
        } catch (ClientFaultException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResPq good(AwaitingReqDhParams step) {
        return step.reply();
    }

    private static Bytes p(AwaitingReqDhParams step) {
        return Bytes.ofNumber(BigInteger.valueOf(step.factors().p()));
    }

    private static Bytes q(AwaitingReqDhParams step) {
        return Bytes.ofNumber(BigInteger.valueOf(step.factors().q()));
    }

    private static PqInnerDataDc inner(AwaitingReqDhParams step) {
        return new PqInnerDataDc(step.reply().pq(), p(step), q(step), NONCE, step.serverNonce(), NEW_NONCE, 2);
    }

    private static ReqDhParams request(AwaitingReqDhParams step, Object inner, boolean modern) {
        Bytes data = Schema.codec().write(inner);
        Bytes old = Bytes.join(Bytes.of((byte) 0), Hashes.sha1(data), data);
        return encrypted(
                step,
                modern
                        ? RsaPad.encrypt(KEY.publicKey(), data, RANDOM)
                        : KEY.publicKey().encryptRaw(old.plus(chance(256 - old.size()))));
    }

    private static ReqDhParams encrypted(AwaitingReqDhParams step, Bytes data) {
        return new ReqDhParams(
                NONCE, step.serverNonce(), p(step), q(step), KEY.publicKey().fingerprint(), data);
    }

    private static ReqDhParams with(ReqDhParams good, Bytes nonce, Bytes serverNonce) {
        return new ReqDhParams(
                nonce, serverNonce, good.p(), good.q(), good.publicKeyFingerprint(), good.encryptedData());
    }

    private static Bytes freshHalf() {
        return Bytes.ofNumber(DhOffer.draw(RANDOM).publicValue());
    }

    private static Bytes sealed(Trusted client, Object inner, int extra) {
        Bytes data = Schema.codec().write(inner);
        return client.keys().seal(data, chance(HandshakeKeys.paddingFor(data.size()) + extra));
    }

    /** Sealed well, but the hash in front is that of another object. */
    private static Bytes wrongHash(Trusted client, Bytes gB) {
        Bytes server = client.keys().serverNonce();
        Bytes data = Schema.codec().write(new ClientDhInnerData(NONCE, server, 0, gB));
        Bytes hashed = Hashes.sha1(chance(4)).plus(data);
        return client.seal(hashed.plus(chance((16 - hashed.size() % 16) % 16))).encryptedAnswer();
    }

    private static DynamicTest refused(String why, AwaitingReqDhParams step, ReqDhParams request) {
        return dynamicTest(
                why,
                () -> assertThatThrownBy(() -> step.onReqDhParams(request))
                        .isInstanceOf(ClientFaultException.class)
                        .hasMessageStartingWith("req_DH_params: ")
                        .hasMessageContaining(why));
    }

    private static DynamicTest refused(String why, AwaitingClientDh step, SetClientDhParams request) {
        return dynamicTest(
                why,
                () -> assertThatThrownBy(() -> step.onSetClientDhParams(request))
                        .isInstanceOf(ClientFaultException.class)
                        .hasMessageStartingWith("set_client_DH_params: ")
                        .hasMessageContaining(why));
    }

    private static Bytes ones() {
        byte[] bytes = new byte[256];
        Arrays.fill(bytes, (byte) 0xff);
        return Bytes.of(bytes);
    }

    private static Bytes chance(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
