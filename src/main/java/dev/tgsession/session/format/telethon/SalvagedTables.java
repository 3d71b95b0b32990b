package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.SqlitePages;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.SqliteTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a damaged Telethon file, as far as its pages still show them. Rows on pages that the damage cut off from
 * their table are told by their values: a session by its key of 256 bytes, a peer by a hash, texts and nothing else.
 */
final class SalvagedTables implements SqliteTables {
    private static final int KEY_SIZE = 256;

    private final SqlitePages pages;
    private final List<SqliteTable> tables;
    private final boolean schemaLost;

    SalvagedTables(SqlitePages pages) {
        this.pages = pages;
        this.schemaLost = !TelethonSchema.isIn(pages);
        this.tables = schemaLost ? usual() : pages.tables();
    }

    /** Whether any of Telethon's tables are known to be there; if not, only a row with a key can tell. */
    boolean isTelethons() {
        return !schemaLost;
    }

    @Override
    public List<SqliteTable> tables() {
        return tables;
    }

    @Override
    public void read(SqliteTable table, List<String> wanted, RowReader reader) throws IOException {
        if (table.name().equalsIgnoreCase(TelethonSchema.ENTITIES)) {
            // First what was cut off: of two rows with one id the one in the tree is the newer, and comes last.
            readCutOff(TelethonSchema.ENTITIES, SalvagedTables::isEntity, reader);
        }
        boolean[] any = new boolean[1];
        if (!schemaLost) {
            pages.read(table, wanted, row -> {
                any[0] |= row.bytes("auth_key").isPresent();
                return reader.onRow(row);
            });
        }
        if (table.name().equalsIgnoreCase(TelethonSchema.SESSIONS) && !any[0]) {
            readCutOff(TelethonSchema.SESSIONS, SalvagedTables::isSession, reader);
        }
    }

    private void readCutOff(String name, Wanted wanted, RowReader reader) throws IOException {
        List<String> columns = TelethonSchema.columns(name, TelethonSchema.NEWEST);
        pages.readCutOff(row -> !wanted.is(row) || reader.onRow(row.renamed(columns)));
    }

    private static boolean isSession(SqliteRow row) {
        boolean key = row.bytes("3").filter(bytes -> bytes.length == KEY_SIZE).isPresent();
        boolean address = row.isNull("1") || row.stored("1").orElseThrow() instanceof String;
        return key && address && row.number("2").isPresent();
    }

    private static boolean isEntity(SqliteRow row) {
        return row.number("1").isPresent()
                && isTextOrNull(row, "2")
                && (row.isNull("3") || row.text("3").isPresent())
                && isTextOrNull(row, "4")
                && (row.isNull("5") || row.number("5").isPresent())
                && row.isNull("6")
                && (row.isNull("0") || row.number("0").isPresent());
    }

    private static boolean isTextOrNull(SqliteRow row, String column) {
        Optional<Object> value = row.stored(column);
        return value.isEmpty() || value.get() instanceof String;
    }

    private static List<SqliteTable> usual() {
        List<SqliteTable> usual = new ArrayList<>();
        for (String name : TelethonSchema.tables(TelethonSchema.WRITTEN)) {
            usual.add(new SqliteTable(name, TelethonSchema.columns(name, TelethonSchema.WRITTEN), false, true));
        }
        return usual;
    }

    private interface Wanted {
        boolean is(SqliteRow row);
    }
}
