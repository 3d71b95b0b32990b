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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Two faults at a time, the second on top of the first. */
record BothFaults(Faults first, Faults second) implements Faults {
    @Override
    public boolean incoming(Place place, Bytes packet) {
        return first.incoming(place, packet) && second.incoming(place, packet);
    }

    @Override
    public int judgement(Place place, Message message, int due) {
        return second.judgement(place, message, first.judgement(place, message, due));
    }

    @Override
    public ResPq resPq(Place place, ResPq due) {
        return second.resPq(place, first.resPq(place, due));
    }

    @Override
    public DhOffer dhOffer(Place place, DhOffer due) {
        return second.dhOffer(place, first.dhOffer(place, due));
    }

    @Override
    public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
        return second.dhInnerData(place, first.dhInnerData(place, due));
    }

    @Override
    public Bytes dhHashed(Place place, Bytes due) {
        return second.dhHashed(place, first.dhHashed(place, due));
    }

    @Override
    public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
        return second.dhParams(place, first.dhParams(place, due, client), client);
    }

    @Override
    public Tried dhKey(Place place, Tried due) {
        return second.dhKey(place, first.dhKey(place, due));
    }

    @Override
    public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
        return second.dhVerdict(place, first.dhVerdict(place, due, tried), tried);
    }

    @Override
    public Bytes plainBody(Place place, Bytes due) {
        return second.plainBody(place, first.plainBody(place, due));
    }

    @Override
    public boolean call(Place place) {
        return first.call(place) && second.call(place);
    }

    @Override
    public List<Bytes> result(Place place, Bytes due) {
        return each(first.result(place, due), one -> second.result(place, one));
    }

    @Override
    public Duration delay(Place place) {
        return first.delay(place).plus(second.delay(place));
    }

    @Override
    public OptionalInt saltPeriod() {
        return second.saltPeriod().isPresent() ? second.saltPeriod() : first.saltPeriod();
    }

    @Override
    public boolean punctual() {
        return first.punctual() || second.punctual();
    }

    @Override
    public List<Message> message(Place place, Message due) {
        return each(first.message(place, due), one -> second.message(place, one));
    }

    @Override
    public Bytes plaintext(Place place, Bytes due) {
        return second.plaintext(place, first.plaintext(place, due));
    }

    @Override
    public Bytes sealed(Place place, Bytes due) {
        return second.sealed(place, first.sealed(place, due));
    }

    @Override
    public List<Bytes> packets(Place place, Bytes due) {
        return each(first.packets(place, due), one -> second.packets(place, one));
    }

    private interface Change<T> {
        List<T> of(T one);
    }

    private static <T> List<T> each(List<T> all, Change<T> change) {
        List<T> changed = new ArrayList<>();
        for (T one : all) {
            changed.addAll(change.of(one));
        }
        return changed;
    }
}
