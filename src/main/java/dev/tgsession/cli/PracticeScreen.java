package dev.tgsession.cli;

import dev.tgsession.practice.PhoneMessage;
import dev.tgsession.practice.PracticeConsole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Shows what arrives on the practice phone: in a frame for a person, in one line for a log. */
final class PracticeScreen implements PracticeConsole {
    private static final int WIDTH = 60;

    private final Consumer<String> lines;
    private final boolean framed;
    private final boolean reasons;

    /** Only what arrives: whoever logs in hears the rest from the client. */
    PracticeScreen(Consumer<String> lines, boolean framed) {
        this(lines, framed, false);
    }

    private PracticeScreen(Consumer<String> lines, boolean framed, boolean reasons) {
        this.lines = lines;
        this.framed = framed;
        this.reasons = reasons;
    }

    /** Also why the servers refuse something, for whoever writes a client. */
    static PracticeScreen withReasons(Consumer<String> lines, boolean framed) {
        return new PracticeScreen(lines, framed, true);
    }

    @Override
    public synchronized void arrived(PhoneMessage message) {
        String title = "practice phone +" + message.phone() + ", " + words(message.way());
        if (!framed) {
            lines.accept("[" + title + "] " + message.text());
            return;
        }
        lines.accept("┌─ " + title + " " + "─".repeat(Math.max(0, WIDTH - title.length() - 1)) + "┐");
        for (String line : wrapped(message.text())) {
            lines.accept("│ " + line + " ".repeat(Math.max(0, WIDTH - line.length())) + " │");
        }
        lines.accept("└" + "─".repeat(WIDTH + 2) + "┘");
    }

    @Override
    public synchronized void refused(int dc, String reason) {
        if (reasons) {
            lines.accept("data center " + dc + " refuses: " + reason);
        }
    }

    @Override
    public synchronized void note(int dc, String what) {
        if (reasons) {
            lines.accept("data center " + dc + ": " + what);
        }
    }

    private static String words(PhoneMessage.Way way) {
        return switch (way) {
            case APP -> "in the app";
            case SMS -> "by SMS";
            case CALL -> "by a call";
            case FLASH_CALL, MISSED_CALL -> "a missed call";
            case FRAGMENT -> "on fragment.com";
            case EMAIL -> "in its mailbox";
        };
    }

    private static List<String> wrapped(String text) {
        List<String> all = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                all.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        all.add(line.toString());
        return all;
    }
}
