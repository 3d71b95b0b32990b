package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void name() {
        target = folder.resolve("login.session");
    }

    @Test
    void appearsWithItsContentAndForItsOwnerOnly() throws IOException {
        file(target).create(bytes("secret"));

        assertThat(target).hasContent("secret");
        assertThat(modes(target)).isEqualTo("rw-------");
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void whatIsAbandonedWhileItIsWrittenIsGoneAndTheOldFileStays() throws IOException {
        Files.writeString(target, "old");
        PrivateFile file = file(target);

        assertThatThrownBy(() -> file.replace(fresh -> {
                    Files.writeString(fresh, "new");
                    file.abandon();
                    assertThat(fresh).doesNotExist();
                }))
                .isInstanceOf(IOException.class);

        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("login.session");
        // Nothing more is begun with it.
        assertThatThrownBy(() -> file.replace(bytes("new"))).isInstanceOf(InterruptedIOException.class);
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void whatIsDoneCannotBeAbandoned() throws IOException {
        PrivateFile file = file(target);
        file.create(bytes("new"));
        file.abandon();
        assertThat(target).hasContent("new");
    }

    @Test
    void takesNobodysPlace() throws IOException {
        Files.writeString(target, "old");

        assertThatThrownBy(() -> file(target).create(bytes("new"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void ofManyAtOnceOneWinsAndItsFileIsWhole() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path contested = folder.resolve("contested" + round);
            int writers = 4;
            CyclicBarrier start = new CyclicBarrier(writers);
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                byte[] content = new byte[100_000];
                Arrays.fill(content, (byte) ('a' + i));
                all.add(() -> {
                    start.await();
                    try {
                        file(contested).create(content);
                        return true;
                    } catch (FileAlreadyExistsException lost) {
                        return false;
                    }
                });
            }
            assertThat(countTrue(all)).isEqualTo(1);
            byte[] content = Files.readAllBytes(contested);
            assertThat(content).hasSize(100_000).containsOnly(content[0]);
        }
        assertThat(names()).hasSize(20);
    }

    @Test
    void ofManyReplacingAtOnceNothingIsLost() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path arena = Files.createDirectory(folder.resolve("round" + round));
            Path contested = arena.resolve("login.session");
            Files.writeString(contested, "0");
            int writers = 4;
            CyclicBarrier start = new CyclicBarrier(writers);
            Set<String> told = ConcurrentHashMap.newKeySet();
            told.add("0");
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 1; i <= writers; i++) {
                String content = Integer.toString(i);
                all.add(() -> {
                    start.await();
                    try {
                        file(contested).replace(bytes(content));
                        return told.add(content);
                    } catch (FileSystemException busy) {
                        assertThat(busy).hasMessageContaining("another program");
                        return false;
                    }
                });
            }
            assertThat(countTrue(all)).isPositive();
            // Whoever was told that a file is kept finds it: under its name or among the old ones.
            assertThat(contents(arena)).containsExactlyInAnyOrderElementsOf(told);
        }
    }

    @Test
    void aNumberIsFreeOnlyIfTheJournalFindsRoomToo() throws IOException {
        Files.writeString(target, "old");
        Files.writeString(folder.resolve("login.session-journal"), "way back");
        Files.createDirectory(folder.resolve("login.session.bak-journal"));

        assertThat(file(target).replace(bytes("new"))).contains(folder.resolve("login.session.bak.1"));
        assertThat(folder.resolve("login.session.bak.1-journal")).hasContent("way back");
        assertThat(folder.resolve("login.session.bak-journal")).isDirectory();
    }

    @Test
    void theOldOneIsKeptUnderTheNextFreeNumber() throws IOException {
        Files.writeString(target, "first");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(file(target).replace(bytes("second"))).contains(folder.resolve("login.session.bak"));
        assertThat(file(target).replace(bytes("third"))).contains(folder.resolve("login.session.bak.1"));
        assertThat(file(target).replace(bytes("fourth"))).contains(folder.resolve("login.session.bak.2"));
        assertThat(target).hasContent("fourth");
        assertThat(folder.resolve("login.session.bak")).hasContent("first");
        assertThat(folder.resolve("login.session.bak.1")).hasContent("second");
        assertThat(folder.resolve("login.session.bak.2")).hasContent("third");
        assertThat(modes(folder.resolve("login.session.bak"))).isEqualTo("rw-------");
        assertThat(modes(target)).isEqualTo("rw-------");
        assertThat(names()).hasSize(4);
    }

    @Test
    void replacingNothingIsCreating() throws IOException {
        assertThat(file(target).replace(bytes("new"))).isEmpty();
        assertThat(target).hasContent("new");
        assertThat(names()).containsExactly("login.session");
    }

    @Test
    void aFolderOrALinkIsNotReplaced() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
        Path room = Files.createDirectory(folder.resolve("room"));

        assertThatThrownBy(() -> file(link).replace(bytes("new"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> file(room).replace(bytes("new"))).isInstanceOf(FileSystemException.class);
        assertThat(victim).hasContent("precious");
        assertThat(names()).containsExactly("link", "room", "victim");
    }

    @Test
    void aJournalStaysWithTheFileItBelongsTo() throws IOException {
        Files.writeString(target, "old");
        Files.writeString(folder.resolve("login.session-journal"), "way back");
        file(target).replace(bytes("new"));

        assertThat(names()).containsExactly("login.session", "login.session.bak", "login.session.bak-journal");
        assertThat(folder.resolve("login.session.bak-journal")).hasContent("way back");
    }

    @Test
    void aJournalWithoutItsFileIsSetAside() throws IOException {
        Files.writeString(folder.resolve("login.session-journal"), "of a file long gone");
        Files.writeString(folder.resolve("login.session-wal"), "too");
        file(target).create(bytes("new"));

        assertThat(names()).containsExactly("login.session", "login.session-journal.bak", "login.session-wal.bak");
    }

    @Test
    void leftoversOfKilledRunsAreRemovedOnceTheyAreOld() throws IOException {
        leftover(".login.session.0123456789abcdef.tmp", 3601);
        leftover(".login.session.0123456789abcde0.tmp", 3599);
        leftover(".login.session.0123456789abcdeg.tmp", 9999);
        leftover(".login.session.0123.tmp", 9999);
        leftover(".other.session.0123456789abcdef.tmp", 9999);
        file(target).create(bytes("new"));

        assertThat(names())
                .containsExactly(
                        ".login.session.0123.tmp",
                        ".login.session.0123456789abcde0.tmp",
                        ".login.session.0123456789abcdeg.tmp",
                        ".other.session.0123456789abcdef.tmp",
                        "login.session");
    }

    @Test
    void aFolderIsTriedWithoutATrace() throws IOException {
        file(target).checkFolder();
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> file(folder.resolve("missing/login.session")).checkFolder())
                .isInstanceOf(IOException.class);
    }

    @Test
    void theRootIsNoFile() {
        assertThatThrownBy(() -> file(Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
    }

    /** A zip file is a file system without links, without modes and without atomic renaming. */
    @Test
    void worksWhereThereAreNoLinksAndNoModes() throws IOException {
        URI zip = URI.create("jar:" + folder.resolve("plain.zip").toUri());
        try (FileSystem plain = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path there = plain.getPath("/login.session");
            file(there).create(bytes("first"));
            assertThatThrownBy(() -> file(there).create(bytes("x"))).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readString(there)).isEqualTo("first");

            assertThat(file(there).replace(bytes("second"))).map(Path::toString).contains("/login.session.bak");
            assertThat(Files.readString(there)).isEqualTo("second");
            assertThat(Files.readString(plain.getPath("/login.session.bak"))).isEqualTo("first");
            try (Stream<Path> all = Files.list(plain.getPath("/"))) {
                assertThat(all).hasSize(2);
            }
        }
    }

    private static PrivateFile file(Path path) {
        return new PrivateFile(path, new SecureRandom(), InstantSource.fixed(NOW));
    }

    private static long countTrue(List<Callable<Boolean>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            long count = 0;
            for (Future<Boolean> one : threads.invokeAll(all)) {
                count += one.get() ? 1 : 0;
            }
            return count;
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> contents(Path folder) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }

    private void leftover(String name, long secondsOld) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsOld)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String modes(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aFolderThatIsMadeIsForItsOwnerAloneAndOneThatIsThereStays() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(there);

        PrivateFile.createFolder(there);
        PrivateFile.createFolder(there.resolve("state/logins"));

        assertThat(Files.getPosixFilePermissions(there)).isEqualTo(before);
        for (String made : List.of("state", "state/logins")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there.resolve(made))))
                    .isEqualTo("rwx------");
        }
    }
}
