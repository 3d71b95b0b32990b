package dev.tgsession.login;

/**
 * An answer in letters. It may be a code or a bot token, so it does not print.
 *
 * @param text exactly as typed; the login trims what may be trimmed
 */
public record Typed(String text) implements Answer {
    @Override
    public String toString() {
        return "Typed[hidden]";
    }
}
