package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStoresTest {
    @TempDir
    private Path folder;

    /** The left is what is given to {@code SQLiteSession} of Telethon 1.45.0, the right its {@code filename}. */
    @ParameterizedTest
    @CsvSource({
        "anon, anon.session",
        "anon.session, anon.session",
        "anon.session.session, anon.session.session",
        "anon.Session, anon.Session.session",
        "anon.db, anon.db.session",
        "sub/anon, sub/anon.session",
        "./anon, anon.session",
        "sub/, sub/.session",
        ".session, .session",
        "~/anon, ~/anon.session",
        ":memory:, :memory:.session",
        "file:anon?mode=memory, file:anon?mode=memory.session",
        "' anon ', ' anon .session'",
        "+49 170, +49 170.session",
    })
    void aNameMeansTheFileTelethonOpens(String name, String file) throws IOException {
        FileStore store = (FileStore) open(name);

        assertThat(store.file().normalize()).isEqualTo(folder.resolve(file));
    }

    @Test
    void aPathFromTheRootIsOne() throws IOException {
        Path elsewhere = folder.resolve("elsewhere").toAbsolutePath();

        assertThat(((FileStore) open(elsewhere.toString())).file()).isEqualTo(folder.resolve("elsewhere.session"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sqlite://", "sqlite:///", "sqlite:///:memory:"})
    void someNamesMeanMemory(String name) throws IOException {
        try (SessionStore store = open(name)) {
            store.save(SampleSessions.rich());
            assertThat(store.load()).contains(SampleSessions.rich());
        }
        try (SessionStore other = open(name)) {
            assertThat(other.load()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** As SQLAlchemy reads such a URL. */
    @Test
    void theUrlOfAFileIsAPathToTheLetter() throws IOException {
        assertThat(((FileStore) open("sqlite:///sub/anon.db")).file()).isEqualTo(folder.resolve("sub/anon.db"));
        assertThat(((FileStore) open("sqlite:///a%20b")).file()).isEqualTo(folder.resolve("a%20b"));
        Path absolute = folder.resolve("x.session").toAbsolutePath();
        assertThat(((FileStore) open("sqlite:///" + absolute)).file()).isEqualTo(absolute);
        assertThat("sqlite:///" + absolute).startsWith("sqlite:////");
    }

    @Test
    void aFileIsMadeWithTheFirstSave() throws IOException {
        try (SessionStore store = open("anon")) {
            assertThat(store.load()).isEmpty();
            store.checkRoom();
            assertThat(folder).isEmptyDirectory();
            store.save(SampleSessions.rich());
        }
        assertThat(Files.list(folder)).containsExactly(folder.resolve("anon.session"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://user:hunter2@host/db",
                "https://user:hunter2@example.org",
                "sqlite://hunter2/x",
                "sqlite:hunter2",
                "sqlite:///x?mode=hunter2",
                "hunter2\0",
                "sqlite:////"
            })
    void whatCannotBeOpenedIsRefusedAndNotRepeated(String name) {
        assertThatThrownBy(() -> open(name))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("hunter2")
                .satisfies(refused -> assertThat(((StoreException) refused).hint())
                        .isNotEmpty()
                        .doesNotContain("hunter2"));
    }

    @Test
    void withoutSurroundingsThoseOfTheProgramCount() throws IOException {
        assertThat(((FileStore) SessionStores.open("anon")).file())
                .isEqualTo(Path.of("anon.session").toAbsolutePath());
        assertThat(Surroundings.ofThisProgram().toString()).doesNotContain("PATH");
    }

    private SessionStore open(String name) throws IOException {
        return SessionStores.open(name, new Surroundings(folder, Map.of(), new SecureRandom(), InstantSource.system()));
    }

    /** Something that may go wrong. */
    interface Act {
        void run() throws IOException;
    }
}
