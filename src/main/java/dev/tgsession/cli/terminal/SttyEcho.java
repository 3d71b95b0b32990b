package dev.tgsession.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The echo of the terminal at standard input, switched by the {@code stty} every Unix has. That costs two short processes
 * a password, and needs no native code, no locale and no second stream at the terminal.
 */
final class SttyEcho implements Echo {
    private final Endings endings;
    private Optional<String> before = Optional.empty();
    private Endings.Duty duty = () -> {};

    private SttyEcho(Endings endings) {
        this.endings = endings;
    }

    /** Empty if there is no {@code stty}, or it does not take standard input for a terminal. */
    static Optional<Echo> atInput(Endings endings) {
        return settings().isPresent() ? Optional.of(new SttyEcho(endings)) : Optional.empty();
    }

    @Override
    public synchronized void off() throws IOException {
        before = settings();
        duty = endings.add(this::on);
        // Better no question than a password on the screen.
        if (before.isEmpty() || stty("-echo").isEmpty()) {
            throw isGone() ? new HungUpException() : new IOException("the terminal cannot hide what is typed");
        }
    }

    @Override
    public synchronized void on() {
        duty.close();
        before.ifPresent(SttyEcho::stty);
        before = Optional.empty();
    }

    @Override
    public boolean isGone() {
        return settings().isEmpty();
    }

    private static Optional<String> settings() {
        return stty("-g").filter(words -> !words.isEmpty());
    }

    /** What {@code stty} answered; empty if it failed. */
    private static Optional<String> stty(String word) {
        try {
            Process process = new ProcessBuilder(List.of("stty", word))
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            boolean ended = process.waitFor(5, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
