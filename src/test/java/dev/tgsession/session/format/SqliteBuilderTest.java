package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBuilderTest {
    @TempDir
    private Path folder;

    @Test
    void rowsComeOutOfTheFileAsTheyWentIn() throws IOException {
        byte[] file;
        try (SqliteBuilder builder = new LibraryBuilder()) {
            builder.execute("CREATE TABLE t (a integer primary key, b text)");
            List<Object[]> rows = new ArrayList<>();
            for (long i = 0; i < 201; i++) {
                rows.add(new Object[] {i, "row " + i});
            }
            rows.add(new Object[] {7L, "the later one stays"});
            builder.insertAll("t", 2, rows.iterator());
            builder.insert("t", 999L, null);
            file = builder.toFile();
        }

        List<String> read = new ArrayList<>();
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("built", file))) {
            database.read(database.table("t").orElseThrow(), List.of("a", "b"), row -> {
                read.add(row.number("a").orElseThrow() + " " + row.text("b").orElse("nothing"));
                return true;
            });
            assertThat(database.isSound()).contains(true);
        }
        assertThat(read).hasSize(202).contains("0 row 0", "200 row 200", "7 the later one stays", "999 nothing");
    }

    @Test
    void whatDoesNotFitIsOurFault() throws IOException {
        try (SqliteBuilder builder = new LibraryBuilder()) {
            assertThatThrownBy(() -> builder.execute("CREATE NONSENSE")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> builder.insert("nowhere", 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** In a process of its own: the library is loaded once for all. */
    @Test
    void aLibraryThatDoesNotRunIsSaidInASentence() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.sqlite.tmpdir=" + folder.resolve("missing"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("The database library cannot be loaded, so no session file can be made."
                        + " the database library cannot be loaded");
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (SqliteBuilder builder = new LibraryBuilder()) {
                builder.execute("CREATE TABLE t (a)");
            } catch (UnwritableSessionException refused) {
                System.out.print(refused.getMessage());
            }
            byte[] file = Arrays.copyOf("SQLite format 3\0\20".getBytes(StandardCharsets.US_ASCII), 4096);
            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("file", file))) {
                System.out.print(database.tables());
            } catch (IOException refused) {
                System.out.print(" " + refused.getMessage());
            }
        }
    }
}
