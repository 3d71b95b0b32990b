package dev.tgsession.practice.faults;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the server can be made to do wrong: one method for each point at which something leaves it. Each gets what is
 * due and gives what is sent instead; those that are not overridden change nothing.
 *
 * <p>Values come before they are hashed and sealed, so what is changed early is sealed properly, and what is changed late
 * is not: the client then has to find it out by exactly one check.
 *
 * <pre>
 *                ┌─ resPq ─ dhOffer ─ dhInnerData ─ dhHashed ─ dhParams ─ dhKey ─ dhVerdict ─ plainBody ─┐
 *   incoming ────┤                                                                                      ├── packets
 *                └─ judgement ─ call ─ result ─ delay ─ message ─ plaintext ─ sealed ───────────────────┘
 * </pre>
 *
 * <p>Called from connections' threads. A method may sleep, to be late, and may call {@link Place#cut}.
 */
public interface Faults {
    /** Always right. */
    Faults NONE = new Faults() {};

    /** What leaves the first one wrong goes through the second one, too. */
    static Faults both(Faults first, Faults second) {
        return first == NONE ? second : second == NONE ? first : new BothFaults(first, second);
    }

    /** Where in which conversation something happens. */
    interface Place {
        /** The data centre, 1 to 5. */
        int dc();

        /** The connection, counted from 1 over the whole server. */
        int connection();

        /**
         * The request that is being answered: {@code req_pq_multi}, {@code ping}, {@code auth.sendCode}; empty for what the
         * server says unasked.
         */
        String about();

        /** Closes the TCP connection at once. */
        void cut();

        // What follows does nothing, and gives 0, before there is a key.

        /** The id of one more message that the server says unasked, higher than all before. */
        long freshId();

        /** The key's salt becomes another one, and the old one is worthless. */
        void newSalt();

        /** The server does not know the key any more; what it answers right now still leaves. */
        void forgetKey();

        /**
         * The server forgets the session and all that came in it, begins it anew and says so: the client has to send again
         * whatever has no answer yet.
         */
        void renewSession();
    }

    // What comes in.

    /** A packet came. False lets it be lost. */
    default boolean incoming(Place place, Bytes packet) {
        return true;
    }

    /**
     * A message was opened and its salt and id were judged.
     *
     * @param due 0 to take it; 16, 17, 18, 32 to 35 or 64 to refuse it with {@code bad_msg_notification}, 48 to refuse it
     *     with {@code bad_server_salt}
     */
    default int judgement(Place place, Message message, int due) {
        return due;
    }

    // The key exchange.

    /** The first answer. */
    default ResPq resPq(Place place, ResPq due) {
        return due;
    }

    /** Group and exponent; the server reckons on with what is given here. */
    default DhOffer dhOffer(Place place, DhOffer due) {
        return due;
    }

    /** The server's half, before it is hashed; {@code g_a} can differ from what the offer reckons with. */
    default ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
        return due;
    }

    /** SHA-1, object, padding, before they are encrypted; whole blocks of 16 bytes. */
    default Bytes dhHashed(Place place, Bytes due) {
        return due;
    }

    /** The second answer; {@code client} can also make {@code server_DH_params_fail}. */
    default ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
        return due;
    }

    /** Both halves and the key that comes of them; the server reckons on with the key that is given here. */
    default Tried dhKey(Place place, Tried due) {
        return due;
    }

    /** The third answer; {@code tried} can make all three, and the server goes on by the kind that is given here. */
    default SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
        return due;
    }

    /** The body of a message without encryption: one TL object, and what the fault puts behind it. */
    default Bytes plainBody(Place place, Bytes due) {
        return due;
    }

    // Calls.

    /** A call came and was understood; false lets it be lost without being executed. */
    default boolean call(Place place) {
        return true;
    }

    /**
     * What stands in {@code rpc_result} behind the request's id; none for no answer, several for as many answers. The call
     * has been carried out.
     */
    default List<Bytes> result(Place place, Bytes due) {
        return List.of(due);
    }

    /** How long an answer takes; nobody else waits for it, and the call is acknowledged meanwhile. */
    default Duration delay(Place place) {
        return Duration.ZERO;
    }

    // Rules of the house.

    /** How many seconds a salt holds, if not for half an hour; the one before it is good for as long again. */
    default OptionalInt saltPeriod() {
        return OptionalInt.empty();
    }

    /** Whether a client that has asked to be hung up on after some seconds of silence is taken at its word. */
    default boolean punctual() {
        return false;
    }

    // Encrypted messages.

    /** A message before it is laid out; none, one or several. */
    default List<Message> message(Place place, Message due) {
        return List.of(due);
    }

    /**
     * Header, body and padding, before the message key is made of them: salt at 0, session at 8, id at 16, sequence number
     * at 24, length at 28, body from 32. A multiple of 16 bytes.
     */
    default Bytes plaintext(Place place, Bytes due) {
        return due;
    }

    /** The sealed packet: id of the key at 0, message key at 8, encrypted data from 24. */
    default Bytes sealed(Place place, Bytes due) {
        return due;
    }

    // Everything.

    /** What goes on the wire as packets; none, one or several. Lengths must be multiples of four. */
    default List<Bytes> packets(Place place, Bytes due) {
        return List.of(due);
    }
}
