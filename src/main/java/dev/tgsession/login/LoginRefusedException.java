package dev.tgsession.login;

import dev.tgsession.mtproto.rpc.RpcException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * There is no session, and nothing is broken: Telegram said no, or the person did.
 *
 * <p>Neither the sentence nor the hint ever contains a code, a password, a token or an api_hash.
 */
public final class LoginRefusedException extends Exception {
    /** Why there is no session, as far as a program that called us could act on it. */
    public enum Kind {
        /** Any other reason; the sentence says which. */
        FAILED,
        /** api_id and api_hash were not accepted. */
        API_CREDENTIALS,
        /** Wrong answers too often, or Telegram does not know this login (any more). */
        NOT_AUTHORISED,
        /** Telegram wants to be left alone, until {@link LoginRefusedException#until()} if it said so. */
        FLOOD_WAIT,
        /** The number or the account is banned or deleted. */
        BANNED,
        /** The person did not want to go on. */
        GIVEN_UP
    }

    private final Kind kind;
    private final String hint;
    private final Optional<Duration> wait;
    private final Optional<Instant> until;

    /** {@code sentence} says what happened, {@code hint} what to try next; the hint may be empty. */
    LoginRefusedException(Kind kind, String sentence, String hint) {
        this(kind, sentence, hint, Optional.empty(), Optional.empty());
    }

    private LoginRefusedException(
            Kind kind, String sentence, String hint, Optional<Duration> wait, Optional<Instant> until) {
        super(sentence);
        this.kind = kind;
        this.hint = hint;
        this.wait = wait;
        this.until = until;
    }

    /** Telegram wants to be left alone for {@code wait}, which ends at {@code until}. */
    static LoginRefusedException floodWait(Duration wait, Instant until, String sentence, String hint) {
        return new LoginRefusedException(Kind.FLOOD_WAIT, sentence, hint, Optional.of(wait), Optional.of(until));
    }

    /**
     * What an error of Telegram's means to a person, when it ends something that was done with a login.
     *
     * @param clock also tells in which time zone moments are said
     */
    public static LoginRefusedException because(RpcException error, Clock clock) {
        return new Refusals(clock).of(error);
    }

    /** The same, saying more. */
    LoginRefusedException withMore(String more) {
        return more.isEmpty() ? this : new LoginRefusedException(kind, sentence() + more, hint, wait, until);
    }

    public Kind kind() {
        return kind;
    }

    /** What happened, in one or two whole sentences; the same as {@link #getMessage()}. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** What the person can do about it. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    /** How long Telegram wants to be left alone, if it said so. */
    public Optional<Duration> floodWait() {
        return wait;
    }

    /** When {@link #floodWait()} ends, by this machine's clock. */
    public Optional<Instant> until() {
        return until;
    }
}
