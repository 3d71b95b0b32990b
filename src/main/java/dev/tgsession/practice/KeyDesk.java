package dev.tgsession.practice;

import dev.tgsession.crypto.BindingMessage;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.MtprotoSchema.BindAuthKeyInner;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.TransferSchema.BindTempAuthKey;
import dev.tgsession.schema.TransferSchema.DropTempAuthKeys;
import dev.tgsession.tl.MalformedTlException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Binds temporary keys to permanent ones.
 *
 * <p>Source: <a href="https://core.telegram.org/method/auth.bindTempAuthKey">auth.bindTempAuthKey</a>.
 */
final class KeyDesk {
    private final AuthKeys keys;
    private final PracticeSessions sessions;
    private final InstantSource clock;

    KeyDesk(AuthKeys keys, PracticeSessions sessions, InstantSource clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    void open(Reception reception) {
        reception.serve(BindTempAuthKey.class, Audience.UNBOUND_TOO, this::bind);
        reception.serve(DropTempAuthKeys.class, Audience.ANYBODY, this::drop);
    }

    private Boolean bind(BindTempAuthKey call, Caller caller) throws Refusal {
        if (!caller.key().isTemporary()) {
            throw new Refusal(400, "TEMP_AUTH_KEY_EMPTY", "the call has to come over the temporary key itself");
        }
        if (!Instant.ofEpochSecond(call.expiresAt()).isAfter(clock.instant())) {
            throw Refusal.badRequest("EXPIRES_AT_INVALID");
        }
        Optional<KnownKey> permanent = keys.find(call.permAuthKeyId()).filter(key -> !key.isTemporary());
        if (permanent.isEmpty()) {
            throw invalid("perm_auth_key_id is not a permanent key of this server");
        }
        BindingMessage message = BindingMessage.open(permanent.get().key(), call.encryptedMessage())
                .orElseThrow(() ->
                        invalid("encrypted_message is not sealed with the permanent key in the way of MTProto 1.0"));
        check(message, call, caller);
        caller.key().bindTo(permanent.get());
        return true;
    }

    private static void check(BindingMessage message, BindTempAuthKey call, Caller caller) throws Refusal {
        require(
                message.messageId() == caller.messageId(),
                "its msg_id is not that of the message that carries the call");
        BindAuthKeyInner inner;
        try {
            inner = (BindAuthKeyInner) Schema.codec().read(message.inner());
        } catch (MalformedTlException | ClassCastException e) {
            throw invalid("it does not hold a bind_auth_key_inner");
        }
        require(inner.nonce() == call.nonce(), "nonce differs from the one in the call");
        require(inner.tempAuthKeyId() == caller.key().id(), "temp_auth_key_id is not the key the call came over");
        require(inner.permAuthKeyId() == call.permAuthKeyId(), "perm_auth_key_id differs from the one in the call");
        require(inner.tempSessionId() == caller.sessionId(), "temp_session_id is not the session the call came in");
        require(inner.expiresAt() == call.expiresAt(), "expires_at differs from the one in the call");
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw invalid(otherwise);
        }
    }

    private static Refusal invalid(String why) {
        return new Refusal(400, "ENCRYPTED_MESSAGE_INVALID", why);
    }

    private Boolean drop(DropTempAuthKeys call, Caller caller) {
        for (KnownKey key : keys.all()) {
            boolean ours = key.isTemporary()
                    && key.owner().filter(caller.owner()::equals).isPresent();
            if (ours && key != caller.key() && !call.exceptAuthKeys().contains(key.id())) {
                keys.remove(key.id());
                sessions.removeAll(key);
            }
        }
        return true;
    }
}
