package dev.tgsession.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniNativePty;
import org.jline.terminal.impl.jni.JniTerminalProvider;

/**
 * A person at a real terminal: we hold the master side of a pseudo-terminal, the program under test runs in a session of
 * its own with the other side as its controlling terminal, so that Ctrl+C and hang-up are the kernel's.
 *
 * <p>The pair is opened with JLine's native code, the session with {@code setsid} of util-linux.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A byte that no program writes. */
    private static final char MARK = '\0';

    private final JniNativePty pty;
    private final OutputStream keyboard;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Thread watching;
    private volatile boolean unplugged;
    private int read;
    private Optional<Process> program = Optional.empty();

    private PseudoTerminal(JniNativePty pty) throws IOException {
        this.pty = pty;
        this.keyboard = pty.getMasterOutput();
        InputStream screen = pty.getMasterInput();
        watching = new Thread(() -> watch(screen), "screen of " + pty.getName());
        watching.setDaemon(true);
        watching.start();
    }

    /** Whether this machine has what it takes. */
    public static boolean isPossible() {
        try (PseudoTerminal probe = open(80, 24)) {
            probe.start(Map.of(), List.of("true"));
            return probe.exitCode() == 0;
        } catch (IOException | RuntimeException | LinkageError none) {
            return false;
        }
    }

    /** A terminal of that size; 0 x 0 is one whose size nobody set. */
    public static PseudoTerminal open(int columns, int rows) throws IOException {
        JniNativePty pty = (JniNativePty) new JniTerminalProvider().open(null, Size.of(columns, rows));
        return new PseudoTerminal(pty);
    }

    /** Starts a program with all three streams on this terminal. */
    public void start(Map<String, String> environment, List<String> command) throws IOException {
        start(environment, command, Optional.empty(), Optional.empty(), Path.of("."));
    }

    /**
     * Starts a program on this terminal.
     *
     * @param environment on top of a bare one: {@code PATH}, {@code HOME} and {@code LANG} only
     * @param output where standard output goes instead
     * @param error where standard error goes instead
     */
    public void start(
            Map<String, String> environment,
            List<String> command,
            Optional<Path> output,
            Optional<Path> error,
            Path folder)
            throws IOException {
        List<String> whole = new ArrayList<>(List.of("setsid", "--ctty", "--wait"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
        bare(builder.environment()).putAll(environment);
        Path slave = Path.of(pty.getName());
        builder.redirectInput(slave.toFile());
        builder.redirectOutput(output.orElse(slave).toFile());
        builder.redirectError(error.orElse(slave).toFile());
        program = Optional.of(builder.start());
    }

    /** Leaves only what every program needs, so that the tester's own settings do not count. */
    public static Map<String, String> bare(Map<String, String> environment) {
        environment.keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR"));
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    /** Waits until the text shows, after everything expected before; the screen so far is in the failure. */
    public PseudoTerminal expect(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (shown) {
            while (screen().indexOf(text, read) < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("\"" + text + "\" did not come; the screen: " + screen());
                }
                waitForScreen(left);
            }
            read = screen().indexOf(text, read) + text.length();
        }
        return this;
    }

    /** Presses keys; Enter is {@code \r}. */
    public PseudoTerminal type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        return this;
    }

    /** Everything that was ever shown. */
    public String screen() {
        synchronized (shown) {
            return shown.toString(StandardCharsets.UTF_8);
        }
    }

    /** Pulls the plug: the terminal is gone, and the kernel says so to the program. */
    public void hangUp() throws IOException {
        unplugged = true;
        // A descriptor somebody reads from stays open; so let the reader see one byte more, and stop.
        OutputStream slave = pty.getSlaveOutput();
        slave.write(MARK);
        slave.flush();
        try {
            watching.join();
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
        pty.close();
    }

    /** How the program ended; it has a minute to do so. A shell would say the same number. */
    public int exitCode() {
        Process running = program.orElseThrow();
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError("the program does not end; the screen: " + screen());
            }
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
        waitForTheLastOfIt();
        return running.exitValue();
    }

    /** What a program showed may still be on its way when it has ended; a mark written behind it comes after it. */
    private void waitForTheLastOfIt() {
        if (unplugged) {
            return;
        }
        try {
            OutputStream slave = pty.getSlaveOutput();
            slave.write(MARK);
            slave.flush();
        } catch (IOException gone) {
            throw new AssertionError("the terminal is gone", gone);
        }
        expect(Character.toString(MARK));
    }

    /** The process the session runs, not the one that waits for it. */
    public ProcessHandle leader() {
        ProcessHandle started = program.orElseThrow().toHandle();
        return started.descendants().findFirst().orElse(started);
    }

    /** The terminal's settings in the words of {@code stty -g}. */
    public String settings() throws IOException {
        Process stty = new ProcessBuilder("stty", "-g")
                .redirectInput(Path.of(pty.getName()).toFile())
                .start();
        return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    }

    @Override
    public void close() {
        program.ifPresent(running -> running.descendants().forEach(ProcessHandle::destroyForcibly));
        program.ifPresent(Process::destroyForcibly);
        try {
            if (!unplugged) {
                hangUp();
            }
        } catch (IOException closed) {
            // Nobody is left at the other side.
        }
    }

    private void watch(InputStream screen) {
        byte[] some = new byte[4096];
        try {
            for (int n = screen.read(some); n >= 0 && !unplugged; n = screen.read(some)) {
                synchronized (shown) {
                    shown.write(some, 0, n);
                    shown.notifyAll();
                }
            }
        } catch (IOException gone) {
            // Nobody holds the other side any more.
        }
    }

    private void waitForScreen(long millis) {
        try {
            shown.wait(millis);
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
    }
}
