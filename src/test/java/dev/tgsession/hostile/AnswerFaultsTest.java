package dev.tgsession.hostile;

import static dev.tgsession.hostile.Numbers.KNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.DcOption;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgo;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoUnknown;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeMissedCall;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.UserEmpty;
import dev.tgsession.tl.MalformedTlException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** A server whose messages pass every check, and whose answers are absurd. */
class AnswerFaultsTest {
    private static final String SEND_CODE = "auth.sendCode";
    private static final String SIGN_IN = "auth.signIn";
    private static final String WHO_AM_I = "users.getUsers";
    private static final String QUESTION = "account.getPassword";
    private static final String PROOF = "auth.checkPassword";

    private static final Bytes GZIP_PACKED = Bytes.ofInt(0x3072cfa1);
    private static final Bytes RPC_RESULT = Bytes.ofInt(0xf35c6d01);
    private static final Bytes VECTOR = Bytes.ofInt(0x1cb5c415);
    private static final Bytes UNKNOWN = Bytes.ofInt(0xdeadbeef);
    private static final int MEBI = 1 << 20;

    @TempDir
    Path folder;

    /**
     * A row of the table.
     *
     * @param what the login has to say among other things
     */
    record Case(String name, Supplier<Trap> trap, String what) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What cannot be read ends the login at once, and not a byte is sent to who talks like that. */
    @ParameterizedTest(name = "{0}")
    @MethodSource({"unreadable", "packed", "containers"})
    void whatCannotBeReadIsTheLast(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.sprung()).isTrue();
        assertThat(outcome.gaveUp()).isInstanceOf(MalformedTlException.class).hasMessageContaining(each.what);
        assertThat(outcome.bytesAfter()).as("bytes after the fault").isZero();
        assertThat(outcome.connections()).isEqualTo(1);
    }

    static List<Case> unreadable() {
        List<Case> cases = new ArrayList<>();
        for (String about : List.of(SEND_CODE, SIGN_IN, WHO_AM_I)) {
            cases.add(result(about, "an unknown constructor", "deadbeef", due -> UNKNOWN));
            cases.add(result(
                    about, "an unknown constructor in front of what is due", "deadbeef", due -> UNKNOWN.plus(due)));
            cases.add(result(about, "nothing", "", due -> Bytes.EMPTY));
            cases.add(result(about, "half an rpc_error", "", due -> Bytes.ofInt(0x2144ca19)));
            cases.add(result(about, "a pong", "347773c5", due -> wire(new Pong(1, 2))));
            cases.add(result(about, "true", "997275b5", due -> Bytes.ofInt(0x997275b5)));
            cases.add(result(
                    about, "another rpc_result", "f35c6d01", due -> Bytes.join(RPC_RESULT, Bytes.ofLong(1), due)));
            cases.add(result(about, "four bytes too many", "", due -> due.plus(Bytes.ofInt(0))));
            cases.add(result(about, "the last four bytes missing", "", due -> due.first(due.size() - 4)));
            cases.add(result(
                    about,
                    "a vector of 2147483647 elements",
                    "",
                    due -> Bytes.join(VECTOR, Bytes.ofInt(Integer.MAX_VALUE))));
            cases.add(messages(
                    about,
                    "an rpc_result of eight bytes",
                    "rpc_result",
                    due -> withBody(due, due.body().first(8))));
        }
        cases.add(result(SIGN_IN, "flags that promise more than there is", "", due -> flags(due, 0xff)));
        cases.add(result(
                WHO_AM_I,
                "users that say they are 2147483647",
                "",
                due -> Bytes.join(VECTOR, Bytes.ofInt(Integer.MAX_VALUE), due.from(8))));
        cases.add(result(
                WHO_AM_I, "users that say they are -1", "", due -> Bytes.join(VECTOR, Bytes.ofInt(-1), due.from(8))));
        cases.add(result(
                WHO_AM_I, "one user more than there are", "", due -> Bytes.join(VECTOR, Bytes.ofInt(2), due.from(8))));
        cases.add(result(WHO_AM_I, "a user without a vector", "", due -> due.from(8)));
        // phone_code_hash stands behind id, flags and type.
        cases.add(result(
                SEND_CODE,
                "a string longer than the message",
                "",
                due -> Bytes.join(due.first(16), Bytes.ofInt(0xfffffffe), due.from(20))));
        cases.add(result(
                SEND_CODE,
                "a string that begins with ff",
                "",
                due -> Bytes.join(due.first(16), Bytes.ofInt(0xffffffff), due.from(20))));
        cases.add(result(
                SEND_CODE,
                "an unknown way of the code",
                "deadbeef",
                due -> Bytes.join(due.first(8), UNKNOWN, due.from(12))));
        cases.add(result("updates.getState", "nothing", "", due -> Bytes.EMPTY));
        return cases;
    }

    /** What a flag means that the layer does not know is nobody's business here: it cannot have a field of its own. */
    @ParameterizedTest
    @ValueSource(strings = {SEND_CODE, SIGN_IN})
    void reservedFlagsMeanNothing(String about) throws Exception {
        Outcome outcome = Encounter.with(Trap.result(about, due -> flags(due, 0x7fff0000)))
                .run(folder);
        assertThat(outcome.sprung()).isTrue();
        outcome.loggedIn();
        outcome.didNothingTwice();
    }

    /** With these bits set as well in the flags of an object. */
    private static Bytes flags(Bytes object, int more) {
        return Bytes.join(object.first(4), Bytes.ofInt(object.intAt(4) | more), object.from(8));
    }

    static List<Case> packed() {
        String twice = "compressed twice";
        String broken = "cannot be decompressed";
        List<Case> cases = new ArrayList<>();
        for (String about : List.of(SEND_CODE, SIGN_IN)) {
            cases.add(result(about, "a gigabyte of zeros, compressed", "larger than", due -> gigabyte()));
            cases.add(result(
                    about,
                    "17 MiB of zeros as a zlib stream",
                    "larger than",
                    due -> packed(zlib(Bytes.of(new byte[17 * MEBI])))));
            cases.add(result(about, "compressed twice", twice, due -> gzipped(gzipped(due))));
            cases.add(result(about, "a compressed unknown object", "deadbeef", due -> gzipped(UNKNOWN)));
            cases.add(result(
                    about,
                    "compressed and cut",
                    broken,
                    due -> packed(gzip(due).first(gzip(due).size() - 12))));
            cases.add(result(about, "compressed with a wrong checksum", broken, due -> packed(spoiled(gzip(due)))));
            cases.add(result(
                    about, "compressed garbage", broken, due -> packed(Bytes.ofHex("1f8b0800ffffffffffffffffffff"))));
            cases.add(result(about, "a compressed nothing", "", due -> gzipped(Bytes.EMPTY)));
            cases.add(result(about, "compressed, with nothing behind the id", "", due -> GZIP_PACKED));
            cases.add(messages(
                    about,
                    "a whole message of a gigabyte, compressed",
                    "larger than",
                    due -> withBody(due, gigabyte())));
            cases.add(messages(
                    about,
                    "a whole message compressed twice",
                    twice,
                    due -> withBody(due, gzipped(gzipped(due.body())))));
            cases.add(messages(
                    about, "a container of a hundred compressed mebibytes", "larger than", due -> mebibytes(due, 100)));
        }
        return cases;
    }

    static List<Case> containers() {
        String deep = "deep";
        List<Case> cases = new ArrayList<>();
        for (String about : List.of(SEND_CODE, SIGN_IN)) {
            cases.add(messages(about, "containers three deep", deep, due -> nested(due, 3)));
            cases.add(messages(about, "containers a thousand deep", deep, due -> nested(due, 1000)));
            cases.add(messages(
                    about,
                    "compressed containers three deep",
                    deep,
                    due -> withBody(due, gzipped(nested(due, 3).body()))));
            cases.add(container(about, "that says it holds 2147483647 messages", Integer.MAX_VALUE, 0));
            cases.add(container(about, "that says it holds -1 messages", -1, 0));
            cases.add(container(about, "that says it holds one message more", 2, 0));
            cases.add(container(about, "that says it is empty", 0, 0));
            cases.add(container(about, "whose message says it is longer", 1, 4));
            cases.add(container(about, "whose message says it is shorter", 1, -4));
            cases.add(container(about, "whose message has a crooked length", 1, 1));
            cases.add(container(about, "whose message has a negative length", 1, Integer.MIN_VALUE));
            cases.add(messages(about, "a container of 1025 messages", "1025", AnswerFaultsTest::many));
        }
        return cases;
    }

    private static Case container(String about, String name, int count, int longer) {
        return messages(about, "a container " + name, "container", due -> {
            Bytes good = contained(due).body();
            Bytes length = Bytes.ofInt(good.intAt(20) + longer);
            return withBody(
                    due, Bytes.join(good.first(4), Bytes.ofInt(count), good.slice(8, 12), length, good.from(24)));
        });
    }

    private static Message many(Message due) {
        List<ContainedMessage> all = new ArrayList<>();
        for (int i = 0; i < 1025; i++) {
            all.add(new ContainedMessage(due.id() - 4 * (i + 1), 0, wire(new Pong(1, 2))));
        }
        return withBody(due, Container.pack(all));
    }

    private static Message mebibytes(Message due, int count) {
        List<ContainedMessage> all = new ArrayList<>();
        Bytes each = gzipped(Bytes.of(new byte[MEBI]));
        for (int i = 0; i < count; i++) {
            all.add(new ContainedMessage(due.id() - 4 * (i + 1), 0, each));
        }
        return withBody(due, Container.pack(all));
    }

    private static Message contained(Message due) {
        return withBody(
                due, Container.pack(List.of(new ContainedMessage(due.id() - 4, due.sequenceNumber(), due.body()))));
    }

    private static Message nested(Message due, int depth) {
        Message nested = due;
        for (int i = 0; i < depth; i++) {
            nested = contained(nested);
        }
        return nested;
    }

    /** Nothing that counts as an answer comes: the login ends when its patience does, and has asked once. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void withoutAnAnswerTheLoginEndsInTime(Case each) throws Exception {
        Duration patience = Duration.ofSeconds(9);
        Outcome outcome = Encounter.with(each.trap.get())
                .patience(patience, patience)
                .clockJump(patience.plusMillis(1))
                .run(folder);
        assertThat(outcome.sprung()).isTrue();
        assertThat(outcome.gaveUp()).hasMessageContaining(each.what);
        assertThat(outcome.executed(SEND_CODE)).isEqualTo(1);
        assertThat(outcome.connections()).isEqualTo(1);
    }

    static List<Case> noAnswers() {
        return List.of(
                messages(
                        SEND_CODE,
                        "an rpc_result for a request that was never made",
                        "did not answer",
                        due -> withBody(
                                due,
                                Bytes.join(
                                        RPC_RESULT,
                                        Bytes.ofLong(due.body().longAt(4) + 4),
                                        due.body().from(12)))),
                messages(
                        SIGN_IN,
                        "an rpc_result for the call before",
                        "did not answer",
                        due -> withBody(
                                due,
                                Bytes.join(
                                        RPC_RESULT,
                                        Bytes.ofLong(due.body().longAt(4) - 400),
                                        due.body().from(12)))),
                messages(SEND_CODE, "a message without a body", "did not answer", due -> withBody(due, Bytes.EMPTY)),
                messages(SEND_CODE, "a message of four zeros", "did not answer", due -> withBody(due, Bytes.ofInt(0))),
                messages(
                        SEND_CODE,
                        "an unknown object",
                        "did not answer",
                        due -> withBody(due, UNKNOWN.plus(due.body()))),
                messages(
                        SEND_CODE,
                        "the result without rpc_result around it",
                        "did not answer",
                        due -> withBody(due, due.body().from(12))),
                messages(
                        SEND_CODE,
                        "an acknowledgement of 2147483647 messages",
                        "did not answer",
                        due -> withBody(
                                due, Bytes.join(Bytes.ofHex("59b4d662"), VECTOR, Bytes.ofInt(Integer.MAX_VALUE)))));
    }

    /** Somebody who talks without end and never answers holds nobody longer than silence would. */
    @Test
    void aFloodOfNewsIsNoAnswer() throws Exception {
        Trap flood = Trap.messages(SEND_CODE, due -> {
            List<Message> news = new ArrayList<>();
            for (int i = 1; i <= 60_000; i++) {
                news.add(new Message(due.salt(), due.sessionId(), due.id() + 4L * i, 0, Bytes.join(UNKNOWN, UNKNOWN)));
            }
            return news;
        });
        Duration patience = Duration.ofSeconds(9);
        Outcome outcome = Encounter.with(flood)
                .patience(patience, patience)
                .clockJump(patience.plusMillis(1))
                .run(folder);
        assertThat(outcome.gaveUp()).hasMessageContaining("did not answer");
        assertThat(outcome.took()).as("time").isLessThan(patience);
    }

    /** The same message is not sent without end to a server that never takes it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("neverTaken")
    void aMessageThatIsNeverTakenIsSentAFewTimes(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.session()).isEmpty();
        assertThat(outcome.thrown()).get().isInstanceOf(IOException.class);
        assertThat(outcome.thrown().get()).hasMessageContaining(each.what);
        assertThat(outcome.executed(SEND_CODE)).isBetween(1L, 8L);
        assertThat(outcome.files()).isEmpty();
        assertThat(outcome.connections()).isEqualTo(1);
    }

    static List<Case> neverTaken() {
        List<Case> cases = new ArrayList<>();
        cases.add(messages(
                SEND_CODE,
                "a salt that is never right",
                "refused the same message 8 times",
                due -> withBody(due, wire(new BadServerSalt(due.body().longAt(4), 1, 48, due.id())))));
        for (int code : new int[] {16, 17, 18, 19, 32, 33, 34, 35, 64, 0, 99, -1}) {
            cases.add(messages(
                    SEND_CODE,
                    "a notification with code " + code,
                    "refused the same message 8 times",
                    due -> withBody(due, wire(new BadMsgNotification(due.body().longAt(4), 1, code)))));
        }
        // "Too old to tell whether it was carried out": sending the code again could mean a second one.
        cases.add(messages(
                SEND_CODE,
                "a notification with code 20",
                "lost",
                due -> withBody(due, wire(new BadMsgNotification(due.body().longAt(4), 1, 20)))));
        cases.add(messages(
                SEND_CODE,
                "a session that is always new",
                "refused the same message 8 times",
                due -> withBody(due, wire(new NewSessionCreated(Long.MAX_VALUE, due.id(), due.salt())))));
        return cases;
    }

    /** Absurd errors are told in a sentence. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void anErrorIsToldInASentence(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.refused()).hasMessageContaining(each.what);
        assertThat(outcome.executed(SEND_CODE)).isBetween(1L, 5L);
        assertThat(outcome.executed(SIGN_IN)).isBetween(0L, 5L);
    }

    static List<Case> errors() {
        List<Case> cases = new ArrayList<>();
        for (String about : List.of(SEND_CODE, SIGN_IN)) {
            cases.add(error(about, 400, "", ""));
            cases.add(error(about, 0, "", ""));
            cases.add(error(about, Integer.MIN_VALUE, "", ""));
            cases.add(error(about, Integer.MAX_VALUE, "WHATEVER", "WHATEVER"));
            cases.add(error(about, 400, "X".repeat(MEBI), "XXX"));
            cases.add(error(about, 400, "\u001b[2J\u001b]0;owned\u0007\r\nFAKE", "FAKE"));
            cases.add(error(about, 420, "FLOOD_WAIT_999999999999999999", ""));
            cases.add(error(about, 420, "FLOOD_WAIT_2147483648", ""));
            cases.add(error(about, 420, "FLOOD_WAIT_0", ""));
            cases.add(error(about, 420, "FLOOD_WAIT_99999999999999999999999", ""));
            cases.add(error(about, 420, "FLOOD_WAIT_", ""));
            cases.add(error(about, 303, "PHONE_MIGRATE_0", ""));
            cases.add(error(about, 303, "PHONE_MIGRATE_9", ""));
            cases.add(error(about, 303, "PHONE_MIGRATE_2147483647", ""));
            cases.add(error(about, 303, "PHONE_MIGRATE_2147483648", ""));
            cases.add(error(about, 303, "PHONE_MIGRATE_", ""));
            cases.add(error(about, 500, "AUTH_RESTART", ""));
            cases.add(error(about, -503, "Timeout", ""));
        }
        return cases;
    }

    private static Case error(String about, int code, String text, String what) {
        String shown =
                text.length() > 40 ? text.length() + " letters" : "\"" + text.replaceAll("\\p{Cntrl}", "?") + "\"";
        return new Case(
                code + " " + shown + " in answer to " + about,
                () -> Trap.result(about, due -> wire(new RpcError(code, text))),
                what);
    }

    /** Sent to a data centre, and told absurd things about where that is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("addresses")
    void anAbsurdAddressIsNotCalled(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.refused()).hasMessageContaining("address");
        assertThat(outcome.connections()).isEqualTo(1);
    }

    static List<Case> addresses() {
        return List.of(
                address("a name with a space", 3, "not a host", 443),
                address("an empty host", 3, "", 443),
                address("a host of 70000 letters", 3, "x".repeat(70_000), 443),
                address("a host with a line break", 3, "127.0.0.1\r\n", 443),
                address("port 65536", 3, "127.0.0.1", 65_536),
                address("port -1", 3, "127.0.0.1", -1),
                address("port 0", 3, "127.0.0.1", 0),
                address("data centre 10001", 10_001, "127.0.0.1", 443),
                address("data centre 0", 0, "127.0.0.1", 443));
    }

    private static Case address(String name, int id, String host, int port) {
        return new Case(name, () -> new Redirecting(id, host, port), "");
    }

    /** Sends who asks for a code elsewhere. */
    private static final class Redirecting extends Trap {
        private final int id;
        private final String host;
        private final int port;

        Redirecting(int id, String host, int port) {
            this.id = id;
            this.host = host;
            this.port = port;
        }

        @Override
        public List<Bytes> result(Place place, Bytes due) {
            if (place.about().equals(SEND_CODE)) {
                return List.of(wire(new RpcError(303, "PHONE_MIGRATE_" + id)));
            }
            if (place.about().equals("help.getConfig")) {
                DcOption option = new DcOption(false, false, false, false, id, host, port);
                return List.of(sprung(wire(new Config(1, 2, false, 2, List.of(option)))));
            }
            return List.of(due);
        }
    }

    /** The numbers behind a password: what is not safe is not answered with a proof. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("challenges")
    void anUnsafeChallengeGetsNoProof(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get())
                .number(Encounter.TWO_STEP_NUMBER)
                .run(folder);
        assertThat(outcome.executed(PROOF)).as("proofs").isZero();
        outcome.failedAt("password check", each.what);
    }

    static List<Case> challenges() {
        String size = "srp_B has ";
        String range = "srp_B is not between 0 and the prime";
        return List.of(
                b("B = 0", range, Bytes.of(new byte[256])),
                b("B = p", range, Bytes.ofNumber(KNOWN)),
                b("B = p + 1", range, Bytes.ofNumber(KNOWN.add(BigInteger.ONE))),
                b("B = 2^2048 - 1", range, Bytes.ofNumber(Numbers.power(2048).subtract(BigInteger.ONE))),
                b("B = 0 of 248 bytes", range, Bytes.of(new byte[248])),
                b("B without bytes", size, Bytes.EMPTY),
                b("B of one byte", size, Bytes.of((byte) 5)),
                b("B of 247 bytes", size, Bytes.ofNumber(Numbers.power(1975), 247)),
                b("B of 257 bytes", size, Bytes.of((byte) 0).plus(Bytes.ofNumber(KNOWN.shiftRight(1), 256))),
                b("B = 2p of 257 bytes", size, Bytes.ofNumber(KNOWN.shiftLeft(1), 257)),
                b("B of 64 KiB", size, Bytes.of(new byte[65536])),
                group(
                        "a composite modulus",
                        "the modulus is not a safe prime",
                        KNOWN.subtract(BigInteger.valueOf(24)),
                        3),
                group(
                        "a prime whose (p - 1) / 2 is composite",
                        "the modulus is not a safe prime",
                        Numbers.PRIME_WITH_COMPOSITE_HALF,
                        4),
                group("a prime of 2047 bits", "the prime has 2047 bits", Numbers.PRIME_OF_2047_BITS, 4),
                group("a prime of 2049 bits", "the prime has 2049 bits", Numbers.PRIME_OF_2049_BITS, 4),
                group("a small prime", "the prime has 31 bits", Numbers.Q, 4),
                group("p = 0", "the prime has 0 bits", BigInteger.ZERO, 4),
                group("g = 2 with the known prime", "the generator 2 does not fit the prime", KNOWN, 2),
                group("g = 1", "the generator is 1, not 2 to 7", KNOWN, 1),
                group("g = 0", "the generator is 0, not 2 to 7", KNOWN, 0),
                group("g = 8", "the generator is 8, not 2 to 7", KNOWN, 8),
                algorithm(
                        "salt1 of no bytes",
                        "a salt is missing",
                        a -> new PasswordKdfAlgoModPow(Bytes.EMPTY, a.salt2(), a.g(), a.p())),
                algorithm(
                        "salt2 of no bytes",
                        "a salt is missing",
                        a -> new PasswordKdfAlgoModPow(a.salt1(), Bytes.EMPTY, a.g(), a.p())),
                algorithm(
                        "both salts of no bytes",
                        "a salt is missing",
                        a -> new PasswordKdfAlgoModPow(Bytes.EMPTY, Bytes.EMPTY, a.g(), a.p())));
    }

    @Test
    void anUnknownAlgorithmGetsNoProof() throws Exception {
        Trap trap = question(q -> new Question(new PasswordKdfAlgoUnknown(), q.b, q.id));
        Outcome outcome = Encounter.with(trap).number(Encounter.TWO_STEP_NUMBER).run(folder);
        assertThat(outcome.refused()).hasMessageContaining("does not know");
        assertThat(outcome.executed(PROOF)).isZero();
    }

    /** After a wrong password a new challenge is due; the old one would get a second proof out of the client. */
    @Test
    void aChallengeThatWasAnsweredGetsNoSecondProof() throws Exception {
        var repeating = new Repeating();
        Outcome outcome = Encounter.with(repeating)
                .number(Encounter.TWO_STEP_NUMBER)
                .passwords("wrong", "practice")
                .run(folder);
        assertThat(outcome.thrown())
                .get()
                .asString()
                .contains("password check: ")
                .contains("again");
        assertThat(outcome.executed(PROOF)).as("proofs").isEqualTo(1);
        assertThat(outcome.executed(QUESTION)).isLessThan(6);
        assertThat(outcome.files()).isEmpty();
    }

    /** Asks the same question for ever. */
    private static final class Repeating extends Trap {
        private Bytes first = Bytes.EMPTY;

        @Override
        public List<Bytes> result(Place place, Bytes due) {
            if (!place.about().equals(QUESTION)) {
                return List.of(due);
            }
            if (first.isEmpty()) {
                first = due;
                return List.of(due);
            }
            return List.of(sprung(first));
        }
    }

    private record Question(PasswordKdfAlgo algorithm, Bytes b, long id) {}

    private static Case b(String name, String what, Bytes b) {
        return new Case(name, () -> question(q -> new Question(q.algorithm, b, q.id)), what);
    }

    private static Case group(String name, String what, BigInteger p, int g) {
        Bytes written = Bytes.ofNumber(p, Math.max(256, (p.bitLength() + 7) / 8));
        return algorithm(name, what, a -> new PasswordKdfAlgoModPow(a.salt1(), a.salt2(), g, written));
    }

    private static Case algorithm(String name, String what, UnaryOperator<PasswordKdfAlgoModPow> change) {
        return new Case(
                name,
                () -> question(q -> new Question(change.apply((PasswordKdfAlgoModPow) q.algorithm), q.b, q.id)),
                what);
    }

    private static Trap question(UnaryOperator<Question> change) {
        return Trap.result(QUESTION, due -> {
            AccountPassword a = (AccountPassword) read(due);
            Question q = change.apply(new Question(
                    a.currentAlgo().orElseThrow(),
                    a.srpB().orElseThrow(),
                    a.srpId().orElseThrow()));
            return wire(new AccountPassword(
                    a.hasRecovery(),
                    a.hasSecureValues(),
                    a.hasPassword(),
                    Optional.of(q.algorithm),
                    Optional.of(q.b),
                    Optional.of(q.id),
                    a.hint(),
                    a.emailUnconfirmedPattern(),
                    a.newAlgo(),
                    a.newSecureAlgo(),
                    a.secureRandom(),
                    a.pendingResetDate(),
                    a.loginEmailPattern()));
        });
    }

    /** Absurd, but well-formed: the login goes on as far as it makes sense. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("codes")
    void anAbsurdCodeIsAskedForAllTheSame(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.asked()).startsWith("phone", "code");
        assertThat(outcome.executed(SEND_CODE)).isEqualTo(1);
        assertThat(outcome.thrown())
                .satisfiesAnyOf(thrown -> assertThat(thrown).isEmpty(), thrown -> outcome.refused());
    }

    static List<Case> codes() {
        return List.of(
                code("a code of 2147483647 digits", new SentCodeTypeApp(Integer.MAX_VALUE)),
                code("a code of -1 digits", new SentCodeTypeApp(-1)),
                code("a code of no digits", new SentCodeTypeApp(0)),
                code("a calling number of a mebibyte", new SentCodeTypeFlashCall("9".repeat(MEBI))),
                code("a calling number that clears the screen", new SentCodeTypeMissedCall("\u001b[2J", 5)),
                code(
                        "an address whose reset was due in 1901",
                        new SentCodeTypeEmailCode(
                                false,
                                false,
                                "a@b",
                                5,
                                Optional.of(Integer.MIN_VALUE),
                                Optional.of(Integer.MIN_VALUE))),
                code(
                        "an address whose reset is due in 2038",
                        new SentCodeTypeEmailCode(
                                false, false, "", 5, Optional.of(Integer.MAX_VALUE), Optional.of(Integer.MAX_VALUE))));
    }

    private static Case code(String name, SentCodeType type) {
        return new Case(
                name,
                () -> Trap.result(SEND_CODE, due -> {
                    PlainSentCode sent = (PlainSentCode) read(due);
                    return wire(new PlainSentCode(
                            type,
                            sent.phoneCodeHash(),
                            Optional.of(new CodeTypeCall()),
                            Optional.of(Integer.MIN_VALUE)));
                }),
                "");
    }

    @Test
    void somebodyElseAfterTheLoginIsRefused() throws Exception {
        Trap trap = Trap.result(WHO_AM_I, due -> Bytes.join(VECTOR, Bytes.ofInt(1), wire(new UserEmpty(5))));
        Outcome outcome = Encounter.with(trap).run(folder);
        assertThat(outcome.refused()).hasMessageContaining("another");
    }

    private static Case result(String about, String name, String what, UnaryOperator<Bytes> change) {
        return new Case(name + ", in answer to " + about, () -> Trap.result(about, change), what);
    }

    private static Case messages(String about, String name, String what, UnaryOperator<Message> change) {
        Function<Message, List<Message>> one = due -> List.of(change.apply(due));
        return new Case(name + ", in answer to " + about, () -> Trap.messages(about, one), what);
    }

    private static Message withBody(Message due, Bytes body) {
        return new Message(due.salt(), due.sessionId(), due.id(), due.sequenceNumber(), body);
    }

    private static Bytes wire(Object object) {
        return Schema.codec().write(object);
    }

    private static Object read(Bytes object) {
        try {
            return Schema.codec().read(object);
        } catch (MalformedTlException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes gzipped(Bytes object) {
        return packed(gzip(object));
    }

    /** The object {@code gzip_packed}: its id, and a TL string. */
    private static Bytes packed(Bytes compressed) {
        int size = compressed.size();
        Bytes length = size < 254 ? Bytes.of((byte) size) : Bytes.ofInt(size << 8 | 0xfe);
        int padding = (4 - (length.size() + size) % 4) % 4;
        return Bytes.join(GZIP_PACKED, length, compressed, Bytes.of(new byte[padding]));
    }

    private static Bytes gzip(Bytes data) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(data.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(out.toByteArray());
    }

    private static Bytes zlib(Bytes data) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(data.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(out.toByteArray());
    }

    private static Bytes spoiled(Bytes gzip) {
        byte[] changed = gzip.toArray();
        changed[changed.length - 8] ^= 1;
        return Bytes.of(changed);
    }

    /** A gzip file may consist of several, one behind the other: 64 times the same 16 MiB. */
    private static Bytes gigabyte() {
        Bytes one = gzip(Bytes.of(new byte[16 * MEBI]));
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            all.add(one);
        }
        return packed(Bytes.join(all.toArray(new Bytes[0])));
    }
}
