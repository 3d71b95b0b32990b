package dev.tgsession.mtproto.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Telegram's answer to a call was an error, taken apart: {@code 420 FLOOD_WAIT_30} is code 420, type {@code FLOOD_WAIT},
 * argument 30.
 *
 * <p>Source: <a href="https://core.telegram.org/api/errors">core.telegram.org/api/errors</a>.
 */
public final class RpcException extends Exception {
    private static final int LONGEST_TEXT = 120;
    private static final int LONGEST_NOTICE = 600;

    private final int code;
    private final String type;
    private final OptionalLong argument;
    private final Optional<String> notice;

    /** An error that came without a text for the person. */
    public RpcException(int code, String text) {
        this(code, text, Optional.empty());
    }

    /**
     * An error as it came. Only printable characters of the text are kept, and no more than 120 of them: it ends up on
     * somebody's screen.
     *
     * @param notice what Telegram wants the person to read about it
     */
    public RpcException(int code, String text, Optional<String> notice) {
        super(code + " " + printable(text));
        this.notice = notice.map(RpcException::readable);
        String clean = printable(text);
        this.code = code;
        int digits = clean.length();
        while (digits > 0 && isDigit(clean.charAt(digits - 1))) {
            digits--;
        }
        boolean numbered = digits > 1
                && digits < clean.length()
                && clean.length() - digits <= 18
                && clean.charAt(digits - 1) == '_';
        this.type = numbered ? clean.substring(0, digits - 1) : clean;
        this.argument = numbered ? OptionalLong.of(Long.parseLong(clean.substring(digits))) : OptionalLong.empty();
    }

    /** Like an HTTP status: 303 go elsewhere, 400 bad request, 401 not logged in, 420 wait, 500 server trouble. */
    public int code() {
        return code;
    }

    /** The name without its number, such as {@code PHONE_MIGRATE}. */
    public String type() {
        return type;
    }

    /** The number at the end, if there is one. */
    public OptionalLong argument() {
        return argument;
    }

    /** What Telegram wants the person to read about it: one line, control characters taken out. */
    public Optional<String> notice() {
        return notice;
    }

    public boolean is(String wanted) {
        return type.equals(wanted);
    }

    /** How long to keep quiet, if that is what this error asks for; never more than 68 years, what 32 bits hold. */
    public Optional<Duration> floodWait() {
        boolean wait = is("FLOOD_WAIT") || is("FLOOD_PREMIUM_WAIT") || is("FLOOD_TEST_PHONE_WAIT");
        return wait && argument.isPresent()
                ? Optional.of(Duration.ofSeconds(Math.min(argument.getAsLong(), Integer.MAX_VALUE)))
                : Optional.empty();
    }

    /** The number of the data centre to go to, if that is what this error asks for. */
    public Optional<Integer> migrateTo() {
        boolean migrate = code == 303 && type.endsWith("_MIGRATE");
        return migrate && argument.isPresent() && argument.getAsLong() <= Integer.MAX_VALUE
                ? Optional.of((int) argument.getAsLong())
                : Optional.empty();
    }

    /** Telegram is in trouble itself, so the same call may work a little later. */
    public boolean isServerTrouble() {
        return code >= 500 || code < 0;
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && clean.length() < LONGEST_TEXT; i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f;
            clean.append(plain ? c : '?');
        }
        return clean.toString();
    }

    private static String readable(String notice) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < notice.length() && clean.length() < LONGEST_NOTICE; i++) {
            char c = notice.charAt(i);
            int kind = Character.getType(c);
            boolean hidden = kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.LINE_SEPARATOR;
            clean.append(hidden ? ' ' : c);
        }
        return clean.toString().strip();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
