package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.schema.MtprotoSchema.MsgDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgNewDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.transport.TransportChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do though ours usually does not: the login ends well, and nothing is done twice. */
class HarmlessVariationsTest {
    private static final Bytes UNKNOWN = Bytes.ofHex("efbeadde00112233");
    private static final int RPC_RESULT = 0xf35c6d01;
    private static final int OLD = -400;
    private static final int AHEAD = 60;

    @TempDir
    Path folder;

    record Variation(String name, Supplier<Trap> trap) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"keyExchanges", "layouts", "company", "repairs"})
    void theLoginEndsWell(Variation variation) throws Exception {
        Trap trap = variation.trap.get();
        Outcome outcome = Encounter.with(trap).run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
        assertThat(outcome.sprung()).as("the server varied").isTrue();
        assertThat(outcome.connections()).isEqualTo(1);
    }

    static List<Variation> keyExchanges() {
        return List.of(
                v(
                        "another good safe prime with g = 2",
                        () -> Trap.offer(due -> new DhOffer(Numbers.MODP_2048, 2, due.exponent()))),
                v("the known prime with g = 4", () -> Trap.offer(due -> new DhOffer(due.prime(), 4, due.exponent()))),
                v("the known prime with g = 7", () -> Trap.offer(due -> new DhOffer(due.prime(), 7, due.exponent()))),
                v("dh_gen_retry once", () -> retries(1)),
                v("dh_gen_retry four times", () -> retries(4)),
                v("the known fingerprint last of seventy", () -> Trap.resPq(HarmlessVariationsTest::last)),
                v("random bytes behind resPQ", () -> Trap.plainBody("req_pq_multi", due -> due.plus(random(88)))),
                v(
                        "random bytes behind server_DH_params_ok",
                        () -> Trap.plainBody("req_DH_params", due -> due.plus(random(76)))),
                v(
                        "random bytes behind dh_gen_ok",
                        () -> Trap.plainBody("set_client_DH_params", due -> due.plus(random(64)))),
                v("a server_time an hour behind", () -> serverTime(time -> time - 3600)),
                v("a server_time a year ahead", () -> serverTime(time -> time + 31_536_000)),
                v("a server_time of 1970", () -> serverTime(time -> 0)),
                v("a server_time of 2038", () -> serverTime(time -> Integer.MAX_VALUE)),
                v("a server_time of 2106", () -> serverTime(time -> -1)));
    }

    private static Variation v(String name, Supplier<Trap> trap) {
        return new Variation(name, trap);
    }

    private static Trap retries(int times) {
        AtomicInteger left = new AtomicInteger(times);
        Function<Tried, SetClientDhParamsAnswer> verdict =
                tried -> left.getAndDecrement() > 0 ? tried.retry() : tried.ok();
        return Trap.verdict(verdict);
    }

    private static ResPq last(ResPq due) {
        List<Long> all = new ArrayList<>();
        for (long i = 1; i < 70; i++) {
            all.add(i);
        }
        all.addAll(due.serverPublicKeyFingerprints());
        return new ResPq(due.nonce(), due.serverNonce(), due.pq(), all);
    }

    private static Trap serverTime(UnaryOperator<Integer> change) {
        return Trap.inner(r -> new ServerDhInnerData(
                r.nonce(), r.serverNonce(), r.g(), r.dhPrime(), r.gA(), change.apply(r.serverTime())));
    }

    static List<Variation> layouts() {
        return List.of(
                v("answers in containers", () -> each(due -> List.of(boxed(due, 1)))),
                v("answers in containers in containers", () -> each(due -> List.of(boxed(due, 2)))),
                v("answers in containers, with other things around them", () -> each(due -> List.of(inCompany(due)))),
                v(
                        "answers in compressed containers",
                        () -> each(due -> List.of(
                                withBody(boxed(due, 1), gzipped(boxed(due, 1).body()))))),
                v(
                        "compressed answers in containers",
                        () -> each(due -> List.of(boxed(withBody(due, gzipped(due.body())), 1)))),
                v("whole messages compressed", () -> each(due -> List.of(withBody(due, gzipped(due.body()))))),
                v("whole messages as zlib streams", () -> each(due -> List.of(withBody(due, zlibbed(due.body()))))),
                v("compressed results", () -> results(HarmlessVariationsTest::gzipped)),
                v("results as zlib streams", () -> results(HarmlessVariationsTest::zlibbed)),
                v(
                        "compressed results in compressed messages",
                        () -> each(due -> List.of(withBody(due, gzipped(packedResult(due.body())))))),
                v("a kilobyte of padding", () -> padded(992)),
                v("some blocks of padding", () -> padded(64)));
    }

    static List<Variation> company() {
        return List.of(
                v("every message twice", HarmlessVariationsTest::packetsTwice),
                v("every answer twice, under another id", () -> each(due -> List.of(due, renumbered(due, 4)))),
                v("a thousand unknown updates before each answer", () -> each(due -> many(due, 1000))),
                v("an unknown update after each answer", () -> each(due -> List.of(due, unknown(due, 4)))),
                v("a container of 1020 pongs before each answer", () -> each(due -> List.of(pongs(due, 1020), due))),
                v("an acknowledgement before each answer", () -> each(due -> List.of(acknowledgement(due), due))),
                v("each answer from long ago, and then in time", () -> each(due -> List.of(dated(due, OLD), due))),
                v("each answer from the future, and then in time", () -> each(due -> List.of(dated(due, AHEAD), due))),
                v("an answer for nobody before each answer", () -> each(due -> List.of(forNobody(due), due))),
                v("a first message from long ago", () -> Trap.messages("", due -> List.of(dated(due, OLD)))),
                v("a first message from the future", () -> Trap.messages("", due -> List.of(dated(due, AHEAD)))),
                v("a new session before each answer", () -> each(due -> List.of(newSession(due), due))),
                v("each answer a second late, after an acknowledgement", () -> late(true)),
                v("each answer a second late, without an acknowledgement", () -> late(false)),
                v("a word about each answer instead of it", () -> announced(true)),
                v("a word about each message instead of it", () -> announced(false)));
    }

    static List<Variation> repairs() {
        List<Variation> variations = new ArrayList<>();
        variations.add(v("five wrong salts in a row", () -> refused(5, 48)));
        variations.add(v("a wrong salt for every second message", () -> everySecond(48)));
        for (int code : new int[] {16, 17, 18, 32, 33, 34, 35, 64}) {
            variations.add(v("a notification with code " + code, () -> refused(1, code)));
            variations.add(v("three notifications with code " + code, () -> refused(3, code)));
        }
        return variations;
    }

    private static Trap refused(int times, int code) {
        AtomicInteger left = new AtomicInteger(times);
        return judging(() -> left.getAndDecrement() > 0, code);
    }

    private static Trap everySecond(int code) {
        AtomicInteger messages = new AtomicInteger();
        return judging(() -> messages.getAndIncrement() % 2 == 0, code);
    }

    private static Trap judging(Supplier<Boolean> wrong, int code) {
        return new Trap() {
            @Override
            public int judgement(Place place, Message message, int due) {
                return due == 0 && wrong.get() ? sprung(code) : due;
            }
        };
    }

    /** In all messages that answer a call. */
    private static Trap each(Function<Message, List<Message>> change) {
        return new Trap() {
            @Override
            public List<Message> message(Place place, Message due) {
                return due.body().intAt(0) == RPC_RESULT ? sprung(change.apply(due)) : List.of(due);
            }
        };
    }

    private static Trap results(UnaryOperator<Bytes> change) {
        return new Trap() {
            @Override
            public List<Bytes> result(Place place, Bytes due) {
                return sprung(List.of(change.apply(due)));
            }
        };
    }

    private static Trap packetsTwice() {
        return new Trap() {
            @Override
            public List<Bytes> packets(Place place, Bytes due) {
                return due.longAt(0) == 0 ? List.of(due) : sprung(List.of(due, due));
            }
        };
    }

    private static Trap padded(int more) {
        return new Trap() {
            @Override
            public Bytes plaintext(Place place, Bytes due) {
                // There are 12 to 27 bytes already.
                return sprung(due.plus(random(more)));
            }
        };
    }

    private static Trap late(boolean acknowledged) {
        return each(due -> {
            LockSupport.parkNanos(Duration.ofMillis(acknowledged ? 300 : 250).toNanos());
            return acknowledged ? List.of(acknowledgement(due), due) : List.of(due);
        });
    }

    /** The answer itself comes when it is asked for. */
    private static Trap announced(boolean withRequest) {
        Set<Long> told = new HashSet<>();
        return each(due -> {
            synchronized (told) {
                if (!told.add(due.id())) {
                    return List.of(due);
                }
            }
            Object word = withRequest
                    ? new MsgDetailedInfo(
                            due.body().longAt(4), due.id(), due.body().size(), 0)
                    : new MsgNewDetailedInfo(due.id(), due.body().size(), 0);
            return List.of(with(due, due.id() + 4, 0, Schema.codec().write(word)));
        });
    }

    private static Message with(Message due, long id, int sequenceNumber, Bytes body) {
        return new Message(due.salt(), due.sessionId(), id, sequenceNumber, body);
    }

    private static Message withBody(Message due, Bytes body) {
        return with(due, due.id(), due.sequenceNumber(), body);
    }

    private static Message renumbered(Message due, int by) {
        return with(due, due.id() + by, due.sequenceNumber(), due.body());
    }

    private static Message dated(Message due, int seconds) {
        return with(due, due.id() + ((long) seconds << 32), due.sequenceNumber(), due.body());
    }

    private static Message unknown(Message due, int by) {
        return with(due, due.id() + by, due.sequenceNumber(), UNKNOWN);
    }

    private static Message acknowledgement(Message due) {
        return with(
                due,
                due.id() - 4,
                0,
                Schema.codec().write(new MsgsAck(List.of(due.body().longAt(4)))));
    }

    private static Message newSession(Message due) {
        var news = new NewSessionCreated(due.body().longAt(4), due.id(), due.salt());
        return with(due, due.id() - 4, 1, Schema.codec().write(news));
    }

    private static Message forNobody(Message due) {
        return with(
                due,
                due.id() - 4,
                1,
                Bytes.join(due.body().first(4), Bytes.ofLong(4), due.body().from(12)));
    }

    private static List<Message> many(Message due, int count) {
        List<Message> all = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            all.add(unknown(due, -4 * i));
        }
        all.add(due);
        return all;
    }

    /** A container's id is larger than those inside. */
    private static Message boxed(Message due, int depth) {
        Message boxed = due;
        for (int i = 0; i < depth; i++) {
            var inner = new ContainedMessage(boxed.id(), boxed.sequenceNumber(), boxed.body());
            boxed = with(due, boxed.id() + 4, 0, Container.pack(List.of(inner)));
        }
        return boxed;
    }

    private static Message inCompany(Message due) {
        return with(
                due,
                due.id() + 8,
                0,
                Container.pack(List.of(
                        new ContainedMessage(due.id() - 4, 1, UNKNOWN),
                        new ContainedMessage(due.id(), due.sequenceNumber(), due.body()),
                        new ContainedMessage(due.id() + 4, 0, Schema.codec().write(new Pong(1, 2))))));
    }

    private static Message pongs(Message due, int count) {
        List<ContainedMessage> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new ContainedMessage(
                    due.id() - 4L * (i + 2), 0, Schema.codec().write(new Pong(1, 2))));
        }
        return with(due, due.id() - 4, 0, Container.pack(all));
    }

    private static Bytes packedResult(Bytes rpcResult) {
        return rpcResult.first(12).plus(gzipped(rpcResult.from(12)));
    }

    private static Bytes gzipped(Bytes object) {
        return packed(object, out -> new GZIPOutputStream(out));
    }

    private static Bytes zlibbed(Bytes object) {
        return packed(object, DeflaterOutputStream::new);
    }

    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    /** The object {@code gzip_packed}: its id, and a TL string. */
    private static Bytes packed(Bytes object, Compression compression) {
        var out = new ByteArrayOutputStream();
        try (OutputStream in = compression.over(out)) {
            in.write(object.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Bytes data = Bytes.of(out.toByteArray());
        Bytes length = data.size() < 254 ? Bytes.of((byte) data.size()) : Bytes.ofInt(data.size() << 8 | 0xfe);
        int padding = (4 - (length.size() + data.size()) % 4) % 4;
        return Bytes.join(Bytes.ofInt(0x3072cfa1), length, data, Bytes.of(new byte[padding]));
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        Encounter.RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static List<TransportChoice> transports() {
        return TransportChoice.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transports")
    void everyTransportCarriesALogin(TransportChoice transport) throws Exception {
        Encounter.withGoodServer().transport(transport).run(folder).loggedIn();
    }

    @ParameterizedTest(name = "{0} seconds")
    @ValueSource(ints = {-86_400, -3600, -31, 31, 3600, 86_400, 315_360_000})
    void aServerWithAnotherClockLetsUsIn(int seconds) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .settings(settings -> settings.withClockSkew(Duration.ofSeconds(seconds)))
                .run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
    }

    @Test
    void aPasswordIsProvenToAServerThatPacksItsAnswers() throws Exception {
        Outcome outcome = Encounter.with(each(due -> List.of(boxed(withBody(due, gzipped(due.body())), 2))))
                .number(Encounter.TWO_STEP_NUMBER)
                .run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
    }
}
