package dev.tgsession.hostile;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One thing that the server does wrong. Tells when it does, so that what the client sends afterwards can be counted. */
class Trap implements Faults {
    private static final Runnable NOBODY = () -> {};

    private volatile Runnable onSpring = NOBODY;

    /** {@code listener} is called before the first wrong byte leaves the server. */
    void tells(Runnable listener) {
        onSpring = listener;
    }

    /** The trap springs: returns what is sent. */
    <T> T sprung(T wrong) {
        Runnable listener = onSpring;
        onSpring = NOBODY;
        listener.run();
        return wrong;
    }

    /** In the answer to {@code req_pq_multi}. */
    static Trap resPq(UnaryOperator<ResPq> change) {
        return new Trap() {
            @Override
            public ResPq resPq(Place place, ResPq due) {
                return sprung(change.apply(due));
            }
        };
    }

    /** In the group the server works in. */
    static Trap offer(UnaryOperator<DhOffer> change) {
        return new Trap() {
            @Override
            public DhOffer dhOffer(Place place, DhOffer due) {
                return sprung(change.apply(due));
            }
        };
    }

    /** In the server's half, before it is hashed. */
    static Trap inner(UnaryOperator<ServerDhInnerData> change) {
        return new Trap() {
            @Override
            public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
                return sprung(change.apply(due));
            }
        };
    }

    /** In hash, object and padding of the server's half, before they are encrypted. */
    static Trap hashed(UnaryOperator<Bytes> change) {
        return new Trap() {
            @Override
            public Bytes dhHashed(Place place, Bytes due) {
                return sprung(change.apply(due));
            }
        };
    }

    /** In the answer to {@code req_DH_params}. */
    static Trap params(BiFunction<ServerDhParamsOk, Trusted, ServerDhParams> change) {
        return new Trap() {
            @Override
            public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
                return sprung(change.apply((ServerDhParamsOk) due, client));
            }
        };
    }

    /** In the answer to {@code set_client_DH_params}. */
    static Trap verdict(Function<Tried, SetClientDhParamsAnswer> change) {
        return new Trap() {
            @Override
            public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
                return sprung(change.apply(tried));
            }
        };
    }

    /** In the TL object that answers a step of the key exchange. */
    static Trap plainBody(String about, UnaryOperator<Bytes> change) {
        return new Trap() {
            @Override
            public Bytes plainBody(Place place, Bytes due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : due;
            }
        };
    }

    /** In the result of a call: none, one or several. */
    static Trap results(String about, Function<Bytes, List<Bytes>> change) {
        return new Trap() {
            @Override
            public List<Bytes> result(Place place, Bytes due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : List.of(due);
            }
        };
    }

    static Trap result(String about, UnaryOperator<Bytes> change) {
        return results(about, due -> List.of(change.apply(due)));
    }

    /** In a message before it is laid out. */
    static Trap messages(String about, Function<Message, List<Message>> change) {
        return new Trap() {
            @Override
            public List<Message> message(Place place, Message due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : List.of(due);
            }
        };
    }

    /** In header, body and padding of a message, before it is sealed. */
    static Trap plaintext(String about, UnaryOperator<Bytes> change) {
        return new Trap() {
            @Override
            public Bytes plaintext(Place place, Bytes due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : due;
            }
        };
    }

    /** In a sealed packet. */
    static Trap sealed(String about, UnaryOperator<Bytes> change) {
        return new Trap() {
            @Override
            public Bytes sealed(Place place, Bytes due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : due;
            }
        };
    }

    /** In the packets that leave, sealed or plain. */
    static Trap packets(String about, Function<Bytes, List<Bytes>> change) {
        return new Trap() {
            @Override
            public List<Bytes> packets(Place place, Bytes due) {
                return place.about().equals(about) ? sprung(change.apply(due)) : List.of(due);
            }
        };
    }
}
