package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Says on a terminal how far a long work is, in one line that is gone when the work is done.
 *
 * <pre>
 *    43 % of 1000000 rows, 512000 a second, 2 s left
 * </pre>
 *
 * <p>Made of spaces and carriage returns only, without codes. Where standard error is no terminal, or one that cannot go
 * back in a line, nothing is said.
 */
final class ProgressLine implements RowProgress, AutoCloseable {
    /** Below these it is over before anybody has read how far it is. */
    private static final long WORTH_WATCHING = 50_000;

    /** The same of whole files. */
    private static final long FILES_WORTH_WATCHING = 100;

    private static final long LARGE = 2 << 20;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final PrintStream terminal;
    private final InstantSource clock;
    private final BooleanSupplier seen;
    private final Endings endings;
    private Optional<Endings.Duty> wiping = Optional.empty();
    private final String unit;
    private final long worth;
    private Instant began = Instant.EPOCH;
    private Instant drawn = Instant.EPOCH;
    private int width;
    private boolean closed;

    /** A line on standard error; nothing shows yet. */
    ProgressLine(Given given) {
        this(
                given.error(),
                given.clock(),
                // Asked late, for finding out about a terminal takes its time.
                () -> goesBack(given.environment(), given.windows())
                        && given.streams().isTerminal(StandardStream.ERROR),
                given.endings(),
                "rows",
                WORTH_WATCHING);
    }

    /** The same for a work on many files. */
    static ProgressLine ofFiles(Given given) {
        return new ProgressLine(
                given.error(),
                given.clock(),
                () -> goesBack(given.environment(), given.windows())
                        && given.streams().isTerminal(StandardStream.ERROR),
                given.endings(),
                "files",
                FILES_WORTH_WATCHING);
    }

    /**
     * The same on any stream.
     *
     * @param seen whether anybody would see it
     */
    ProgressLine(PrintStream terminal, InstantSource clock, BooleanSupplier seen, Endings endings) {
        this(terminal, clock, seen, endings, "rows", WORTH_WATCHING);
    }

    private ProgressLine(
            PrintStream terminal, InstantSource clock, BooleanSupplier seen, Endings endings, String unit, long worth) {
        this.unit = unit;
        this.worth = worth;
        this.terminal = terminal;
        this.clock = clock;
        this.seen = seen;
        this.endings = endings;
    }

    /** Whether a terminal there would go back to the start of a line; only Windows does not name its own. */
    static boolean goesBack(Map<String, String> environment, boolean windows) {
        String name = environment.getOrDefault("TERM", windows ? "windows" : "");
        return !name.isEmpty() && !name.startsWith("dumb");
    }

    /** That source, with us to be told how far it is read; a small one is not worth the telling. */
    SessionSource watching(SessionSource source) {
        return isLarge(source) && seen.getAsBoolean() ? source.watchedBy(this) : source;
    }

    @Override
    public synchronized void onRows(long done, long total) {
        if (closed || total < worth || !seen.getAsBoolean()) {
            return;
        }
        Instant now = clock.instant();
        if (done == 0) {
            began = now;
            drawn = now;
        } else if (done >= total) {
            wipe();
        } else if (Duration.between(drawn, now).compareTo(BETWEEN) >= 0) {
            drawn = now;
            draw(words(done, total, Duration.between(began, now)));
        }
    }

    /** Wipes the line for something else to be said; it comes again. */
    synchronized void clear() {
        wipe();
    }

    /** Wipes what is left after a failure. */
    @Override
    public void close() {
        finish();
        settle();
    }

    private synchronized void settle() {
        wiping.ifPresent(Endings.Duty::close);
    }

    private synchronized void finish() {
        wipe();
        closed = true;
    }

    private String words(long done, long total, Duration passed) {
        long percent = done * 100 / total;
        long perSecond = done * 1000 / Math.max(1, passed.toMillis());
        String words = (percent < 10 ? "  " : " ") + percent + " % of " + total + " " + unit;
        if (perSecond == 0) {
            return words;
        }
        // Rounded up: there is no row left with no time left.
        long seconds = (total - done + perSecond - 1) / perSecond;
        String left = seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
        return words + ", " + perSecond + " a second, " + left + " left";
    }

    private void draw(String words) {
        if (endings.isOver()) {
            return;
        }
        if (wiping.isEmpty()) {
            // No sooner: most works are over before there is a line to wipe.
            wiping = Optional.of(endings.add(this::finish));
        }
        terminal.print("\r" + words + " ".repeat(Math.max(0, width - words.length())));
        terminal.flush();
        width = words.length();
    }

    private void wipe() {
        if (width > 0) {
            terminal.print("\r" + " ".repeat(width) + "\r");
            terminal.flush();
            width = 0;
        }
    }

    private static boolean isLarge(SessionSource source) {
        try {
            return source.size() > LARGE;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
