package dev.tgsession.mtproto.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhSecrets;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.crypto.ScriptedRandom;
import dev.tgsession.mtproto.Vectors;
import dev.tgsession.mtproto.handshake.ClientHandshake.Agreed;
import dev.tgsession.mtproto.handshake.ClientHandshake.AwaitingDhParams;
import dev.tgsession.mtproto.handshake.ClientHandshake.AwaitingDhVerdict;
import dev.tgsession.mtproto.handshake.ClientHandshake.Verdict;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Both the official sample, a recorded exchange with a real server, and three of our own with every random number. */
class ClientHandshakeTest {
    private static final List<JsonObject> EXCHANGES =
            Vectors.file("auth-key-exchange.json").list("vectors");

    @TestFactory
    Stream<DynamicTest> wholeExchangesComeOutAsRecorded() {
        return EXCHANGES.stream()
                .filter(v ->
                        v.isString("rsa_n") && v.has("dc_field") && !v.isNull("dc_field") && v.isNull("expires_in"))
                .map(v -> dynamicTest(v.getString("name"), () -> {
                    var random = ScriptedRandom.of(Bytes.join(
                            clientRandom(v, "nonce"),
                            clientRandom(v, "new_nonce"),
                            clientRandom(v, "rsa_random_padding_bytes"),
                            clientRandom(v, "rsa_temp_key"),
                            drawsForDh(v)));
                    var first = ClientHandshake.begin(ring(v), v.getInt("dc_field"), random);
                    assertThat(wire(first.request())).isEqualTo(body(v, 1));
                    var second = first.onResPq((ResPq) read(body(v, 2)));
                    assertThat(wire(second.request())).isEqualTo(body(v, 3));
                    assertRestAsRecorded(v, second);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theSecondHalfComesOutAsRecorded() {
        return EXCHANGES.stream()
                .map(v -> dynamicTest(
                        v.getString("name"),
                        () -> assertRestAsRecorded(v, secondStep(v, ScriptedRandom.of(drawsForDh(v))))));
    }

    @TestFactory
    Stream<DynamicTest> hostileAnswersAreRefused() {
        JsonObject own = EXCHANGES.stream()
                .filter(v -> v.getString("name").startsWith("own 1"))
                .findFirst()
                .orElseThrow();
        return Vectors.file("auth-key-exchange.json").list("negative").stream()
                .map(n -> dynamicTest(n.getString("name"), () -> {
                    Bytes answer = PlainMessage.unpack(Vectors.bytes(n, "server_payload"))
                            .body();
                    Class<? extends IOException> due = n.getString("expect").contains("server refused")
                            ? HandshakeException.class
                            : FailedCheckException.class;
                    assertThatExceptionOfType(due).isThrownBy(() -> answerAt(n.getString("state"), own, answer));
                }));
    }

    @Test
    void aServersDrawOfBadLuckIsTriedAgainOnlySoOften() throws Exception {
        JsonObject v = EXCHANGES.stream()
                .filter(entry -> entry.getString("name").startsWith("own 2"))
                .findFirst()
                .orElseThrow();
        AwaitingDhParams second = secondStep(v, ScriptedRandom.of(drawsForDh(v)));
        var round = second.onServerDhParams((ServerDhParams) read(body(v, 4)));
        var last = new AwaitingDhVerdict(round.request(), round.key(), round.exchange(), 5);
        SetClientDhParamsAnswer retry = (SetClientDhParamsAnswer) read(body(v, 6));
        assertThatExceptionOfType(HandshakeException.class).isThrownBy(() -> last.onAnswer(retry));
    }

    @Test
    void secretsDoNotPrint() throws Exception {
        JsonObject v = EXCHANGES.get(EXCHANGES.size() - 1);
        AwaitingDhParams second = secondStep(v, ScriptedRandom.of(drawsForDh(v)));
        Verdict verdict = second.onServerDhParams((ServerDhParams) read(body(v, 4)));
        assertThat(second.toString())
                .doesNotContain(clientRandom(v, "new_nonce").toHex());
        assertThat(verdict.toString()).doesNotContain(v.getString("auth_key"));
    }

    @Test
    void telegramsOwnKeysAreNoKeysOfYours() {
        for (JsonObject v : Vectors.file("/dev/tgsession/crypto/rsa-keys.json").list("vectors")) {
            RsaPublicKey key = new RsaPublicKey(number(v, "n"), number(v, "e"));
            List<Long> offered = List.of(7L, key.fingerprint());
            switch (v.getString("use")) {
                case "production" -> {
                    assertThat(ServerKeys.production().firstKnown(offered)).contains(key);
                    assertThat(ServerKeys.test().firstKnown(offered)).isEmpty();
                    assertThatThrownBy(() -> ServerKeys.own(key)).isInstanceOf(IllegalArgumentException.class);
                }
                case "test" -> {
                    assertThat(ServerKeys.test().firstKnown(offered)).contains(key);
                    assertThat(ServerKeys.production().firstKnown(offered)).isEmpty();
                    assertThatThrownBy(() -> ServerKeys.own(key)).isInstanceOf(IllegalArgumentException.class);
                }
                default -> {
                    assertThat(ServerKeys.production().firstKnown(offered)).isEmpty();
                    assertThat(ServerKeys.test().firstKnown(offered)).isEmpty();
                }
            }
        }
    }

    private static void assertRestAsRecorded(JsonObject v, AwaitingDhParams second) throws IOException {
        Verdict verdict = second.onServerDhParams((ServerDhParams) read(body(v, 4)));
        int step = 5;
        while (verdict instanceof AwaitingDhVerdict round) {
            assertThat(wire(round.request())).isEqualTo(body(v, step));
            verdict = round.onAnswer((SetClientDhParamsAnswer) read(body(v, step + 1)));
            step += 2;
        }
        Agreed agreed = verdict.agreed().orElseThrow();
        assertThat(agreed.key().secret()).isEqualTo(Vectors.bytes(v, "auth_key"));
        assertThat(agreed.key().id()).isEqualTo(Vectors.bytes(v, "auth_key_id"));
        assertThat(agreed.salt()).isEqualTo(Vectors.bytes(v, "server_salt").longAt(0));
        assertThat(agreed.serverTime().getEpochSecond()).isEqualTo(v.getLong("server_time"));
    }

    private static void answerAt(String state, JsonObject own, Bytes answer) throws IOException {
        if (state.endsWith("step 1")) {
            var random = ScriptedRandom.of(Bytes.join(clientRandom(own, "nonce"), Bytes.of(new byte[4096])));
            ClientHandshake.begin(ring(own), own.getInt("dc_field"), random).onResPq((ResPq) read(answer));
            return;
        }
        AwaitingDhParams second = secondStep(own, ScriptedRandom.of(drawsForDh(own)));
        if (state.endsWith("step 3")) {
            second.onServerDhParams((ServerDhParams) read(answer));
            return;
        }
        var third = second.onServerDhParams((ServerDhParams) read(body(own, 4)));
        third.onAnswer((SetClientDhParamsAnswer) read(answer));
    }

    private static AwaitingDhParams secondStep(JsonObject v, ScriptedRandom random) throws IOException {
        var request = (ReqDhParams) read(body(v, 3));
        return new AwaitingDhParams(
                request,
                new HandshakeKeys(request.serverNonce(), clientRandom(v, "new_nonce")),
                random,
                DhSecrets.drawnBy(random));
    }

    private static ServerKeys ring(JsonObject v) {
        return ServerKeys.own(new RsaPublicKey(number(v, "rsa_n"), number(v, "rsa_e")));
    }

    private static BigInteger number(JsonObject v, String field) {
        return new BigInteger(v.getString(field), 16);
    }

    private static Bytes clientRandom(JsonObject v, String field) {
        return Vectors.bytes(v.getObject("client_random"), field);
    }

    /** The secret exponent and the padding of every round, in the order they are drawn. */
    private static Bytes drawsForDh(JsonObject v) {
        List<Bytes> draws = new ArrayList<>();
        JsonArray steps = v.getArray("steps");
        for (int i = 0; i < steps.size(); i++) {
            JsonObject step = steps.getObject(i);
            if (step.has("b")) {
                draws.add(Vectors.bytes(step, "b"));
                draws.add(Vectors.bytes(step, "padding"));
            }
        }
        return Bytes.join(draws.toArray(new Bytes[0]));
    }

    private static Bytes body(JsonObject v, int step) throws IOException {
        JsonObject found = v.getArray("steps").getObject(step - 1);
        return found.has("body")
                ? Vectors.bytes(found, "body")
                : PlainMessage.unpack(Vectors.bytes(found, "payload")).body();
    }

    private static Bytes wire(Object object) {
        return Schema.codec().write(object);
    }

    private static Object read(Bytes body) throws IOException {
        return Schema.codec().read(new TlReader(body));
    }
}
