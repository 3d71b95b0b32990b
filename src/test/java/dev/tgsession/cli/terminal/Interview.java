package dev.tgsession.cli.terminal;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A program that asks three questions the way a login does, and writes what it heard to standard output, as hex so that no
 * terminal can hide a difference. The tests run it as a process of its own.
 */
public final class Interview {
    /** For the mark of the password. */
    static final Bytes SALT = Bytes.ofUtf8("interview");

    private Interview() {}

    /** Asks; the exit code says why not, as the real program's would. */
    public static void main(String[] args) throws IOException {
        PrintStream error = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        Endings endings = new Endings();
        Runtime.getRuntime().addShutdownHook(new Thread(endings::run));
        Ladder ladder = new Ladder(
                System.getenv(),
                false,
                new StandardStreams(),
                new FileInputStream(FileDescriptor.in),
                error,
                endings,
                () -> System.exit(130));
        int code = 0;
        try (Conversation talk = ladder.open()) {
            String phone = talk.ask("Phone: ");
            talk.tell("practice phone: 100% \u001b[31mred");
            String number = talk.ask("Code: ");
            try (Password password = talk.askHidden("Password: ")) {
                talk.tell("thank you");
                hear(phone, number);
                // A password never prints itself, but it can be told apart from any other.
                System.out.println(password.markedWith(SALT));
            }
        } catch (EndOfInputException end) {
            code = 65;
        } catch (PersonInterruptedException interrupt) {
            code = 130;
        } catch (HungUpException gone) {
            code = 129;
        } catch (NoConsoleException nobody) {
            code = 10;
        }
        System.exit(code);
    }

    private static void hear(String... answers) {
        for (String answer : answers) {
            System.out.println(HexFormat.of().formatHex(answer.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
