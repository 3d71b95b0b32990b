package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonParser;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in this process, with streams of ours; the packaged one is driven by the tests whose names end in IT. */
class ProgramTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final Endings endings = new Endings();

    @TempDir
    Path folder;

    @Test
    void aloneItHelpsInShortAndSaysThatThisIsNoUse() {
        assertThat(run()).isEqualTo(2);
        assertThat(error()).startsWith("tgsession - ").contains("examples:");
        assertThat(output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void theShortHelpFitsOnAScreenWithThreeExamples(String ask) {
        assertThat(run(ask)).isZero();
        assertThat(output().lines()).hasSizeLessThanOrEqualTo(25).allMatch(line -> line.length() <= 80);
        String examples = output().substring(output().indexOf("examples:"));
        assertThat(examples.lines().filter(line -> line.startsWith("  tgsession ")))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "inspect",
                "upgrade",
                "repair",
                "export",
                "convert",
                "formats",
                "import",
                "unseal",
                "send",
                "fetch",
                "practice"
            })
    void everyCommandExplainsItselfInBothWays(String command) {
        assertThat(run("help", command)).isZero();
        String explained = output();
        assertThat(explained.lines()).allMatch(line -> line.length() <= 80);
        assertThat(explained).contains("Usage: tgsession " + command);
        output.reset();
        assertThat(run(command, "--help")).isZero();
        assertThat(output()).isEqualTo(explained);
        assertThat(error()).isEmpty();
    }

    @Test
    void theShortHelpNamesEveryCommand() {
        run("help");
        assertThat(output())
                .contains("login", "inspect", "upgrade", "repair", "export", "convert", "formats", "practice", "help")
                .contains("import", "unseal", "send", "fetch");
    }

    @Test
    void theExitCodesAreAllExplained() {
        assertThat(run("help", "exit-codes")).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(output()).containsPattern("(?m)^ *" + code.number() + "  \\Q" + code.meaning() + "\\E$");
        }
    }

    @Test
    void theVersionSaysWhatIsInside() {
        assertThat(run("--version")).isZero();
        assertThat(output())
                .containsPattern("tgsession \\d+\\.\\d+\\.\\d+")
                .containsPattern("Java \\d+.*SQLite 3\\.\\d+\\.\\d+, JLine 4\\.\\d+\\.\\d+")
                .contains("layer 228");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate                           | There is no command called frobnicate. | tgsession help",
                "help frobnicate                      | There is no command called frobnicate. | tgsession help",
                "login --frobnicate                   | --frobnicate                           | help login",
                "login a b                            | b                                      | help login",
                "login --timeout soon                 | --timeout                              | help login",
                "login --timeout 0                    | 1 to 600 seconds                       | help login",
                "login --transport pigeon             | no transport called pigeon             | obfuscated-intermediate",
                "login --server 127.0.0.1:1           | need each other                        | help login",
                "login --server-key x.pem             | need each other                        | help login",
                "login --practice --test-dc           | brings its own servers                 | help login",
                "login --practice --dc 6              | 1 to 5                                 | help login",
                "login --test-dc --dc 4               | no data center 4                       | 1 to 3",
                "login --fill-entities --no-entities  | do not go together                     | Choose",
                "login --dc 6                         | no data center 6                       | 1 to 5",
                "login --api-id -1                    | --api-id is no positive number         | my.telegram.org",
                "export x                             | --to                                   | help export",
                "export x --to papyrus                | no format called papyrus               | telethon-string",
                "export x --to telethon               | needs a place                          | -o OUT",
                "export x --to telethon-string -o y --print | either printed or written        | Leave",
                "export x --to telethon-string --json | file that was written                  | -o OUT",
                "export x --to telethon-string --api-id 0 -o y | no positive number            | my.telegram.org",
                "convert x                            | OUT                                    | help convert",
                "convert x y --to papyrus             | no format called papyrus               | gramjs-string",
                "convert x -                          | needs a place                          | -o OUT",
                "inspect                              | FILE                                   | help inspect",
                "practice --port 99999                | --port 99999                           | -"
            })
    void whatIsNotUnderstoodIsSaidWithAHint(String line, String sentence, String hint) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(error()).startsWith("error: ").contains(sentence).doesNotContain("\tat ");
        if (!hint.equals("-")) {
            assertThat(error()).contains("\nhint: ").contains(hint);
        }
        assertThat(output()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TG_API_ID, none", "API_ID, 0", "TG_API_HASH, tooshort"})
    void anApplicationThatIsNoneIsSaidBeforeAnythingElse(String variable, String value) {
        assertThat(run(Map.of(variable, value), "", "login")).isEqualTo(2);
        assertThat(error()).contains(variable, "https://my.telegram.org").doesNotContain("tooshort");
    }

    @Test
    void whereNobodyCanAnswerTheCodeSaysSo() {
        assertThat(run("login")).isEqualTo(10);
        assertThat(error()).contains("error: Nobody can answer here", "docker run -it");
    }

    @Test
    void theFilesPlaceIsCheckedBeforeTheConsole() throws IOException {
        Files.writeString(folder.resolve("login.session"), "something");
        assertThat(run("login")).isEqualTo(8);
        assertThat(run("login", "nowhere/anna")).isEqualTo(6);
        assertThat(error()).contains("there is no folder");
    }

    @Test
    void anApplicationIsAskedForWithTheAddressWhereOneGetsIt() {
        // Both answers are none, so nothing reaches the network.
        assertThat(run(Map.of(), "x\ny\nz\n", "login")).isEqualTo(2);
        assertThat(error()).contains("https://my.telegram.org/apps", "api_id: ", "An api_id is a number");
    }

    @Test
    void aKeyFileThatIsNoneIsABadFile() throws IOException {
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN NOTHING-----");
        assertThat(run("login", "--server", "127.0.0.1:443", "--server-key", "key.pem"))
                .isEqualTo(6);
        assertThat(run("login", "--server", "127.0.0.1:443", "--server-key", "none.pem"))
                .isEqualTo(6);
        assertThat(error()).contains("is no server key").contains("is not there");
    }

    @Test
    void aFileThatIsNotThereIsABadFile() {
        assertThat(run("inspect", "nothing.session")).isEqualTo(6);
        assertThat(output()).contains("There is no such file");
        assertThat(run("export", "nothing.session", "--to", "telethon-string")).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna.session", "./anna"})
    void aFileIsFoundWithAndWithoutItsEnding(String name) throws IOException {
        writeSession("anna.session");
        assertThat(run("inspect", name)).isZero();
        assertThat(output()).contains("Telethon session file", "data center 2", "Anna (@anna, id 5)");
    }

    @Test
    void jsonIsForProgramsAndHasTheSameStory() throws Exception {
        writeSession("anna.session");
        assertThat(run("inspect", "anna.session", "--json")).isZero();
        var found = JsonParser.object().from(output());
        assertThat(found.getObject("account").getString("username")).isEqualTo("anna");
        assertThat(found.getObject("key").getString("state")).isEqualTo("present");
    }

    @Test
    void aStringGoesWhereItIsSent() throws IOException {
        Session session = writeSession("anna.session");
        assertThat(run("export", "anna", "--to", "telethon-string", "--print")).isZero();
        String line = output().strip();
        assertThat(SessionFormats.standard(CLOCK)
                        .read(dev.tgsession.session.format.SessionSource.ofText(line))
                        .authKey())
                .isEqualTo(session.authKey());
        assertThat(error()).contains("no place for", "user id");
        output.reset();
        assertThat(run("export", "anna", "--to", "telethon-string", "-o", "line.txt"))
                .isZero();
        assertThat(output()).isEmpty();
        assertThat(Files.readString(folder.resolve("line.txt"))).isEqualTo(line + "\n");
        assertThat(run("export", "anna", "--to", "telethon-string", "-o", "line.txt"))
                .isEqualTo(8);
        assertThat(run("export", "anna", "--to", "telethon-string", "-o", "line.txt", "--force"))
                .isZero();
        assertThat(folder.resolve("line.txt.bak")).exists();
    }

    @Test
    void practiceNamesItsNumbers() {
        assertThat(run("practice", "--list")).isZero();
        assertThat(output()).contains("+9996620001", "+9996620100");
    }

    @Test
    void formatsHaveNamesForExport() {
        assertThat(run("formats")).isZero();
        assertThat(output()).contains("telethon ", "telethon-string ");
    }

    @Test
    void afterItWasToldToEndNothingIsSaidAnyMore() {
        endings.begin(129);
        assertThat(run("export", "nothing", "--to", "telethon-string")).isEqualTo(129);
        assertThat(error()).isEmpty();
    }

    @Test
    void aTraceIsForThoseWhoAsk() {
        run("export", "nothing", "--to", "telethon-string");
        assertThat(error()).doesNotContain("\tat ");
        run("export", "nothing", "--to", "telethon-string", "--debug");
        assertThat(error()).contains("\tat dev.tgsession");
    }

    private Session writeSession(String name) throws IOException {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withAccount(new Account(
                        5,
                        false,
                        Optional.of(6L),
                        Optional.of("Anna"),
                        Optional.empty(),
                        Optional.of("anna"),
                        Optional.empty()));
        Files.write(
                folder.resolve(name),
                SessionFormats.standard(CLOCK).usual().write(session).toFileBytes());
        return session;
    }

    private int run(String... arguments) {
        return run(Map.of(), "", arguments);
    }

    private int run(Map<String, String> environment, String input, String... arguments) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
        Given given = new Given(
                variables,
                folder,
                false,
                in,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                new StandardStreams(),
                endings,
                CLOCK,
                SecureRandom::new,
                () -> {});
        return new Program(given).run(List.of(arguments));
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String error() {
        return error.toString(StandardCharsets.UTF_8);
    }
}
