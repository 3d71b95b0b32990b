package dev.tgsession.session.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Another program in the middle of a transaction on a Telethon file, until it is closed. */
final class OtherWriter implements AutoCloseable {
    private final Process process;

    private OtherWriter(Process process) {
        this.process = process;
    }

    static OtherWriter on(Path file) throws IOException {
        return new OtherWriter(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until it is in the middle of it. */
    boolean isWriting() throws IOException {
        InputStream said = process.getInputStream();
        return said.read() == '!';
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                var statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("update update_state set pts = pts");
            System.out.write('!');
            System.out.flush();
            // Until we are stopped.
            System.in.read();
        }
    }
}
