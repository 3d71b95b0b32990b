package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.PostgresServer;
import dev.tgsession.session.store.PostgresStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on sessions that live in a database, against a real server. */
class StoreCommandsTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final String ANSWERS = "+9996620001\n22222\n";

    private final String url = PostgresServer.shared().newDatabase();

    @TempDir
    private Path folder;

    @BeforeEach
    void aFile() throws IOException {
        Files.write(
                folder.resolve("a.session"), FORMATS.usual().write(session(7)).toFileBytes());
    }

    @Test
    void aLoginGoesIntoTheDatabaseAndNoFileIsWritten() throws Exception {
        Run login = run(ANSWERS, "login", "anna", "--practice", "--store", "env:DATABASE_URL");
        assertThat(login.code()).as(login.error()).isZero();
        assertThat(login.output().strip()).startsWith("postgres://127.0.0.1:").endsWith("#anna");
        assertThat(login.error()).contains("Logged in as").doesNotContain(PostgresServer.PASSWORD);
        assertThat(folder.toFile().list()).containsExactly("a.session");

        try (PostgresStore store = PostgresStore.open(url, "anna")) {
            Session session = store.load().orElseThrow();
            assertThat(session.dataCenter().environment()).isEqualTo(Environment.PRACTICE);
            assertThat(session.account()).isPresent();
            // It was given back.
            assertThat(store.lease("me", Duration.ofMinutes(1)).isHeld()).isTrue();
        }
    }

    @Test
    void aLoginThatIsThereIsReplacedOnlyByForce() throws Exception {
        assertThat(run("", "convert", "a", "anna", "--store", "env:DATABASE_URL")
                        .code())
                .isZero();
        Run refused = run(ANSWERS, "login", "anna", "--practice", "--store", "env:DATABASE_URL");
        assertThat(refused.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(refused.error()).contains("logged in as").contains("--force").doesNotContain("Phone number");

        Run forced = run(ANSWERS, "login", "anna", "--practice", "--force", "--store", "env:DATABASE_URL");
        assertThat(forced.code()).as(forced.error()).isZero();
        try (PostgresStore store = PostgresStore.open(url, "anna")) {
            assertThat(store.load().orElseThrow().authKey())
                    .isNotEqualTo(session(7).authKey());
        }
    }

    @Test
    void aSessionInUseIsToldBeforeAnythingIsAsked() throws Exception {
        try (PostgresStore store = PostgresStore.open(url, "anna")) {
            var lease = store.lease("web.1", Duration.ofMinutes(10));
            Run refused = run(ANSWERS, "login", "anna", "--practice", "--store", "env:DATABASE_URL");
            assertThat(refused.code()).isEqualTo(ExitCode.IN_USE.number());
            assertThat(refused.error())
                    .containsPattern("in use by web\\.1 since \\d\\d:\\d\\d UTC")
                    .contains("--steal")
                    .doesNotContain("code");

            Run stolen = run(ANSWERS, "login", "anna", "--practice", "--steal", "--store", "env:DATABASE_URL");
            assertThat(stolen.code()).as(stolen.error()).isZero();
            assertThat(store.load()).isPresent();
            assertThat(catchMessage(lease::renew)).contains("took it over");
        }
    }

    @Test
    void aLoginThatWasWonIsNotLostWithTheDatabase() throws Exception {
        run("", "convert", "a.session", "other", "--store", "env:DATABASE_URL");
        PostgresServer.execute(url, """
                create function public.no() returns trigger language plpgsql as $$ begin
                    raise exception 'not today'; end $$;
                create trigger no before insert on tgsession.session for each row execute function public.no()
                """);
        Run login = run(ANSWERS, "login", "anna", "--practice", "--store", "env:DATABASE_URL");

        assertThat(login.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(login.error())
                .contains("not today")
                .contains("anna.practice.session")
                .contains("tgsession convert");
        assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve("anna.practice.session")))
                        .account())
                .isPresent();
    }

    @Test
    void whatCannotBeReachedOrEnteredIsToldBeforeAnythingIsAsked() {
        String nowhere = url.replaceAll(":\\d+/", ":1/");
        Run gone = Run.with(
                folder, Map.of("DATABASE_URL", nowhere), ANSWERS, "login", "--practice", "--store", "env:DATABASE_URL");
        assertThat(gone.code()).isEqualTo(ExitCode.NETWORK.number());
        assertThat(gone.error()).contains("cannot be reached").doesNotContain("hone");
    }

    @Test
    void aSessionIsLookedAtAndTakenOutAgain() throws Exception {
        assertThat(run("", "convert", "a.session", "anna", "--store", "env:DATABASE_URL", "--json")
                        .output())
                .contains("\"from\":\"telethon\"")
                .contains("#anna");
        Run inspect = run("", "inspect", "--store", "env:DATABASE_URL", "anna");
        assertThat(inspect.code()).as(inspect.error()).isZero();
        assertThat(inspect.output())
                .contains("#anna")
                .contains("id 5")
                .contains("1 users")
                .contains(session(7).authKey().id().toHex());
        Run export = run("", "export", "--store", "env:DATABASE_URL", "anna", "--to", "telethon", "-o", "b.session");
        assertThat(export.code()).as(export.error()).isZero();
        assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve("b.session"))))
                .isEqualTo(session(7));

        Run missing = run("", "inspect", "--store", "env:DATABASE_URL", "nobody");
        assertThat(missing.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(missing.error()).contains("There is no session in").contains("#nobody");
    }

    @Test
    void theDatabaseIsListedWithWhoUsesWhat() throws Exception {
        assertThat(run("", "list", "--store", "env:DATABASE_URL").error()).contains("There are no sessions");
        run("", "convert", "a.session", "zoe", "--store", "env:DATABASE_URL");
        run("", "convert", "a.session", "anna", "--store", "env:DATABASE_URL");
        try (PostgresStore anna = PostgresStore.open(url, "anna");
                PostgresStore later = PostgresStore.open(url, "later")) {
            anna.lease("web.1\u001b[31m", Duration.ofMinutes(10));
            later.lease("run.1", Duration.ofMinutes(10));
            PostgresServer.execute(url, "update tgsession.lease set since = '2020-02-03 04:05:06Z'");

            Run list = run("", "list", "env:DATABASE_URL");
            assertThat(list.code()).isZero();
            assertThat(list.output().lines())
                    .containsExactly(
                            "NAME   ACCOUNT        DC  STATE",
                            "anna   (@anna, id 5)  2   logged in, in use by web.1?[31m since 2020-02-03 04:05",
                            "later  -              -   reserved, no session yet, in use by run.1 since 2020-02-03 04:05",
                            "zoe    (@anna, id 5)  2   logged in");
            List<JsonObject> objects = new ArrayList<>();
            for (String line : run("", "list", "--store", "env:DATABASE_URL", "--json")
                    .output()
                    .split("\n", -1)) {
                if (!line.isEmpty()) {
                    objects.add(JsonParser.object().from(line));
                }
            }
            assertThat(objects).extracting(one -> one.getString("name")).containsExactly("anna", "later", "zoe");
            assertThat(objects.get(0).getObject("lease").getString("since")).isEqualTo("2020-02-03T04:05:06Z");
            assertThat(objects.get(1).getString("state")).isEqualTo("reserved");
            assertThat(objects.get(2).isNull("lease")).isTrue();
            assertThat(objects.get(2).getObject("account").getInt("userId")).isEqualTo(5);
        }
    }

    @Test
    void aFolderIsListed() throws Exception {
        Files.writeString(folder.resolve("broken.session"), "hello");
        Run list = Run.in(folder, "list");

        assertThat(list.output().lines())
                .containsExactly(
                        "NAME    ACCOUNT        DC  STATE",
                        "a       (@anna, id 5)  2   logged in",
                        "broken  -              -   cannot be used; see inspect");
        assertThat(Run.in(folder, "list", "missing").code()).isEqualTo(ExitCode.BAD_FILE.number());
    }

    /** Command lines can be read by others. */
    @Test
    void noPasswordIsTakenFromTheCommandLineNorRepeated() {
        for (String[] command : new String[][] {
            {"login", "--practice", "--store", url},
            {"inspect", "--store", url},
            {"list", url},
            {"list", "--store", url + "?sslmode=require"},
            {"export", "--store", "postgres://h/d?password=hunter2", "--to", "telethon-string"},
            {"convert", "a.session", "--store", "string:hunter2"},
            {"list", "--store", "mysql://u:hunter2@h/d"},
        }) {
            Run refused = run(ANSWERS, command);
            assertThat(refused.code()).as(String.join(" ", command)).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.error()).contains("env:DATABASE_URL").doesNotContain("hunter2", "%73", "s3cret");
        }
    }

    @Test
    void thePasswordMayStandInAVariableOfItsOwn() {
        String without = url.replaceAll("(//[^:]+):[^@]*@", "$1@");
        Map<String, String> environment = Map.of("PGPASSWORD", PostgresServer.PASSWORD);
        Run kept = Run.with(folder, environment, "", "convert", "a.session", "--store", without);
        assertThat(kept.code()).as(kept.error()).isZero();
        assertThat(Run.with(folder, environment, "", "list", without).output()).contains("login  (@anna, id 5)");
    }

    @Test
    void aFileMayBeNamedByItsUrl() throws Exception {
        String file = "sqlite:///x.practice.session";
        assertThat(run(ANSWERS, "login", "--practice", "--store", file).code()).isZero();
        assertThat(run("", "inspect", "--store", file).output()).contains("practice");
        Run refused = run(ANSWERS, "login", "--practice", "--store", "sqlite:///x.session");
        assertThat(refused.error()).contains("practice server").doesNotContain("hone");
        assertThat(run("", "convert", "a.session", "name", "--store", "sqlite:///y.session")
                        .code())
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void whatIsNotAStoreIsToldSo() {
        for (String[] command : new String[][] {
            {"list", "--store", "a.session"},
            {"list", "--store", "env:NOTHING"},
            {"list", "--store", "sqlite:///a.session"},
            {"list", ".", "--store", "env:DATABASE_URL"},
            {"login", "--practice", "--steal"},
            {"inspect"},
            {"export", "--to", "telethon-string"},
            {"convert", "a.session"},
            {"convert", "a.session", "x", "--to", "pyrogram", "--store", "env:DATABASE_URL"},
        }) {
            Run refused = run("", command);
            assertThat(refused.code()).as(String.join(" ", command)).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.error()).contains("error:");
        }
    }

    private Run run(String input, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of("DATABASE_URL", url));
        // A dyno asks for TLS, which the server of the tests speaks.
        environment.put("DYNO", "run.7");
        return Run.with(folder, environment, input, arguments);
    }

    private static String catchMessage(Risky risky) {
        try {
            risky.run();
            return "";
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private interface Risky {
        void run() throws IOException;
    }

    private static Session session(int number) {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) number);
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withAccount(new Account(
                        5,
                        false,
                        Optional.of(6L),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("anna"),
                        Optional.empty()))
                .withPeers(List.of(
                        new Peer(77, 1, Optional.of("bert"), Optional.empty(), Optional.empty(), Optional.empty())));
    }
}
