package dev.tgsession.session.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that has a database open with real SQLite, and has done what it was told when this is made. */
public final class AnotherProgram implements AutoCloseable {
    private final Process process;

    private AnotherProgram(Process process) {
        this.process = process;
    }

    /** Starts it: it runs the statements one after the other, and then waits. */
    public static AnotherProgram with(Path file, String... statements) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AnotherProgram.class.getName(),
                file.toString()));
        command.addAll(List.of(statements));
        AnotherProgram program = new AnotherProgram(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        program.expect('!');
        return program;
    }

    /** Has it run what else was to be done, at once: it does not wait for a lock that is taken. */
    public void commit() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        expect('.');
    }

    /** Whether it still runs, and so what it did still stands. */
    public boolean goesOn() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the other program does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void expect(char sign) throws IOException {
        int said = process.getInputStream().read();
        if (said != sign) {
            close();
            throw new UncheckedIOException(new IOException("the other program failed; see above"));
        }
    }

    /** What runs in the other process. */
    public static void main(String[] arguments) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 0");
            for (int i = 1; i < arguments.length; i++) {
                statement.execute(arguments[i]);
            }
            System.out.write('!');
            System.out.flush();
            while (System.in.read() >= 0) {
                statement.execute("commit");
                System.out.write('.');
                System.out.flush();
            }
        }
    }
}
