package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The commands people wait for, run once without anybody who watches: Java looks which classes they need, and keeps them
 * in an archive from which the program starts sooner. See {@code scripts/make-archives}.
 */
public final class Rehearsal {
    /** What the rehearsal of a login leaves. */
    private static final String SESSION = "login.practice.session";

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Rehearses what the archive of that name is for.
     *
     * @param arguments {@code login}, which leaves a session file and the native code, or {@code look} or {@code work}, which
     *     want one; and the folder for it
     */
    public static void main(String[] arguments) throws IOException {
        Rehearsal rehearsal = new Rehearsal(Path.of(arguments[1]).toAbsolutePath());
        switch (arguments[0]) {
            case "login" -> rehearsal.login();
            case "work" -> rehearsal.work();
            default -> rehearsal.look();
        }
    }

    private void login() throws IOException {
        NativeCode.unpack(folder);
        // A password comes from a pipe: at a terminal an editor would wait for somebody to type it.
        System.setProperty(StandardStreams.PROPERTY, "output error");
        run("+9996620100\n22222\npractice\n", "login", "--practice", "--force");
        // Standard input is a terminal, if the script found one; the answers come from here all the same.
        System.setProperty(StandardStreams.PROPERTY, "input output error");
        run("+9996620001\n22222\n", "login", "--practice", "--force");
        // The real thing, as far as its first question.
        run("", "login", "anybody");
    }

    private void look() {
        run("", "--version");
        run("", "help");
        run("", "inspect", SESSION);
    }

    private void work() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        run("", "convert", SESSION, "many/one.session");
        run("", "convert", SESSION, "many/two.session", "--to", "pyrogram");
        run("", "convert", many.toString(), "--into", "converted");
        run("", "export", SESSION, "--to", "telethon-string");
        run("", "upgrade", many.toString());
        run("", "entities", SESSION);
    }

    /** Nothing of the person whose machine this is takes part: no variables, no folders. */
    private void run(String answers, String... arguments) {
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "TERM", "xterm",
                "TG_API_ID", "1",
                "TG_API_HASH", "0123456789abcdef0123456789abcdef");
        Main.run(
                List.of(arguments),
                environment,
                folder,
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
    }
}
