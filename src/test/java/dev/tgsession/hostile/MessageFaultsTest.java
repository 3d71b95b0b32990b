package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that fails each check on encrypted messages, at each moment of a login. */
class MessageFaultsTest {
    private static final String STEP = "encrypted message";
    private static final String WRONG_KEY = "its message key does not match its content";
    private static final String BLOCKS = "its encrypted part is not made of whole blocks";
    private static final String OTHER_KEY = "it is encrypted with another key";
    private static final String OTHER_SESSION = "it belongs to another session";
    private static final String EVEN = "its message id is even";
    private static final String LENGTH = "its length field says ";
    private static final String PADDING = " bytes of padding, and 12 to 1024 are allowed";
    private static final String DATE = "its date is not within 300 seconds before and 30 after the server's time";

    /** Says what a message of ours is made of. */
    private static final int SALT = 0;

    private static final int SESSION = 8;
    private static final int ID = 16;
    private static final int SIZE = 28;
    private static final int BODY = 32;

    @TempDir
    Path folder;

    /** When in a login the server begins to do wrong: what it says unasked first, or the answer to a call. */
    private enum Moment {
        FIRST_MESSAGE("", List.of("phone")),
        SEND_CODE("auth.sendCode", List.of("phone")),
        SIGN_IN("auth.signIn", List.of("phone", "code")),
        WHO_AM_I("users.getUsers", List.of("phone", "code")),
        GET_PASSWORD("account.getPassword", List.of("phone", "code")),
        CHECK_PASSWORD("auth.checkPassword", List.of("phone", "code", "password"));

        private final String about;
        private final List<String> asked;

        Moment(String about, List<String> asked) {
            this.about = about;
            this.asked = asked;
        }

        /** Passwords take time, so few meetings come to them. */
        private boolean isQuick() {
            return this != GET_PASSWORD && this != CHECK_PASSWORD;
        }

        private String number() {
            return isQuick() ? Encounter.PLAIN_NUMBER : Encounter.TWO_STEP_NUMBER;
        }

        /** The first message is said while the first call is already there, and before it is looked at. */
        private List<String> underWay() {
            return this == FIRST_MESSAGE ? List.of("auth.sendCode") : List.of();
        }
    }

    /** Makes a trap for a moment. */
    private interface TrapFor extends Function<String, Trap> {}

    /**
     * A row of the table, for every moment.
     *
     * @param what what the login has to say, or how that begins
     */
    private record Fault(String name, String what, TrapFor trap) {}

    record Case(Fault fault, Moment moment) {
        @Override
        public String toString() {
            return fault.name + ", " + (moment.about.isEmpty() ? "first of all" : "in answer to " + moment.about);
        }
    }

    static List<Case> everyFaultAtEveryMoment() {
        List<Case> cases = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            for (Fault fault : moment.isQuick() ? faults() : oneOfEachKind()) {
                cases.add(new Case(fault, moment));
            }
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyFaultAtEveryMoment")
    void aMessageThatFailsACheckIsTheLast(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.fault.trap.apply(each.moment.about))
                .number(each.moment.number())
                .run(folder);
        outcome.failedAt(STEP, each.fault.what, each.moment.underWay());
        assertThat(outcome.asked()).as("questions to the person").isEqualTo(each.moment.asked);
    }

    private static List<Fault> faults() {
        return List.of(
                // What can be seen before anything is decrypted.
                sealed("another auth_key_id", OTHER_KEY, due -> flipped(due, 0)),
                sealed(
                        "an auth_key_id of zero",
                        OTHER_KEY,
                        due -> Bytes.ofLong(0).plus(due.from(8))),
                sealed(
                        "sealed with another key",
                        OTHER_KEY,
                        due -> new MessageCipher(AuthKey.of(random(256).toArray()), Side.SERVER, Encounter.RANDOM)
                                .seal(new Message(1, 2, 5, 1, random(32)))),
                sealed("a message without encryption", OTHER_KEY, due -> new PlainMessage(5, random(100)).pack()),
                sealed("four bytes too many", BLOCKS, due -> due.plus(random(4))),
                sealed("the last four bytes missing", BLOCKS, due -> due.first(due.size() - 4)),
                sealed("only key id and msg_key", "it is only 24 bytes long", due -> due.first(24)),
                sealed("two blocks", "it is only 56 bytes long", due -> due.first(56)),
                // What the message key covers.
                sealed("msg_key altered by one bit", WRONG_KEY, due -> flipped(due, 8)),
                sealed("msg_key altered by its last bit", WRONG_KEY, due -> flipped(due, 23)),
                sealed(
                        "msg_key of zeros",
                        WRONG_KEY,
                        due -> Bytes.join(due.first(8), Bytes.of(new byte[16]), due.from(24))),
                sealed("the first encrypted byte altered", WRONG_KEY, due -> flipped(due, 24)),
                sealed("the last encrypted byte altered", WRONG_KEY, due -> flipped(due, due.size() - 1)),
                sealed("the last block missing", WRONG_KEY, due -> due.first(due.size() - 16)),
                sealed("a block appended", WRONG_KEY, due -> due.plus(random(16))),
                sealed(
                        "random bytes under the right key id",
                        WRONG_KEY,
                        due -> due.first(8).plus(random(due.size() - 8))),
                // What the header says.
                plaintext("another session_id", OTHER_SESSION, due -> flipped(due, SESSION)),
                plaintext("a session_id of zero", OTHER_SESSION, due -> with(due, SESSION, Bytes.ofLong(0))),
                plaintext(
                        "salt and session_id swapped",
                        OTHER_SESSION,
                        due -> Bytes.join(due.slice(SESSION, 8), due.slice(SALT, 8), due.from(ID))),
                plaintext("an even msg_id", EVEN, due -> with(due, ID, Bytes.ofLong(due.longAt(ID) & ~3L))),
                plaintext(
                        "a msg_id with remainder 2",
                        EVEN,
                        due -> with(due, ID, Bytes.ofLong(due.longAt(ID) & ~3L | 2))),
                plaintext("a msg_id of zero", EVEN, due -> with(due, ID, Bytes.ofLong(0))),
                plaintext("length 4096 too large", LENGTH, due -> with(due, SIZE, Bytes.ofInt(due.intAt(SIZE) + 4096))),
                plaintext("length 2147483644", LENGTH, due -> with(due, SIZE, Bytes.ofInt(Integer.MAX_VALUE - 3))),
                plaintext("a negative length", LENGTH, due -> with(due, SIZE, Bytes.ofInt(-4))),
                plaintext("the smallest length of all", LENGTH, due -> with(due, SIZE, Bytes.ofInt(Integer.MIN_VALUE))),
                plaintext(
                        "a length that is no multiple of four",
                        LENGTH,
                        due -> with(due, SIZE, Bytes.ofInt(due.intAt(SIZE) - 2))),
                plaintext("no padding", "it has 0" + PADDING, due -> padded(due, 0)),
                plaintext("4 bytes of padding", "it has 4" + PADDING, due -> padded(due, 4)),
                plaintext("8 bytes of padding", "it has 8" + PADDING, due -> padded(due, 8)),
                plaintext("1028 bytes of padding", "it has 10", due -> padded(due, 1028)),
                plaintext("64 KiB of padding", "it has 655", due -> padded(due, 65536)),
                // Containers.
                messages("an even msg_id in a container", EVEN, due -> List.of(contained(due, due.id() - 5))));
    }

    private static List<Fault> oneOfEachKind() {
        List<Fault> few = new ArrayList<>();
        for (Fault fault : faults()) {
            if (few.stream().noneMatch(other -> other.what.equals(fault.what))) {
                few.add(fault);
            }
        }
        return few;
    }

    private static Fault sealed(String name, String what, UnaryOperator<Bytes> change) {
        return new Fault(name, what, about -> Trap.sealed(about, change));
    }

    private static Fault plaintext(String name, String what, UnaryOperator<Bytes> change) {
        return new Fault(name, what, about -> Trap.plaintext(about, change));
    }

    private static Fault messages(String name, String what, Function<Message, List<Message>> change) {
        return new Fault(name, what, about -> Trap.messages(about, change));
    }

    private static Message contained(Message due, long innerId) {
        var inner = new ContainedMessage(innerId, due.sequenceNumber(), due.body());
        return new Message(
                due.salt(), due.sessionId(), due.id(), due.sequenceNumber() & ~1, Container.pack(List.of(inner)));
    }

    /** With so many bytes behind the body that whole blocks come out, at least the given number less a block. */
    private static Bytes padded(Bytes due, int padding) {
        int body = due.intAt(SIZE);
        // The body grows by zeros until the padding fits: its checks come after those of the message.
        int grown = body;
        while ((BODY + grown + padding) % 16 != 0) {
            grown += 4;
        }
        Bytes filled = due.slice(BODY, body).plus(Bytes.of(new byte[grown - body]));
        return Bytes.join(due.first(SIZE), Bytes.ofInt(grown), filled, random(padding));
    }

    private static Bytes with(Bytes plain, int at, Bytes value) {
        return Bytes.join(plain.first(at), value, plain.from(at + value.size()));
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.of(changed);
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        Encounter.RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** Its own words come back to the client: sealed for the other direction, so they are no message of the server. */
    @ParameterizedTest(name = "a reflected message, {0}")
    @EnumSource
    void aReflectedMessageIsTheLast(Moment moment) throws Exception {
        var mirror = new Mirror(moment.about);
        Outcome outcome =
                Encounter.with(mirror).number(moment.number()).hand(mirror).run(folder);
        outcome.failedAt(STEP, WRONG_KEY, moment.underWay());
    }

    /** Sends the client's last packet back. */
    private static final class Mirror extends Trap implements Wire.Hand {
        private final String about;
        private volatile Bytes last = Bytes.EMPTY;

        Mirror(String about) {
            this.about = about;
        }

        @Override
        public void on(Wire.Frame frame, Wire.Wires wires) throws IOException {
            if (frame.way() == Wire.Way.UP) {
                last = frame.raw().from(4);
            }
            wires.pass(frame.raw());
        }

        @Override
        public Bytes sealed(Place place, Bytes due) {
            return place.about().equals(about) ? sprung(last) : due;
        }
    }

    /** An error of code 406 is followed by its text; a message that fails a check there is as bad as any. */
    @Test
    void aMessageThatFailsACheckBehindAnErrorIsTheLast() throws Exception {
        Trap trap = new Trap() {
            @Override
            public List<Bytes> result(Place place, Bytes due) {
                return place.about().equals("auth.signIn")
                        ? List.of(Schema.codec().write(new RpcError(406, "UPDATE_APP_TO_LOGIN")))
                        : List.of(due);
            }

            @Override
            public List<Bytes> packets(Place place, Bytes due) {
                return place.about().equals("auth.signIn") ? sprung(List.of(due, flipped(due, 8))) : List.of(due);
            }
        };
        Outcome outcome = Encounter.with(trap).run(folder);
        outcome.failedAt(STEP, WRONG_KEY);
    }

    /** Messages from another time are passed over, so the login ends when its patience does. */
    @ParameterizedTest(name = "{0} seconds from now, {1}")
    @CsvSource({
        "-400, SEND_CODE",
        "-400, SIGN_IN",
        "-400, WHO_AM_I",
        "-400, CHECK_PASSWORD",
        "60, SEND_CODE",
        "60, SIGN_IN",
        "60, WHO_AM_I",
        "60, CHECK_PASSWORD",
        "-100000, SIGN_IN",
        "100000, SIGN_IN"
    })
    void anAnswerFromAnotherTimeCountsForNothing(int seconds, Moment moment) throws Exception {
        Trap trap = Trap.messages(moment.about, due -> List.of(dated(due, seconds)));
        Duration patience = Duration.ofSeconds(12);
        Outcome outcome = Encounter.with(trap)
                .number(moment.number())
                .patience(patience, patience)
                .clockJump(patience.plusMillis(1))
                .run(folder);
        outcome.failedAt(STEP, DATE);
    }

    private static Message dated(Message due, int seconds) {
        return new Message(
                due.salt(), due.sessionId(), due.id() + ((long) seconds << 32), due.sequenceNumber(), due.body());
    }
}
