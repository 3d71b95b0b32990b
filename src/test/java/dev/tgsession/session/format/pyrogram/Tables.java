package dev.tgsession.session.format.pyrogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database file of a test's own, seen by plain SQL. */
record Tables(Path file) {
    static final String SCHEMA = "select type, name, tbl_name, rootpage, sql from sqlite_master order by rowid";

    static Tables of(Path folder, byte[] content) throws IOException {
        return new Tables(Files.write(Files.createTempFile(folder, "tables", ".session"), content));
    }

    /** A copy, since the driver may write beside it. */
    static Tables ofFixture(Path folder, String name) throws IOException {
        return of(folder, Files.readAllBytes(Fixtures.file(name)));
    }

    List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Changes it, one statement after the other. */
    Tables with(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }
}
