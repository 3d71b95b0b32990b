package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import dev.tgsession.session.format.SqliteTables.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * SQLite's own library at work on a database that somebody else wrote.
 *
 * <p>The content is not trusted: functions with side effects are off, rows are limited in size and reading in work, only
 * real tables are read, and only columns that are asked for by name.
 */
final class SqliteEngine implements AutoCloseable {
    /** No session has a row of this size; a larger one is reported as damage. */
    private static final int LARGEST_ROW = 1 << 20;

    /** After each million steps of SQLite's machine we are asked whether to go on. */
    private static final int STEPS_PER_QUESTION = 1_000_000;

    /** A million peers take some ten million steps a reading, so this is far beyond any honest file. */
    private static final int MOST_QUESTIONS = 200;

    /** Telethon makes five; what comes after so many is not looked at. */
    private static final int MOST_TABLES = 200;

    private final SQLiteConnection connection;
    private final RowProgress progress;
    private final List<SqliteTable> tables;
    private final Optional<Boolean> opensInOldSqlite;

    /** Whether anything in the file is computed by formulas of its author when rows are read or examined. */
    private boolean computes;

    private SqliteEngine(SQLiteConnection connection, RowProgress progress) throws SQLException {
        this.connection = connection;
        this.progress = progress;
        this.tables = readTables();
        this.opensInOldSqlite = readAge();
    }

    /** See {@link SqliteDatabase#settle}. */
    static void settle(Path file) {
        try (SQLiteConnection connection = SqliteCode.connect(new SQLiteConfig(), "jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("pragma trusted_schema = off");
            statement.execute("select count(*) from sqlite_master");
            statement.execute("pragma journal_mode = delete");
        } catch (SQLException asItIs) {
            // A damaged file keeps what lies beside it.
        }
    }

    /**
     * Opens it.
     *
     * @throws MalformedSessionException if it is no database, or too damaged to open
     * @throws IOException if SQLite's library does not run
     */
    static SqliteEngine open(Snapshot snapshot, RowProgress progress) throws IOException {
        try {
            SQLiteConnection connection = connect(snapshot);
            try {
                secure(connection);
                return new SqliteEngine(connection, progress);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLiteException failed) {
            throw damaged(failed, snapshot.findings());
        } catch (SQLException | LinkageError failed) {
            // Without a code of SQLite's it did not come that far: its library was not loaded.
            throw new IOException("the database library cannot be loaded", failed);
        }
    }

    List<SqliteTable> tables() {
        return tables;
    }

    Optional<Boolean> opensInOldSqlite() {
        return opensInOldSqlite;
    }

    /** The rows behind the first so many, which are passed over. */
    void read(SqliteTable table, List<String> wanted, long skipped, RowReader reader) throws IOException {
        List<String> columns = new ArrayList<>();
        StringBuilder sql = new StringBuilder("select ");
        for (String column : wanted) {
            if (table.has(column)) {
                sql.append(columns.isEmpty() ? "" : ", ").append(quoted(column));
                columns.add(column);
            }
        }
        if (columns.isEmpty()) {
            return;
        }
        // "not indexed": an index somebody added could hold other values than the table.
        String from = " from " + quoted(table.name()) + " not indexed";
        sql.append(from);
        long total = progress != RowProgress.UNWATCHED ? count(from) : 0;
        progress.onRows(0, total);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            for (int count = 1; rows.next(); count++) {
                if (count > SqliteDatabase.MOST_ROWS) {
                    throw new MalformedSessionException(Finding.error(
                            "too-many-rows", "There is no end to the rows of a table.", "Is it the right file?"));
                }
                @Nullable Object[] values = new Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                if (count > skipped && !reader.onRow(new SqliteRow(columns, values))) {
                    return;
                }
                if (count % RowProgress.STEP == 0) {
                    progress.onRows(Math.min(count, total), total);
                }
            }
        } catch (SQLException failed) {
            throw damaged(failed, List.of());
        } finally {
            progress.onRows(total, total);
        }
    }

    /** Without looking into the rows; 0 if they cannot be counted, and then nothing is told of them. */
    private long count(String from) {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select count(*)" + from)) {
            return answer.next() ? answer.getLong(1) : 0;
        } catch (SQLException damaged) {
            return 0;
        }
    }

    /** See {@link SqliteDatabase#isSound}. */
    Optional<Boolean> isSound() {
        if (computes) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma integrity_check(1)")) {
            return Optional.of(answer.next() && "ok".equals(answer.getString(1)));
        } catch (SQLException failed) {
            return Optional.of(false);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IOException("the database could not be closed", failed);
        }
    }

    private static SQLiteConnection connect(Snapshot snapshot) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        if (snapshot.copy().isPresent()) {
            // As a URI: a path may have letters that mean something in a JDBC address.
            String uri = snapshot.copy().get().file("session").toUri().toString();
            return SqliteCode.connect(config, "jdbc:sqlite:" + uri);
        }
        SQLiteConnection connection = SqliteCode.connect(config, "jdbc:sqlite::memory:");
        try {
            connection.deserialize("main", snapshot.memory().orElseThrow());
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private static void secure(SQLiteConnection connection) throws SQLException {
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LARGEST_ROW);
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        ProgressHandler.setHandler(connection, STEPS_PER_QUESTION, new ProgressHandler() {
            private int questions;

            @Override
            protected int progress() {
                return ++questions > MOST_QUESTIONS ? 1 : 0;
            }
        });
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma trusted_schema = off");
            statement.execute("pragma cell_size_check = on");
            statement.execute("pragma query_only = on");
            statement.execute("pragma ignore_check_constraints = on");
        }
    }

    /** A root page of 0 marks views and virtual tables, whose rows are made by code. */
    private List<SqliteTable> readTables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from sqlite_master where type = 'table' and"
                        + " rootpage > 0 and name not like 'sqlite\\_%' escape '\\' order by rowid limit "
                        + MOST_TABLES)) {
            while (rows.next()) {
                String name = rows.getString(1);
                if (name != null) {
                    names.add(name);
                }
            }
        }
        // What is not looked at may be anything.
        computes = names.size() == MOST_TABLES;
        List<SqliteTable> result = new ArrayList<>();
        for (String name : names) {
            result.add(readTable(name));
        }
        return List.copyOf(result);
    }

    private SqliteTable readTable(String name) throws SQLException {
        boolean withoutRowid = false;
        boolean strict = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma table_list(" + quoted(name) + ")")) {
            while (rows.next()) {
                if ("main".equals(rows.getString("schema"))) {
                    withoutRowid = rows.getInt("wr") != 0;
                    strict = rows.getInt("strict") != 0;
                }
            }
        }
        List<String> columns = new ArrayList<>();
        boolean generated = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma table_xinfo(" + quoted(name) + ")")) {
            while (rows.next()) {
                if (rows.getInt("hidden") == 0) {
                    columns.add(String.valueOf(rows.getString("name")));
                } else {
                    generated = true;
                }
            }
        }
        computes |= generated;
        return new SqliteTable(name, columns, withoutRowid, !withoutRowid && !strict && !generated);
    }

    /** Tables tell by themselves; an index with a condition or an expression was not known before 3.8.0 and 3.9.0. */
    private Optional<Boolean> readAge() throws SQLException {
        boolean old = true;
        for (SqliteTable table : tables) {
            old &= table.plain();
        }
        boolean code = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select type, sql, rootpage from sqlite_master")) {
            while (rows.next()) {
                String type = String.valueOf(rows.getString(1));
                String sql = String.valueOf(rows.getString(2)).toLowerCase(Locale.ROOT);
                boolean index = type.equals("index");
                boolean newIndex = index && (sql.contains("where") || isExpression(sql));
                boolean realTable = type.equals("table") && rows.getLong(3) > 0;
                old &= !newIndex;
                code |= !realTable && !index;
                computes |= newIndex || code;
            }
        }
        return old && code ? Optional.empty() : Optional.of(old);
    }

    /** Whether an index is on more than columns: a second opening bracket. */
    private static boolean isExpression(String sql) {
        return sql.indexOf('(') != sql.lastIndexOf('(');
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** SQLite's own words may quote from the file, so they are kept as the cause only. */
    private static MalformedSessionException damaged(SQLException cause, List<Finding> known) {
        Finding finding = Finding.error(
                "corrupted-page",
                "The database is damaged: a page of it cannot be read.",
                "Look for a backup, or copy the file again from where it came.");
        for (Finding one : known) {
            finding = one.severity() == Severity.ERROR ? one : finding;
        }
        MalformedSessionException malformed = new MalformedSessionException(finding);
        malformed.initCause(cause);
        return malformed;
    }
}
