package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.AnotherProgram;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.pyrogram.PyrogramSqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in one file. */
class FileStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    FileStore open() {
        return new FileStore(
                folder.resolve("anon.session"),
                SessionFormats.standard(InstantSource.system()),
                new SecureRandom(),
                InstantSource.system());
    }

    /** What a Telethon file has a place for. */
    @Override
    Session kept(Session session) {
        return asTelethonKeepsIt(session);
    }

    static Session asTelethonKeepsIt(Session session) {
        List<Peer> peers = session.peers().stream()
                .map(peer -> new Peer(
                        peer.markedId(), peer.accessHash(), peer.username(), peer.phone(), peer.name(), peer.seen()))
                .toList();
        Session kept = Session.of(session.dataCenter(), session.authKey())
                .withPeers(peers)
                .withChannelStates(session.channelStates());
        kept = session.updateState().map(kept::withUpdateState).orElse(kept);
        return session.account()
                .map(FileStoreTest::joined)
                .map(kept::withAccount)
                .orElse(kept);
    }

    /** First and last name become one. */
    private static Account joined(Account account) {
        return new Account(
                account.userId(),
                account.bot(),
                account.accessHash(),
                account.fullName(),
                Optional.empty(),
                account.username(),
                account.phone());
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        open().save(SampleSessions.rich());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open().file())))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewerStateOfTheSameLoginTakesTheOldOnesPlace() throws IOException {
        open().save(SampleSessions.rich());
        open().save(SampleSessions.rich().withPeers(List.of()));

        assertThat(names()).containsExactly("anon.session");
    }

    @Test
    void anotherLoginIsKept() throws IOException {
        open().save(SampleSessions.bare(1));
        open().save(SampleSessions.bare(2));

        assertThat(names()).containsExactly("anon.session", "anon.session.bak");
        assertThat(read("anon.session.bak")).isEqualTo(SampleSessions.bare(1));
    }

    @Test
    void aFileOfAnotherLibraryIsLoadedAndKept() throws IOException {
        Session pyrogram = SampleSessions.bare(1).withAccount(Account.of(5, false));
        Files.write(
                open().file(),
                new PyrogramSqlite(InstantSource.system()).write(pyrogram).toFileBytes());

        assertThat(open().load().orElseThrow().authKey()).isEqualTo(pyrogram.authKey());
        open().save(pyrogram);
        assertThat(names()).containsExactly("anon.session", "anon.session.bak");
    }

    @Test
    void aFileThatIsNoSessionIsSaidToBeNoneAndKept() throws IOException {
        Files.writeString(open().file(), "a letter to my mother");

        assertThatThrownBy(() -> open().load()).isInstanceOf(MalformedSessionException.class);
        open().save(SampleSessions.bare(1));
        assertThat(folder.resolve("anon.session.bak")).hasContent("a letter to my mother");
    }

    /** A Telethon client leaves a file as soon as it is made; it is no session yet. */
    @Test
    void aFileNobodyHasLoggedInWithIsAnEmptyStore() throws Exception {
        open().save(SampleSessions.bare(1));
        change("update sessions set auth_key = x''");
        assertThat(open().load()).isEmpty();

        open().save(SampleSessions.bare(2));
        assertThat(names()).containsExactly("anon.session");
        Files.write(open().file(), new byte[0]);
        assertThat(open().load()).isEmpty();
        open().save(SampleSessions.bare(3));
        assertThat(open().load()).contains(SampleSessions.bare(3));
        assertThat(names()).containsExactly("anon.session");
    }

    @Test
    void whatWaitsInAJournalOfTheSameLoginIsNotPlayedIntoTheNewFile() throws Exception {
        open().save(SampleSessions.bare(1));
        byte[] before = Files.readAllBytes(open().file());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + open().file());
                var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("insert into entities values (5, 6, 'wal', null, null, null)");
            // As if the program had been killed: the files as they are now, without its closing them.
            Files.copy(open().file(), folder.resolve("copy.session"));
            Files.copy(folder.resolve("anon.session-wal"), folder.resolve("copy.session-wal"));
        }
        FileStore copy = new FileStore(
                folder.resolve("copy.session"),
                SessionFormats.standard(InstantSource.system()),
                new SecureRandom(),
                InstantSource.system());
        assertThat(copy.load().orElseThrow().peers()).hasSize(1);

        copy.save(SampleSessions.bare(1));
        assertThat(copy.load()).contains(SampleSessions.bare(1));
        assertThat(folder.resolve("copy.session-wal")).doesNotExist();
        assertThat(before).isNotEmpty();
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftAlone() throws Exception {
        open().save(SampleSessions.bare(1));
        try (OtherWriter writer = OtherWriter.on(open().file())) {
            assertThat(writer.isWriting()).isTrue();
            assertThatThrownBy(() -> open().save(SampleSessions.bare(1)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another program is writing");
            assertThatThrownBy(() -> open().checkRoom()).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> open().delete()).isInstanceOf(StoreException.class);
        }
        assertThat(open().load()).contains(SampleSessions.bare(1));
    }

    @Test
    void whatHappensToTheFileMeanwhileIsNoticed() throws IOException {
        open().save(SampleSessions.bare(1));
        FileState before = FileState.of(open().file());
        Files.write(open().file(), new byte[3]);

        PrivateFile target = new PrivateFile(open().file(), new SecureRandom(), InstantSource.system());
        assertThatThrownBy(() -> target.update(new byte[5], before))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("meanwhile");
        assertThat(Files.size(open().file())).isEqualTo(3);
        assertThat(names()).containsExactly("anon.session");
    }

    @Test
    void aLinkIsReadButNotWrittenTo() throws IOException {
        open().save(SampleSessions.bare(1));
        Path link = Files.createSymbolicLink(folder.resolve("link.session"), open().file());
        FileStore store = new FileStore(
                link, SessionFormats.standard(InstantSource.system()), new SecureRandom(), InstantSource.system());

        assertThat(store.load()).contains(SampleSessions.bare(1));
        assertThatThrownBy(() -> store.save(SampleSessions.bare(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("symbolic link");
    }

    @Test
    void aPracticeSessionHasANameOfItsOwn() throws IOException {
        Session practice =
                Session.of(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE), SampleSessions.key(3));

        assertThatThrownBy(() -> open().save(practice))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("practice server");
        assertThat(names()).isEmpty();
    }

    @Test
    void aFileThatAProgramHasOpenInWalModeIsNotReplaced() throws Exception {
        FileStore store = open();
        store.save(SampleSessions.bare(1));
        try (AnotherProgram client =
                AnotherProgram.with(store.file(), "pragma journal_mode = wal", "select * from sessions")) {
            assertThatThrownBy(() -> store.save(SampleSessions.bare(2)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another program has");
            assertThat(store.load()).contains(SampleSessions.bare(1));
            assertThat(client.goesOn()).isTrue();
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + open().file());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Session read(String name) throws IOException {
        return SessionFormats.standard(InstantSource.system())
                .read(dev.tgsession.session.format.SessionSource.ofFile(folder.resolve(name)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
