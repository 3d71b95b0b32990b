package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionFolderTest {
    private static final Session FIRST = session(1);
    private static final Session SECOND = session(2);
    private static final Session PRACTICE =
            Session.of(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE), key(3));

    @TempDir
    private Path folder;

    @Test
    void bothNamesMeanTheFileTelethonOpens() throws IOException {
        SessionFolder store = store();
        Saved saved = store.save("login", FIRST, IfPresent.REFUSE);

        assertThat(saved).isEqualTo(new Saved(folder.resolve("login.session").toString(), Optional.empty()));
        assertThat(names()).containsExactly("login.session");
        assertThat(store.load("login")).isEqualTo(FIRST);
        assertThat(store.load("login.session")).isEqualTo(FIRST);
        assertThat(store.holds("login")).isTrue();
        assertThat(store.holds("logout")).isFalse();
    }

    @Test
    void aNameMayBeAPath() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        SessionFolder store = store();
        store.save("sub/login", FIRST, IfPresent.REFUSE);
        Path absolute = folder.resolve("elsewhere");
        store.save(absolute.toString(), SECOND, IfPresent.REFUSE);

        assertThat(folder.resolve("sub/login.session")).exists();
        assertThat(store.load(absolute + ".session")).isEqualTo(SECOND);
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        store().save("login", FIRST, IfPresent.REFUSE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("login.session"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsThereIsNotReplacedUnasked() throws IOException {
        SessionFolder store = store();
        store.save("login", FIRST, IfPresent.REFUSE);

        assertThatThrownBy(() -> store.save("login", SECOND, IfPresent.REFUSE))
                .isInstanceOf(SessionExistsException.class)
                .hasMessageContaining("login.session");
        assertThatThrownBy(() -> store.checkRoom("login", Environment.PRODUCTION, IfPresent.REFUSE))
                .isInstanceOf(SessionExistsException.class);
        assertThat(store.load("login")).isEqualTo(FIRST);
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void whatIsReplacedIsKept() throws IOException {
        SessionFolder store = store();
        store.save("login", FIRST, IfPresent.REPLACE);
        Saved saved = store.save("login", SECOND, IfPresent.REPLACE);

        assertThat(saved.previous())
                .contains(folder.resolve("login.session.bak").toString());
        assertThat(store.load("login")).isEqualTo(SECOND);
        assertThat(names()).containsExactly("login.session", "login.session.bak");
    }

    @Test
    void roomIsCheckedWithoutATrace() throws IOException {
        SessionFolder store = store();
        store.checkRoom("login", Environment.PRODUCTION, IfPresent.REFUSE);
        assertThat(names()).isEmpty();

        store.save("login", FIRST, IfPresent.REFUSE);
        store.checkRoom("login", Environment.PRODUCTION, IfPresent.REPLACE);
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void foldersLinksAndMissingFoldersAreRefusedInASentence() throws IOException {
        SessionFolder store = store();
        Files.createDirectory(folder.resolve("folder.session"));
        Files.createSymbolicLink(folder.resolve("link.session"), Files.createFile(folder.resolve("real.session")));
        Files.createSymbolicLink(folder.resolve("dangling.session"), folder.resolve("nowhere.session"));
        Files.createFile(folder.resolve("file"));

        for (IfPresent choice : IfPresent.values()) {
            assertRefused(store, "folder", choice, "is a folder");
            assertRefused(store, "missing/login", choice, "there is no folder");
            assertRefused(store, "file/login", choice, "is not a folder");
        }
        assertRefused(store, "link", IfPresent.REPLACE, "symbolic link");
        assertRefused(store, "dangling", IfPresent.REPLACE, "symbolic link");
        assertRefused(store, "link", IfPresent.REFUSE, "is there already");
        assertRefused(store, "dangling", IfPresent.REFUSE, "is there already");
        assertThat(folder.resolve("real.session")).isEmptyFile();
        assertThat(folder.resolve("nowhere.session")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".session", "a/", "a\0b"})
    void aNameIsNeeded(String name) {
        assertThatThrownBy(() -> store().save(name, FIRST, IfPresent.REFUSE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no name");
    }

    /** A file system that takes no files, whoever asks: even an administrator. */
    @Test
    void aFolderThatTakesNoFileIsRefused() {
        SessionFolder store =
                new SessionFolder(Path.of("/proc"), formats(), new SecureRandom(), InstantSource.system());

        assertThatThrownBy(() -> store.save("login", FIRST, IfPresent.REFUSE)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.checkRoom("login", Environment.PRODUCTION, IfPresent.REFUSE))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aNameTooLongLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> store().save("n".repeat(300), FIRST, IfPresent.REFUSE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not be written");
        assertThat(names()).isEmpty();
    }

    @Test
    void aPracticeSessionHasANameOfItsOwn() throws IOException {
        SessionFolder store = store();

        assertRefusedWith(store, "login", PRACTICE, "practice server");
        assertRefusedWith(store, "login.practice", FIRST, "only for the session of a practice server");
        store.save("login.practice", PRACTICE, IfPresent.REFUSE);
        assertThat(names()).containsExactly("login.practice.session");
        assertThat(store.load("login.practice")).isEqualTo(PRACTICE);
    }

    @Test
    void aTestSessionNeedsNoSpecialName() throws IOException {
        Session test = Session.of(DataCenters.builtIn(Environment.TEST, 2, false), key(4));
        store().save("login", test, IfPresent.REFUSE);

        assertThat(store().load("login").dataCenter().environment()).isEqualTo(Environment.TEST);
    }

    @Test
    void loadingTellsMissingFromMalformed() throws IOException {
        assertThatThrownBy(() -> store().load("login"))
                .isInstanceOf(NoSuchSessionException.class)
                .hasMessageContaining("login.session");
        Files.writeString(folder.resolve("login.session"), "hello");
        assertThatThrownBy(() -> store().load("login")).isInstanceOf(MalformedSessionException.class);
    }

    @Test
    void deletingTakesWhatLiesBesideWithIt() throws IOException {
        SessionFolder store = store();
        store.save("login", FIRST, IfPresent.REFUSE);
        store.save("other", SECOND, IfPresent.REFUSE);
        Files.createFile(folder.resolve("login.session-journal"));
        Files.createDirectory(folder.resolve("folder.session"));

        assertThat(store.delete("login")).isTrue();
        assertThat(store.delete("login")).isFalse();
        assertThat(names()).containsExactly("folder.session", "other.session");
        assertThatThrownBy(() -> store.delete("folder")).isInstanceOf(StoreException.class);
    }

    @Test
    void aSessionThatIsBeingWrittenIsNotReplaced() throws Exception {
        SessionFolder store = store();
        store.save("login", FIRST, IfPresent.REFUSE);
        try (OtherWriter writer = OtherWriter.on(folder.resolve("login.session"))) {
            assertThat(writer.isWriting()).isTrue();
            assertRefused(store, "login", IfPresent.REPLACE, "another program is writing");
            assertThat(store.load("login")).isEqualTo(FIRST);
        }

        store.save("login", SECOND, IfPresent.REPLACE);
        assertThat(store.load("login")).isEqualTo(SECOND);
    }

    @Test
    void theNamesInAFolderAreListed() throws IOException {
        SessionFolder store = store();
        store.save("zoe", FIRST, IfPresent.REFUSE);
        store.save("anna", SECOND, IfPresent.REFUSE);
        store.save("anna", FIRST, IfPresent.REPLACE);
        Files.createDirectory(folder.resolve("folder.session"));
        Files.createFile(folder.resolve(".session"));
        Files.createFile(folder.resolve("notes.txt"));

        assertThat(store.names()).containsExactly("anna", "zoe");
        SessionFolder missing =
                new SessionFolder(folder.resolve("missing"), formats(), new SecureRandom(), InstantSource.system());
        assertThatThrownBy(missing::names)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no folder");
        SessionFolder file =
                new SessionFolder(folder.resolve("notes.txt"), formats(), new SecureRandom(), InstantSource.system());
        assertThatThrownBy(file::names).isInstanceOf(StoreException.class).hasMessageContaining("not a folder");
    }

    private static void assertRefused(SessionFolder store, String name, IfPresent choice, String words) {
        assertThatThrownBy(() -> store.checkRoom(name, Environment.PRODUCTION, choice))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(words);
        assertThatThrownBy(() -> store.save(name, FIRST, choice))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(words)
                .satisfies(
                        refused -> assertThat(((StoreException) refused).hint()).isNotEmpty());
    }

    private static void assertRefusedWith(SessionFolder store, String name, Session session, String words) {
        assertThatThrownBy(() -> store.save(name, session, IfPresent.REFUSE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(words);
    }

    private SessionFolder store() {
        return new SessionFolder(folder, formats(), new SecureRandom(), InstantSource.system());
    }

    private static SessionFormats formats() {
        return SessionFormats.standard(InstantSource.system());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Session session(int number) {
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, number, false), key(number));
    }

    private static AuthKey key(int number) {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) number);
        return AuthKey.of(key);
    }
}
