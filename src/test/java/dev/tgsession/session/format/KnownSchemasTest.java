package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownSchemasTest {
    private static final int HEADER_SIZE = 100;

    @TempDir
    private Path folder;

    @Test
    void aPageLikeOneThatWasUnderstoodNeedsNoReading() throws Exception {
        byte[] content = made("create table one (a integer primary key, b text)");

        PlainDatabase first = PlainDatabase.of(content).orElseThrow();
        Optional<PlainSchema> known = KnownSchemas.find(PageFile.of(content, 4096), 4096);

        assertThat(known.orElseThrow().realTables()).isEqualTo(first.tables()).hasSize(1);
        assertThat(PlainDatabase.of(content).orElseThrow().tables()).isSameAs(first.tables());
    }

    @Test
    void anyOtherByteRoomOrNumberOfPagesIsAnotherSchema() throws Exception {
        byte[] content = made("create table two (a integer primary key, b text)");
        assertThat(PlainDatabase.of(content)).isPresent();
        PageFile pages = PageFile.of(content, 4096);
        assertThat(KnownSchemas.find(pages, 4096)).isPresent();

        assertThat(KnownSchemas.find(pages, 4095)).isEmpty();
        assertThat(KnownSchemas.find(PageFile.of(new byte[0], 4096), 4096)).isEmpty();
        byte[] longer = Arrays.copyOf(content, content.length + 4096);
        assertThat(KnownSchemas.find(PageFile.of(longer, 4096), 4096)).isEmpty();
        for (int at : List.of(HEADER_SIZE, 2000, 4095)) {
            byte[] other = content.clone();
            other[at] ^= 1;
            assertThat(KnownSchemas.find(PageFile.of(other, 4096), 4096)).isEmpty();
        }
        // What stands in the header is looked at each time.
        byte[] otherHeader = content.clone();
        otherHeader[27] ^= 1;
        assertThat(KnownSchemas.find(PageFile.of(otherHeader, 4096), 4096)).isPresent();
        assertThat(PlainDatabase.of(otherHeader)).isEmpty();
    }

    /** A statement is remembered by its text; the roots of its indexes are each file's own. */
    @Test
    void theSameStatementInAnotherFileHasRootsOfItsOwn() throws Exception {
        String table = "create table keyed (a text, b integer, c blob, unique (a, b))";
        byte[] alone = made(table);
        byte[] second = made("create table before (x integer)", table);

        assertThat(rows(alone)).containsExactly("1", "2");
        assertThat(rows(second)).containsExactly("1", "2");
        for (byte[] content : List.of(alone, second, alone)) {
            assertThat(PlainDatabase.of(content).orElseThrow().isSound()).contains(true);
        }
    }

    private static List<String> rows(byte[] content) throws IOException {
        List<String> rows = new ArrayList<>();
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("some", content))) {
            database.read(database.table("keyed").orElseThrow(), List.of("b"), row -> {
                rows.add(row.text("b").orElse(""));
                return true;
            });
            assertThat(database.isReadBySqlite()).isFalse();
        }
        return rows;
    }

    private byte[] made(String... statements) throws Exception {
        Path file = folder.resolve("made");
        Files.deleteIfExists(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
                if (sql.contains("keyed")) {
                    statement.execute("insert into keyed values ('x', 1, x'00'), ('y', 2, null)");
                }
            }
        }
        return Files.readAllBytes(file);
    }
}
