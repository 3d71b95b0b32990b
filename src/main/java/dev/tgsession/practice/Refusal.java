package dev.tgsession.practice;

import java.util.Optional;

/** A call is refused: what becomes an {@code rpc_error}, and why in words for the practice console. */
final class Refusal extends Exception {
    private final int code;
    private final Optional<String> why;

    /** A refusal that its text explains well enough. */
    Refusal(int code, String text) {
        this(code, text, Optional.empty());
    }

    /** A refusal that an implementer would like to have explained. */
    Refusal(int code, String text, String why) {
        this(code, text, Optional.of(why));
    }

    private Refusal(int code, String text, Optional<String> why) {
        super(text, null, false, false);
        this.code = code;
        this.why = why;
    }

    /** A refusal as Telegram writes most of them. */
    static Refusal badRequest(String text) {
        return new Refusal(400, text);
    }

    static Refusal notLoggedIn() {
        return new Refusal(401, "AUTH_KEY_UNREGISTERED");
    }

    /** The account lives elsewhere. */
    static Refusal migrate(String kind, int dc) {
        return new Refusal(303, kind + "_MIGRATE_" + dc);
    }

    /** 303, 400, 401, 403, 404, 406, 420, 500, or a negative code. */
    int code() {
        return code;
    }

    /** Such as {@code PHONE_CODE_INVALID}. */
    String text() {
        return String.valueOf(getMessage());
    }

    Optional<String> why() {
        return why;
    }
}
