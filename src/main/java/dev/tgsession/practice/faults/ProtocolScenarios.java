package dev.tgsession.practice.faults;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.schema.MtprotoSchema.MsgDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UpdatesSchema.UpdateConfig;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a server is free to do, or what happens to lines and servers, and what clients get wrong about it.
 *
 * <p>Each is for one key: what is done "once" is done once for everybody who comes.
 */
final class ProtocolScenarios {
    private static final int RPC_RESULT = 0xf35c6d01;
    private static final int RPC_ERROR = 0x2144ca19;
    private static final int PONG = 0x347773c5;

    /** {@code auth.authorization} in all layers. */
    private static final Set<Integer> AUTHORIZATIONS = Set.of(0xcd050916, 0x33fb7bb8, 0x2ea2c0d4);

    private static final int LOGIN_TOKEN_SUCCESS = 0x390d5c5e;

    /** No constructor that Telegram has ever had. */
    private static final Bytes UNKNOWN = Bytes.ofInt(0x7fffff19);

    private static final int USER_AT = 8;
    private static final int ACK = 0x62d6b459;
    private static final Duration LATE = Duration.ofSeconds(4);
    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final int ROTATION_SECONDS = 5;
    private static final int MANY_UPDATES = 1_000;
    private static final int WRONG_SALT = 48;
    private static final int WRONG_DC = -444;
    private static final int TOO_FAST = -429;

    /** The calls that bring a login forward. */
    private static final Set<String> STEPS = Set.of(
            "auth.sendCode",
            "auth.signIn",
            "auth.signUp",
            "auth.checkPassword",
            "auth.importBotAuthorization",
            "auth.exportLoginToken",
            "auth.importLoginToken");

    private ProtocolScenarios() {}

    static NamedFaults salts(int times) {
        return new NamedFaults(
                "salt-" + times,
                "refuses the first " + times + " salts, with a new one each time",
                () -> new SaltRefused(times));
    }

    /** In the order of their numbers: what stands at place n is for numbers that end in 0600 + n. */
    static List<NamedFaults> all() {
        return List.of(
                salts(3),
                salts(20),
                of("salt-rotate", "takes another salt every 5 s; the old one is good for 5 s more", SaltRotates::new),
                of("seqno-strict", "refuses wrong sequence numbers with 32 to 35", SequenceRules::new),
                onMessages(
                        "container", "answers stand in a container, beside other things", ProtocolScenarios::inCompany),
                onMessages("container-deep", "answers stand in a container in a container", (place, due) -> {
                    Message inner = box(place, due, List.of(Packing.contained(due)));
                    return List.of(box(place, due, List.of(Packing.contained(inner))));
                }),
                onMessages("container-1020", "a container of 1020 pongs follows each answer", (place, due) -> {
                    return List.of(due, pongs(place, due, 1020));
                }),
                onMessages(
                        "container-2000", "a container of 2000 pongs, too many, follows each answer", (place, due) -> {
                            return List.of(due, pongs(place, due, 2000));
                        }),
                onResults("gzip-result", "results are compressed", due -> List.of(Packing.gzipped(due))),
                onMessages("gzip-message", "messages with results are compressed as a whole", (place, due) -> {
                    return List.of(withBody(due, Packing.gzipped(due.body())));
                }),
                onResults("gzip-bomb", "results of login calls become 960 MiB of zeros when inflated", due -> {
                    return List.of(Packing.bomb());
                }),
                of("detailed-info", "answers are announced, and come when they are asked for", Announced::new),
                of("ack-only", "the first step of a login is acknowledged at once and answered after 20 s", Slow::new),
                of("silent", "from the first step of a login on, nothing comes but pongs", Silent::new),
                of(
                        "cut-before",
                        "hangs up on the first auth.sendCode or auth.signIn, before it is carried out",
                        CutBefore::new),
                of(
                        "cut-after",
                        "hangs up on the first auth.sendCode or auth.signIn, when it has been carried out",
                        CutAfter::new),
                onMessages("dup-answer", "answers come twice, with the same msg_id", (place, due) -> List.of(due, due)),
                onResults("dup-answer-new-id", "answers come twice, with two msg_ids", due -> List.of(due, due)),
                onMessages(
                        "update-flood", "1000 unknown updates follow each answer", (place, due) -> updates(place, due)),
                onResults("unknown-ctor", "results of login calls are of a type that does not exist", due -> {
                    return List.of(UNKNOWN.plus(Bytes.ofLong(0)));
                }),
                onResults(
                        "layer-future", "the user in results is of a layer to come", ProtocolScenarios::withFutureUser),
                of("key-lost", "does not know the key any more once somebody is logged in: -404", KeyLost::new),
                of("wrong-dc", "answers the steps of a login with transport error -444", WrongDc::new),
                of("flood-transport", "answers the first two steps of a login with transport error -429", TooFast::new),
                of("close-on-ping-delay", "hangs up to the second as ping_delay_disconnect wishes", Punctual::new),
                of("new-session", "forgets the session at the first step of a login, and says so", NewSession::new),
                of("late", "each step of a login is acknowledged at once and answered after 4 s", Late::new),
                of(
                        "late-unacked",
                        "each step of a login is answered after 4 s, and not acknowledged",
                        LateUnacked::new));
    }

    private static NamedFaults of(String name, String story, Supplier<Faults> maker) {
        return new NamedFaults(name, story, maker);
    }

    /** In messages that answer a step of a login. */
    private static NamedFaults onMessages(
            String name, String story, BiFunction<Faults.Place, Message, List<Message>> change) {
        return new NamedFaults(name, story, () -> new Faults() {
            @Override
            public List<Message> message(Place place, Message due) {
                return isStep(place) && isResult(due) ? change.apply(place, due) : List.of(due);
            }
        });
    }

    /** In results of the steps of a login, errors left alone. */
    private static NamedFaults onResults(String name, String story, Function<Bytes, List<Bytes>> change) {
        return new NamedFaults(name, story, () -> new Faults() {
            @Override
            public List<Bytes> result(Place place, Bytes due) {
                return isStep(place) && due.intAt(0) != RPC_ERROR ? change.apply(due) : List.of(due);
            }
        });
    }

    private static boolean isStep(Faults.Place place) {
        return STEPS.contains(place.about());
    }

    private static boolean isResult(Message message) {
        return message.body().intAt(0) == RPC_RESULT;
    }

    // Containers and company.

    // What is numbered later stands behind: clients forget numbers, and take what is lower than all they know for old.

    private static List<Message> inCompany(Faults.Place place, Message due) {
        UpdateShort update = new UpdateShort(new UpdateConfig(), (int) (due.id() >>> 32));
        // The answer was numbered first and stands in the middle: nobody may rely on an order.
        return List.of(box(
                place,
                due,
                List.of(
                        new ContainedMessage(place.freshId(), 1, Schema.codec().write(update)),
                        Packing.contained(due),
                        new ContainedMessage(
                                place.freshId(),
                                0,
                                Schema.codec()
                                        .write(new MsgsAck(List.of(due.body().longAt(4))))),
                        pong(place))));
    }

    private static Message box(Faults.Place place, Message around, List<ContainedMessage> inner) {
        return Packing.container(around, place.freshId(), inner);
    }

    private static Message pongs(Faults.Place place, Message due, int count) {
        List<ContainedMessage> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(pong(place));
        }
        return box(place, due, all);
    }

    /** Answers a ping that nobody has sent. */
    private static ContainedMessage pong(Faults.Place place) {
        long id = place.freshId();
        return new ContainedMessage(id, 0, Schema.codec().write(new Pong(id & ~3L, id)));
    }

    private static List<Message> updates(Faults.Place place, Message due) {
        Bytes update = Schema.codec().write(new UpdateShort(new UpdateConfig(), 0));
        Bytes unknown = Bytes.join(update.first(4), UNKNOWN, update.from(8));
        List<Message> all = new ArrayList<>(List.of(due));
        for (int i = 0; i < MANY_UPDATES; i++) {
            all.add(new Message(due.salt(), due.sessionId(), place.freshId(), due.sequenceNumber(), unknown));
        }
        return all;
    }

    private static Message withBody(Message due, Bytes body) {
        return new Message(due.salt(), due.sessionId(), due.id(), due.sequenceNumber(), body);
    }

    /** An {@code auth.authorization} begins with its id and its flags, and then there is the user. */
    private static List<Bytes> withFutureUser(Bytes due) {
        int at = due.intAt(0) == LOGIN_TOKEN_SUCCESS ? USER_AT + 4 : USER_AT;
        boolean user = isLoggedIn(due) && due.size() > at + 4;
        return List.of(user ? Bytes.join(due.first(at), UNKNOWN, due.from(at + 4)) : due);
    }

    /** Whether a step of a login was the last one; the places where it is not begin with ids of their own. */
    private static boolean isLoggedIn(Bytes result) {
        int id = result.intAt(0);
        return id == LOGIN_TOKEN_SUCCESS || AUTHORIZATIONS.contains(id);
    }

    // Salts.

    private record SaltRefused(int times, AtomicInteger refused) implements Faults {
        SaltRefused(int times) {
            this(times, new AtomicInteger());
        }

        @Override
        public int judgement(Place place, Message message, int due) {
            if (due != 0 || refused.getAndIncrement() >= times) {
                return due;
            }
            place.newSalt();
            return WRONG_SALT;
        }
    }

    private static final class SaltRotates implements Faults {
        @Override
        public OptionalInt saltPeriod() {
            return OptionalInt.of(ROTATION_SECONDS);
        }
    }

    // Answers that do not come, or late.

    private static final class Announced implements Faults {
        private final Set<Long> announced = new HashSet<>();

        @Override
        public synchronized List<Message> message(Place place, Message due) {
            if (!isStep(place) || !isResult(due) || !announced.add(due.id())) {
                return List.of(due);
            }
            var news = new MsgDetailedInfo(
                    due.body().longAt(4), due.id(), due.body().size(), 0);
            return List.of(new Message(
                    due.salt(),
                    due.sessionId(),
                    place.freshId(),
                    due.sequenceNumber() & ~1,
                    Schema.codec().write(news)));
        }
    }

    private static final class Slow implements Faults {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public Duration delay(Place place) {
            return isStep(place) && !done.getAndSet(true) ? SLOW : Duration.ZERO;
        }
    }

    private static class Late implements Faults {
        @Override
        public Duration delay(Place place) {
            return isStep(place) ? LATE : Duration.ZERO;
        }
    }

    private static final class LateUnacked extends Late {
        @Override
        public List<Message> message(Place place, Message due) {
            return due.body().intAt(0) == ACK ? List.of() : List.of(due);
        }
    }

    private static final class Silent implements Faults {
        private volatile boolean silent;

        @Override
        public boolean call(Place place) {
            silent |= isStep(place);
            return !silent;
        }

        @Override
        public List<Message> message(Place place, Message due) {
            return silent && due.body().intAt(0) != PONG ? List.of() : List.of(due);
        }
    }

    // Lines that break.

    private static boolean isCut(Faults.Place place) {
        return place.about().equals("auth.sendCode") || place.about().equals("auth.signIn");
    }

    private static final class CutBefore implements Faults {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public boolean call(Place place) {
            if (!isCut(place) || done.getAndSet(true)) {
                return true;
            }
            place.cut();
            return false;
        }
    }

    private static final class CutAfter implements Faults {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public List<Bytes> result(Place place, Bytes due) {
            if (isCut(place) && !done.getAndSet(true)) {
                place.cut();
            }
            return List.of(due);
        }
    }

    // Keys, data centres, sessions.

    private static final class KeyLost implements Faults {
        @Override
        public List<Bytes> result(Place place, Bytes due) {
            if (isStep(place) && isLoggedIn(due)) {
                place.forgetKey();
            }
            return List.of(due);
        }
    }

    private static final class WrongDc implements Faults {
        @Override
        public List<Bytes> packets(Place place, Bytes due) {
            return List.of(isStep(place) ? Bytes.ofInt(WRONG_DC) : due);
        }
    }

    private static final class TooFast implements Faults {
        private final AtomicInteger left = new AtomicInteger(2);

        @Override
        public List<Bytes> packets(Place place, Bytes due) {
            return List.of(isStep(place) && left.getAndDecrement() > 0 ? Bytes.ofInt(TOO_FAST) : due);
        }
    }

    private static final class Punctual implements Faults {
        @Override
        public boolean punctual() {
            return true;
        }
    }

    private static final class NewSession implements Faults {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public boolean call(Place place) {
            if (!isStep(place) || done.getAndSet(true)) {
                return true;
            }
            place.renewSession();
            return false;
        }
    }
}
