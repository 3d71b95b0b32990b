package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickLookTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void make() throws IOException {
        file = Files.createFile(folder.resolve("large.session"));
        SqliteBuilder.inFile(file, builder -> {
            builder.execute("CREATE TABLE t (id integer primary key, name text)");
            try (SqliteBuilder.Rows rows = builder.rows("t", 2)) {
                for (long i = 0; i < 2000; i++) {
                    rows.number(i).text("name " + i + " ".repeat(1500)).end();
                }
            }
        });
    }

    @Test
    void aLargeFileIsLookedAtWhereItLies() throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThat(QuickLook.at(SessionSource.ofFile(file), QuickLookTest::rows))
                .contains(2000L);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("large.session");
    }

    @Test
    void whatChangesMeanwhileDoesNotCount() {
        assertThat(QuickLook.at(SessionSource.ofFile(file), source -> {
                    long rows = rows(source);
                    Files.write(file, new byte[4096], StandardOpenOption.APPEND);
                    return rows;
                }))
                .isEmpty();
    }

    @Test
    void aFileThatIsCutShortMeanwhileDoesNotCount() {
        assertThat(QuickLook.at(SessionSource.ofFile(file), source -> {
                    try (SqliteDatabase database = SqliteDatabase.open(source)) {
                        SqliteTable table = database.table("t").orElseThrow();
                        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300 * 4096 + 10));
                        long[] rows = new long[1];
                        database.read(table, table.columns(), row -> ++rows[0] > 0);
                        return rows[0];
                    }
                }))
                .isEmpty();
    }

    /** The number of changes in the header tells, where the times of a file system are coarse. */
    @Test
    void aChangeThatTheTimeDoesNotShowDoesNotCount() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        assertThat(QuickLook.at(SessionSource.ofFile(file), source -> {
                    long rows = rows(source);
                    byte[] changed = Files.readAllBytes(file);
                    changed[27]++;
                    changed[95]++;
                    Files.write(file, changed);
                    Files.setLastModifiedTime(file, time);
                    return rows;
                }))
                .isEmpty();
    }

    @Test
    void aFileWithSomethingBesideItIsNotForALookInPassing() throws IOException {
        Files.write(folder.resolve("large.session-journal"), new byte[10]);

        assertThat(QuickLook.at(SessionSource.ofFile(file), QuickLookTest::rows))
                .isEmpty();
    }

    @Test
    void aSmallFileOrNoneIsNotEither() throws IOException {
        Path small = Files.write(folder.resolve("small.session"), new byte[4096]);

        assertThat(QuickLook.at(SessionSource.ofFile(small), source -> 1)).isEmpty();
        assertThat(QuickLook.at(SessionSource.ofFile(folder.resolve("none")), source -> 1))
                .isEmpty();
        assertThat(QuickLook.at(SessionSource.ofText("text"), source -> 1)).isEmpty();
    }

    /** SQLite's library would lock the file, and read a journal that comes meanwhile. */
    @Test
    void sqliteNeverSeesTheFileItself() throws IOException {
        byte[] damaged = Files.readAllBytes(file);
        damaged[300 * 4096] = 1;
        Files.write(file, damaged);

        assertThat(QuickLook.at(SessionSource.ofFile(file), QuickLookTest::rows))
                .isEmpty();
        assertThat(QuickLook.at(SessionSource.ofFile(file).bySqliteAlone(), QuickLookTest::rows))
                .isEmpty();
        assertThatThrownBy(() -> rows(SessionSource.ofFile(file))).isInstanceOf(MalformedSessionException.class);
    }

    private static long rows(SessionSource source) throws IOException {
        long[] rows = new long[1];
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            Optional<SqliteTable> table = database.table("t");
            database.read(table.orElseThrow(), table.get().columns(), row -> ++rows[0] > 0);
        }
        return rows[0];
    }
}
