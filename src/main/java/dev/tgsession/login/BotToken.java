package dev.tgsession.login;

import java.util.Optional;

/**
 * The secret with which a bot logs in, as BotFather hands it out: {@code 123456789:AAE…}.
 *
 * @param text digits, a colon and some 35 letters, digits, {@code _} or {@code -}; it does not print
 */
public record BotToken(String text) {
    /** Telegram's tokens have 35 characters behind the colon. Some slack, should that ever change. */
    private static final int SHORTEST_SECRET = 20;

    private static final int LONGEST = 128;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the text has not the shape of a bot token; the message does not contain it
     */
    public BotToken {
        if (!hasShape(text)) {
            throw new IllegalArgumentException("this has not the shape of a bot token");
        }
    }

    /** Reads a token as a person types it; empty if it has not the shape of one. */
    public static Optional<BotToken> of(String typed) {
        String text = typed.strip();
        return hasShape(text) ? Optional.of(new BotToken(text)) : Optional.empty();
    }

    /** Whether somebody who typed this meant a token and not a phone number: numbers have no colon. */
    static boolean isMeant(String typed) {
        return typed.indexOf(':') >= 0;
    }

    /** The public half, in front of the colon: the bot's user id. */
    public String botId() {
        return text.substring(0, text.indexOf(':'));
    }

    private static boolean hasShape(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.length() > LONGEST || text.length() - colon - 1 < SHORTEST_SECRET) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-';
            if (i != colon && !digit && (i < colon || !letter)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "BotToken[" + botId() + ":hidden]";
    }
}
