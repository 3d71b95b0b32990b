package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When did the server do wrong, and what did the client still send after that?
 *
 * <p>Passes every hook on to the faults, and sees a fault where something else leaves than was due. The console is told
 * once for each connection when that happens first, and once more when the connection is over: a client that has noticed
 * sent nothing more.
 */
final class FaultWatch implements Faults {
    private static final int MOST_NAMES = 12;

    private final Faults faults;
    private final PracticeConsole console;
    /** By the number of the connection. */
    private final Map<Integer, Afterwards> connections = new ConcurrentHashMap<>();

    FaultWatch(Faults faults, PracticeConsole console) {
        this.faults = faults;
        this.console = console;
    }

    /** What came on a connection since the server did wrong there. */
    private static final class Afterwards {
        private int packets;
        private final Map<String, Integer> names = new LinkedHashMap<>();

        synchronized void packet() {
            packets++;
        }

        synchronized void heard(String name) {
            if (names.size() < MOST_NAMES || names.containsKey(name)) {
                names.merge(name, 1, Integer::sum);
            }
        }

        @Override
        public synchronized String toString() {
            if (packets == 0) {
                return "nothing came";
            }
            String what = names.isEmpty() ? "" : ": " + String.join(", ", names.keySet());
            return packets + (packets == 1 ? " packet came" : " packets came") + what;
        }
    }

    /** A request was understood. */
    void heard(Link link, String name) {
        Optional.ofNullable(connections.get(link.number())).ifPresent(after -> after.heard(name));
    }

    /** A connection is over. */
    void ended(Link link) {
        Optional.ofNullable(connections.remove(link.number()))
                .ifPresent(after ->
                        console.note(link.dc(), "connection " + link.number() + " is over; after the fault " + after));
    }

    private <T> T seen(Place place, T due, T done) {
        if (!done.equals(due)) {
            did(place);
        }
        return done;
    }

    private void did(Place place) {
        if (connections.putIfAbsent(place.connection(), new Afterwards()) == null) {
            String what = place.about().isEmpty() ? "what nobody asked for" : "the answer to " + place.about();
            console.note(place.dc(), "the fault is done, on connection " + place.connection() + ", in " + what);
        }
    }

    @Override
    public boolean incoming(Place place, Bytes packet) {
        Optional.ofNullable(connections.get(place.connection())).ifPresent(Afterwards::packet);
        return seen(place, true, faults.incoming(place, packet));
    }

    @Override
    public int judgement(Place place, Message message, int due) {
        return seen(place, due, faults.judgement(place, message, due));
    }

    @Override
    public ResPq resPq(Place place, ResPq due) {
        return seen(place, due, faults.resPq(place, due));
    }

    @Override
    public DhOffer dhOffer(Place place, DhOffer due) {
        return seen(place, due, faults.dhOffer(place, due));
    }

    @Override
    public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
        return seen(place, due, faults.dhInnerData(place, due));
    }

    @Override
    public Bytes dhHashed(Place place, Bytes due) {
        return seen(place, due, faults.dhHashed(place, due));
    }

    @Override
    public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
        return seen(place, due, faults.dhParams(place, due, client));
    }

    @Override
    public Tried dhKey(Place place, Tried due) {
        return seen(place, due, faults.dhKey(place, due));
    }

    @Override
    public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
        return seen(place, due, faults.dhVerdict(place, due, tried));
    }

    @Override
    public Bytes plainBody(Place place, Bytes due) {
        return seen(place, due, faults.plainBody(place, due));
    }

    @Override
    public boolean call(Place place) {
        return seen(place, true, faults.call(place));
    }

    @Override
    public List<Bytes> result(Place place, Bytes due) {
        return seen(place, List.of(due), faults.result(place, due));
    }

    @Override
    public Duration delay(Place place) {
        return seen(place, Duration.ZERO, faults.delay(place));
    }

    @Override
    public OptionalInt saltPeriod() {
        return faults.saltPeriod();
    }

    @Override
    public boolean punctual() {
        return faults.punctual();
    }

    @Override
    public List<Message> message(Place place, Message due) {
        return seen(place, List.of(due), faults.message(place, due));
    }

    @Override
    public Bytes plaintext(Place place, Bytes due) {
        return seen(place, due, faults.plaintext(place, due));
    }

    @Override
    public Bytes sealed(Place place, Bytes due) {
        return seen(place, due, faults.sealed(place, due));
    }

    @Override
    public List<Bytes> packets(Place place, Bytes due) {
        return seen(place, List.of(due), faults.packets(place, due));
    }
}
