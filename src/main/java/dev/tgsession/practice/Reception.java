package dev.tgsession.practice;

import dev.tgsession.practice.KnownKey.Login;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.tl.UnknownMethod;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Knows which desk answers which call, and whom to turn away before that. */
final class Reception {
    private final InstantSource clock;
    private final PracticeSessions sessions;
    private final Map<Class<?>, Entry<?>> entries = new HashMap<>();

    /**
     * What a desk does about one method.
     *
     * @param <M> the method
     */
    interface Handler<M> {
        /** The answer: a record, a {@code Boolean}, or a list of records. */
        Object answer(M method, Caller caller) throws Refusal;
    }

    /** For whom a method is there. */
    enum Audience {
        /** Everybody with a key. */
        ANYBODY,
        /** Everybody, even over a temporary key that speaks for nobody yet. */
        UNBOUND_TOO,
        /** Who is logged in. */
        MEMBERS
    }

    private record Entry<M>(Class<M> method, Audience audience, Handler<M> handler) {
        Object answer(Object call, Caller caller) throws Refusal {
            return handler.answer(method.cast(call), caller);
        }
    }

    Reception(InstantSource clock, PracticeSessions sessions) {
        this.clock = clock;
        this.sessions = sessions;
    }

    /** A desk offers to answer a method. */
    <M extends TlMethod<?>> void serve(Class<M> method, Audience audience, Handler<M> handler) {
        if (entries.put(method, new Entry<>(method, audience, handler)) != null) {
            throw new IllegalStateException("two desks answer " + method.getSimpleName());
        }
    }

    /**
     * Answers a call, or refuses it.
     *
     * @throws Refusal also if no desk answers it
     */
    Object answer(Call call, KnownKey key, long sessionId, long messageId, Link link) throws Refusal {
        Optional<Entry<?>> entry = Optional.ofNullable(entries.get(call.method().getClass()));
        Audience audience = entry.<Audience>map(Entry::audience).orElse(Audience.MEMBERS);
        boolean binds = call.name().equals("auth.bindTempAuthKey");
        if (key.layer() == KnownKey.NO_LAYER && !binds) {
            throw new Refusal(
                    400,
                    "CONNECTION_NOT_INITED",
                    call.name()
                            + " is the first call of this key and not wrapped in invokeWithLayer(initConnection(...))");
        }
        Optional<KnownKey> owner = key.owner();
        if (owner.isEmpty() && audience != Audience.UNBOUND_TOO) {
            throw new Refusal(
                    401,
                    "AUTH_KEY_PERM_EMPTY",
                    call.name() + " came over a temporary key that is not bound to a permanent one");
        }
        Caller caller = new Caller(key, owner.orElse(key), sessionId, messageId, link);
        if (audience == Audience.MEMBERS && !isForAll(call)) {
            checkFate(caller, caller.login());
        }
        if (entry.isEmpty()) {
            throw new Refusal(
                    400, "INPUT_METHOD_INVALID", call.name() + " is not something the practice server answers");
        }
        return entry.get().answer(call.method(), caller);
    }

    /** Unknown methods are refused as such to members; others only learn that they are none. */
    private static boolean isForAll(Call call) {
        return call.method() instanceof UnknownMethod
                && (call.name().startsWith("help.") || call.name().startsWith("langpack."));
    }

    private void checkFate(Caller caller, Login login) throws Refusal {
        Optional<Fate> fate = login.account().scenario().fate();
        if (fate.isEmpty() || login.since().plus(fate.get().after()).isAfter(clock.instant())) {
            return;
        }
        if (!fate.get().onlyWhenTwice() || isConnectedTwice(caller)) {
            Refusal end = fate.get().refusal();
            caller.owner().logOut(end);
            throw end;
        }
    }

    private boolean isConnectedTwice(Caller caller) {
        return sessions.of(caller.owner()).stream()
                        .flatMap(session -> session.link().stream())
                        .filter(Link::isOpen)
                        .distinct()
                        .count()
                > 1;
    }
}
