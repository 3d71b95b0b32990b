package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.hostile.Wire.Frame;
import dev.tgsession.hostile.Wire.Hand;
import dev.tgsession.hostile.Wire.Way;
import dev.tgsession.transport.Framing;
import dev.tgsession.transport.MalformedPacketException;
import dev.tgsession.transport.TransportChoice;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes through the wire is no packet, or comes too slowly. */
class TransportFaultsTest {
    private static final TransportChoice FULL = new TransportChoice(Framing.FULL, false);
    private static final TransportChoice INTERMEDIATE = new TransportChoice(Framing.INTERMEDIATE, false);

    /** The frames that come down in a login: three of the key exchange, the new session, four answers. */
    private static final int RES_PQ = 1;

    private static final int DH_GEN = 3;
    private static final int FIRST_MESSAGE = 4;
    private static final int SENT_CODE = 5;
    private static final int SIGNED_IN = 6;

    /** Each dialling of a key exchange or call is tried anew a few times, and so is the one call that cancels the code. */
    private static final int MOST_CONNECTIONS = 12;

    @TempDir
    Path folder;

    /**
     * A row of the table.
     *
     * @param change what becomes of a whole frame
     * @param due what the login ends with if that goes on
     */
    record Fault(
            String name, TransportChoice transport, UnaryOperator<Bytes> change, Class<? extends IOException> due) {}

    record Case(Fault fault, int from) {
        @Override
        public String toString() {
            return fault.name + " from frame " + from + " on";
        }
    }

    static List<Case> everyFaultAtEveryMoment() {
        List<Case> cases = new ArrayList<>();
        for (Fault fault : faults()) {
            for (int from : new int[] {RES_PQ, DH_GEN, FIRST_MESSAGE, SENT_CODE, SIGNED_IN}) {
                cases.add(new Case(fault, from));
            }
        }
        return cases;
    }

    private static List<Fault> faults() {
        Class<MalformedPacketException> malformed = MalformedPacketException.class;
        Class<TransportRefusedException> refused = TransportRefusedException.class;
        return List.of(
                intermediate("a length of 0", malformed, raw -> Bytes.ofInt(0)),
                intermediate("a length of 3", malformed, raw -> Bytes.ofInt(3).plus(raw.from(4))),
                intermediate(
                        "a length that is no multiple of four",
                        malformed,
                        raw -> Bytes.ofInt(raw.size() - 5).plus(raw.from(4))),
                intermediate(
                        "a length of 7fffffff",
                        malformed,
                        raw -> Bytes.ofInt(Integer.MAX_VALUE).plus(raw.from(4))),
                intermediate(
                        "a length of 80000000",
                        malformed,
                        raw -> Bytes.ofInt(Integer.MIN_VALUE).plus(raw.from(4))),
                intermediate("a length of -1", malformed, raw -> Bytes.ofInt(-1).plus(raw.from(4))),
                intermediate(
                        "a length with the mark of a quick acknowledgement",
                        malformed,
                        raw -> Bytes.ofInt(raw.intAt(0) | Integer.MIN_VALUE).plus(raw.from(4))),
                intermediate(
                        "a length just above the limit",
                        malformed,
                        raw -> Bytes.ofInt((4 << 20) + 1028).plus(raw.from(4))),
                intermediate("transport error -404", refused, raw -> frame(Bytes.ofInt(-404))),
                intermediate("transport error -429", refused, raw -> frame(Bytes.ofInt(-429))),
                intermediate("transport error -444", refused, raw -> frame(Bytes.ofInt(-444))),
                intermediate("transport error -403", refused, raw -> frame(Bytes.ofInt(-403))),
                intermediate("transport error 7fffffff", refused, raw -> frame(Bytes.ofInt(Integer.MAX_VALUE))),
                intermediate(
                        "twelve bytes of the message",
                        refused,
                        raw -> frame(raw.slice(4, 12).xor(Bytes.ofHex("010000000000000000000000")))),
                full("a wrong checksum", malformed, raw -> flipped(raw, raw.size() - 1)),
                full("a payload changed under its checksum", malformed, raw -> flipped(raw, 9)),
                full(
                        "a wrong number",
                        malformed,
                        raw -> sum(Bytes.join(
                                raw.first(4), Bytes.ofInt(raw.intAt(4) + 1), raw.slice(8, raw.size() - 12)))),
                full(
                        "the number -1",
                        malformed,
                        raw -> sum(Bytes.join(raw.first(4), Bytes.ofInt(-1), raw.slice(8, raw.size() - 12)))),
                full("a length of 0", malformed, raw -> Bytes.ofInt(0).plus(raw.from(4))),
                full("a length of 12", malformed, raw -> Bytes.ofInt(12).plus(raw.from(4))),
                full("a length of 13", malformed, raw -> Bytes.ofInt(13).plus(raw.from(4))),
                full(
                        "a length of 7fffffff",
                        malformed,
                        raw -> Bytes.ofInt(Integer.MAX_VALUE).plus(raw.from(4))),
                full("a length of -429", refused, raw -> Bytes.ofInt(-429)));
    }

    private static Fault intermediate(String name, Class<? extends IOException> due, UnaryOperator<Bytes> change) {
        return new Fault("intermediate: " + name, INTERMEDIATE, change, due);
    }

    private static Fault full(String name, Class<? extends IOException> due, UnaryOperator<Bytes> change) {
        return new Fault("full: " + name, FULL, change, due);
    }

    /** Every frame from one on is spoiled: the login gives up after a few lines, and does nothing twice. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("everyFaultAtEveryMoment")
    void aWireThatCarriesNoPacketsIsGivenUp(Case each) throws Exception {
        Hand hand = (frame, wires) -> {
            boolean spoiled = frame.way() == Way.DOWN && frame.number() >= each.from;
            wires.pass(spoiled ? each.fault.change.apply(frame.raw()) : frame.raw());
        };
        Outcome outcome = Encounter.withGoodServer()
                .transport(each.fault.transport)
                .hand(hand)
                .run(folder);
        assertThat(outcome.gaveUp(each.from)).isInstanceOf(each.fault.due);
        assertThat(outcome.connections()).isLessThanOrEqualTo(MOST_CONNECTIONS);
    }

    /** One frame is spoiled and all others are good: that is an accident, and another line helps. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {RES_PQ, DH_GEN, FIRST_MESSAGE, SENT_CODE, SIGNED_IN})
    void oneSpoiledFrameIsAnAccident(int number) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .transport(FULL)
                .hand(frameNumber(number, raw -> flipped(raw, raw.size() - 1)))
                .run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
        assertThat(outcome.connections()).isEqualTo(2);
    }

    /** A frame cut short by its own length. */
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {4, 8, 12, 16, 20, 24, 40, 60})
    void aMessageCutShortEndsTheLogin(int size) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .hand(frameNumber(SENT_CODE, raw -> frame(raw.slice(4, size))))
                .run(folder);
        assertThat(outcome.thrown()).get().isInstanceOf(IOException.class);
        assertThat(outcome.executed("auth.signIn")).isZero();
        outcome.didNothingTwice();
        assertThat(outcome.files()).isEmpty();
    }

    /** What may stand between packets is passed over. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"00000000", "0000000000000000", "ffffffff01000080", "ffffffff0100008000000000"})
    void whatIsNoMessageIsPassedOver(String hex) throws Exception {
        Hand hand = (frame, wires) -> {
            if (frame.way() == Way.DOWN) {
                wires.pass(frame(Bytes.ofHex(hex)));
            }
            wires.pass(frame.raw());
        };
        Encounter.withGoodServer().hand(hand).run(folder).loggedIn();
    }

    @Test
    void oneByteAtATimeIsSlowAndGood() throws Exception {
        Hand hand = (frame, wires) -> {
            int piece = frame.way() == Way.DOWN ? 1 : frame.raw().size();
            for (int i = 0; i < frame.raw().size(); i += piece) {
                wires.pass(frame.raw().slice(i, piece));
            }
        };
        Encounter.withGoodServer().hand(hand).run(folder).loggedIn();
    }

    /** The clock runs for the whole packet, not for each byte of it. */
    @Test
    void aDripThatTakesTooLongIsNotWaitedFor() throws Exception {
        Hand hand = (frame, wires) -> {
            for (int i = 0; i < frame.raw().size(); i++) {
                wires.pass(frame.raw().slice(i, 1));
                if (frame.way() == Way.DOWN) {
                    LockSupport.parkNanos(20_000_000);
                }
            }
        };
        Outcome outcome = Encounter.withGoodServer()
                .patience(Duration.ofMillis(300), Duration.ofMillis(300))
                .hand(hand)
                .run(folder);
        assertThat(outcome.gaveUp(RES_PQ)).isInstanceOf(SocketTimeoutException.class);
        assertThat(outcome.connections()).isEqualTo(3);
        assertThat(outcome.took()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest(name = "from frame {0} on")
    @ValueSource(ints = {RES_PQ, DH_GEN, SENT_CODE, SIGNED_IN})
    void silenceEndsTheLoginInTime(int from) throws Exception {
        Hand hand = (frame, wires) -> {
            if (frame.way() == Way.UP || frame.number() < from) {
                wires.pass(frame.raw());
            }
        };
        boolean early = from < FIRST_MESSAGE;
        Outcome outcome = Encounter.withGoodServer()
                .patience(early ? Duration.ofMillis(400) : Duration.ofSeconds(20), Duration.ofMillis(1500))
                .hand(hand)
                .run(folder);
        assertThat(outcome.gaveUp(from)).isInstanceOf(SocketTimeoutException.class);
        assertThat(outcome.connections()).isEqualTo(early ? 3 : 1);
        assertThat(outcome.took()).isLessThan(Duration.ofSeconds(12));
    }

    /** Announces a megabyte, and says no more. */
    @Test
    void anAnnouncementIsNoPacket() throws Exception {
        Hand hand = (frame, wires) -> wires.pass(
                frame.way() == Way.DOWN ? Bytes.ofInt(1 << 20).plus(frame.raw().from(4)) : frame.raw());
        Outcome outcome = Encounter.withGoodServer()
                .patience(Duration.ofMillis(300), Duration.ofMillis(300))
                .hand(hand)
                .run(folder);
        assertThat(outcome.gaveUp(RES_PQ)).isInstanceOf(SocketTimeoutException.class);
    }

    private static Hand frameNumber(int number, UnaryOperator<Bytes> change) {
        return (Frame frame, Wire.Wires wires) ->
                wires.pass(frame.is(Way.DOWN, number) ? change.apply(frame.raw()) : frame.raw());
    }

    private static Bytes frame(Bytes payload) {
        return Bytes.ofInt(payload.size()).plus(payload);
    }

    private static Bytes sum(Bytes unsummed) {
        CRC32 crc = new CRC32();
        crc.update(unsummed.toArray());
        return unsummed.plus(Bytes.ofInt((int) crc.getValue()));
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.of(changed);
    }
}
