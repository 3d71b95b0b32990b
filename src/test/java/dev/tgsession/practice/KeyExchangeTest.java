package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.PqFactors;
import dev.tgsession.crypto.RsaPad;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.MtprotoSchema.ClientDhInnerData;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.DhGenRetry;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPq;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The key exchange over the wire. */
final class KeyExchangeTest {
    private static final int NOT_FOUND = -404;

    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    @ParameterizedTest
    @EnumSource(TestClient.Style.class)
    void everyWayToWriteTheSecretPartIsTaken(TestClient.Style style) throws Exception {
        TestClient client = practising.stranger(2).withKey(style, 2);
        Config config = client.call(new GetConfig(), Config.class);
        assertThat(config.thisDc()).isEqualTo(2);
        assertThat(config.testMode()).isEqualTo(style == TestClient.Style.TEST_DC);
    }

    @Test
    void theDataCentreOfTheClientCountsBeforeThePort() throws Exception {
        TestClient client = practising.stranger(2).withKey(TestClient.Style.MODERN, 4);
        assertThat(client.call(new GetConfig(), Config.class).thisDc()).isEqualTo(4);
        assertThat(practising.phone.notes).anySatisfy(note -> assertThat(note).contains("data centre 4"));
        TestClient media = practising.stranger(3).withKey(TestClient.Style.MODERN, -3);
        assertThat(media.call(new GetConfig(), Config.class).thisDc()).isEqualTo(3);
        TestClient lost = practising.stranger(3).withKey(TestClient.Style.MODERN, 7);
        assertThat(lost.call(new GetConfig(), Config.class).thisDc()).isEqualTo(3);
    }

    @Test
    void aFirstQuestionMayBeForgotten() throws Exception {
        TestClient client = practising.stranger(2);
        client.sendPlain(new ReqPq(client.chance(16)));
        ResPq one = client.receivePlain(ResPq.class);
        client.sendPlain(new ReqPqMulti(one.nonce()));
        ResPq other = client.receivePlain(ResPq.class);
        assertThat(other.serverNonce()).isNotEqualTo(one.serverNonce());
        client.withKey();
    }

    @Test
    void anExchangeGoesOnOverAnotherConnection() throws Exception {
        Half half = new Half(practising.stranger(2));
        half.askForParams(half.client);
        TestClient second = practising.stranger(2);
        half.askForParams(second);
        half.answerParams(second);
        TestClient third = practising.stranger(2);
        half.sendOurs(third);
        DhGenOk verdict = third.receivePlain(DhGenOk.class);
        // The answer was lost, so the client asks once more and hears the same.
        TestClient fourth = practising.stranger(2);
        half.sendOurs(fourth);
        assertThat(fourth.receivePlain(DhGenOk.class)).isEqualTo(verdict);
    }

    @Test
    void noiseBehindARequestIsNoPartOfIt() throws Exception {
        Half half = new Half(practising.stranger(2), 236);
        half.askForParams(half.client);
        half.answerParams(half.client);
        half.client.sendPlain(half.ours, 8);
        DhGenOk verdict = half.client.receivePlain(DhGenOk.class);
        TestClient second = practising.stranger(2);
        second.sendPlain(half.ours, 252);
        assertThat(second.receivePlain(DhGenOk.class)).isEqualTo(verdict);
    }

    @Test
    void theIdThatTdlibAlwaysHasIsTaken() throws Exception {
        TestClient client = practising.stranger(2);
        Bytes nonce = client.chance(16);
        Bytes body = Schema.codec().write(new ReqPqMulti(nonce));
        client.sendPacket(Bytes.join(Bytes.ofLong(0), Bytes.ofLong(1), Bytes.ofInt(body.size()), body));
        assertThat(client.receivePlain(ResPq.class).nonce()).isEqualTo(nonce);
    }

    @Test
    void aKeyThatIsKnownAlreadyHasToBeTriedAgain() throws Exception {
        Half half = new Half(practising.stranger(2));
        half.askForParams(half.client);
        half.answerParams(half.client);
        half.sendOurs(half.client);
        half.client.receivePlain(DhGenOk.class);
        // The same half in other noise: not the same request, but the same key.
        half.seal(half.gB, 0);
        half.sendOurs(half.client);
        DhGenRetry retry = half.client.receivePlain(DhGenRetry.class);
        Bytes aux = Hashes.sha1(Bytes.ofNumber(half.shared(), 256)).first(8);
        assertThat(retry.newNonceHash2())
                .isEqualTo(Hashes.sha1(half.newNonce, Bytes.of((byte) 2), aux).slice(4, 16));
        half.draw();
        half.seal(half.gB, aux.longAt(0));
        half.sendOurs(half.client);
        half.client.receivePlain(DhGenOk.class);
    }

    @Test
    void halfDoneExchangesAreForgottenAfterTenMinutes() throws Exception {
        Half half = new Half(practising.stranger(2));
        practising.clock.forward(Duration.ofMinutes(11));
        new Half(practising.stranger(2));
        half.sendParams(half.client);
        assertThat(half.client.receiveRefusal()).isEqualTo(NOT_FOUND);
    }

    @Test
    void brokenRulesGetMinus404AndAreSaidInPlainWords() throws Exception {
        TestClient client = practising.stranger(2);
        client.sendPlain(new ReqDhParams(
                client.chance(16), client.chance(16), Bytes.ofHex("03"), Bytes.ofHex("05"), 1, client.chance(256)));
        assertThat(client.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(client.isHungUp()).isTrue();
        assertThat(practising.phone.refusals)
                .containsExactly("req_DH_params: no exchange with this nonce and server_nonce is under way;"
                        + " req_pq_multi comes first");

        Half half = new Half(practising.stranger(2));
        half.client.sendPlain(new SetClientDhParams(half.nonce, half.resPq.serverNonce(), client.chance(336)));
        assertThat(half.client.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(practising.phone.refusals).last().isEqualTo("set_client_DH_params: req_DH_params comes first");
    }

    @Test
    void onlyAKeyExchangeIsSpokenWithoutEncryption() throws Exception {
        TestClient client = practising.stranger(2);
        client.sendPlain(new Ping(1));
        assertThat(client.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(practising.phone.refusals).last().asString().contains("only a key exchange");
    }

    @Test
    void aMessageIdHasToBeDivisibleByFourAndTheLengthHasToFit() throws Exception {
        Bytes body = Schema.codec().write(new ReqPqMulti(Bytes.of(new byte[16])));
        TestClient odd = practising.stranger(2);
        odd.sendPacket(Bytes.join(Bytes.ofLong(0), Bytes.ofLong(odd.nextId() + 1), Bytes.ofInt(body.size()), body));
        assertThat(odd.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(practising.phone.refusals).last().asString().contains("divisible by four");

        TestClient longer = practising.stranger(2);
        longer.sendPacket(
                Bytes.join(Bytes.ofLong(0), Bytes.ofLong(longer.nextId()), Bytes.ofInt(body.size() + 4), body));
        assertThat(longer.receiveRefusal()).isEqualTo(NOT_FOUND);

        TestClient trailing = practising.stranger(2);
        trailing.sendPlain(new ReqPqMulti(Bytes.of(new byte[16])), 256);
        assertThat(trailing.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(practising.phone.refusals).last().asString().contains("cannot be read");
    }

    @Test
    void theStepsAreOnRecord() throws Exception {
        practising.client(2);
        assertThat(practising.server.requests())
                .extracting(IncomingRequest::kind, IncomingRequest::name)
                .containsExactly(
                        tuple(Kind.CONNECTION, "connected"),
                        tuple(Kind.KEY_EXCHANGE, "req_pq_multi"),
                        tuple(Kind.KEY_EXCHANGE, "req_DH_params"),
                        tuple(Kind.KEY_EXCHANGE, "set_client_DH_params"));
    }

    /** A client's half of an exchange, one step at a time. */
    private static final class Half {
        final TestClient client;
        final Bytes nonce;
        final Bytes newNonce;
        final ResPq resPq;
        private final ReqDhParams params;
        private final Bytes aesKey;
        private final Bytes aesIv;
        private BigInteger gA = BigInteger.ZERO;
        private BigInteger prime = BigInteger.ONE;
        private BigInteger b = BigInteger.ZERO;
        Bytes gB = Bytes.EMPTY;
        private SetClientDhParams ours = new SetClientDhParams(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);

        Half(TestClient client) throws IOException {
            this(client, 0);
        }

        /** With so many bytes of noise behind its first request. */
        Half(TestClient client, int noise) throws IOException {
            this.client = client;
            nonce = client.chance(16);
            newNonce = client.chance(32);
            client.sendPlain(new ReqPqMulti(nonce), noise);
            resPq = client.receivePlain(ResPq.class);
            PqFactors factors = PqFactors.of(resPq.pq().toNumber().longValue());
            Bytes p = Bytes.ofNumber(BigInteger.valueOf(factors.p()));
            Bytes q = Bytes.ofNumber(BigInteger.valueOf(factors.q()));
            Bytes inner =
                    Schema.codec().write(new PqInnerDataDc(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, 2));
            Bytes sealed = RsaPad.encrypt(Practising.KEY.publicKey(), inner, client.random);
            params = new ReqDhParams(
                    nonce, resPq.serverNonce(), p, q, Practising.KEY.publicKey().fingerprint(), sealed);
            aesKey = Bytes.join(
                    Hashes.sha1(newNonce, resPq.serverNonce()),
                    Hashes.sha1(resPq.serverNonce(), newNonce).first(12));
            aesIv = Bytes.join(
                    Hashes.sha1(resPq.serverNonce(), newNonce).slice(12, 8),
                    Hashes.sha1(newNonce, newNonce),
                    newNonce.first(4));
        }

        void sendParams(TestClient over) throws IOException {
            over.sendPlain(params);
        }

        void askForParams(TestClient over) throws IOException {
            sendParams(over);
            ServerDhParamsOk answer = over.receivePlain(ServerDhParamsOk.class);
            Bytes opened = AesIge.decrypt(aesKey, aesIv, answer.encryptedAnswer());
            TlReader reader = new TlReader(opened.from(20));
            ServerDhInnerData inner = (ServerDhInnerData) Schema.codec().read(reader);
            assertThat(Hashes.sha1(opened.slice(20, reader.position()))).isEqualTo(opened.first(20));
            assertThat(reader.remaining()).isLessThan(16);
            assertThat(inner.dhPrime().size()).isEqualTo(256);
            assertThat(inner.gA().size()).isEqualTo(256);
            assertThat(inner.g()).isEqualTo(3);
            gA = inner.gA().toNumber();
            prime = inner.dhPrime().toNumber();
        }

        void answerParams(TestClient over) {
            draw();
            seal(gB, 0);
        }

        void draw() {
            b = client.chance(256).toNumber();
            gB = Bytes.ofNumber(BigInteger.valueOf(3).modPow(b, prime));
        }

        void seal(Bytes half, long retryId) {
            Bytes inner = Schema.codec().write(new ClientDhInnerData(nonce, resPq.serverNonce(), retryId, half));
            Bytes hashed = Hashes.sha1(inner).plus(inner);
            Bytes padded = hashed.plus(client.chance((16 - hashed.size() % 16) % 16));
            ours = new SetClientDhParams(nonce, resPq.serverNonce(), AesIge.encrypt(aesKey, aesIv, padded));
        }

        void sendOurs(TestClient over) throws IOException {
            over.sendPlain(ours);
        }

        BigInteger shared() {
            return gA.modPow(b, prime);
        }
    }
}
