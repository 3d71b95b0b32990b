package dev.tgsession.session.format.telethon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What SQLite itself sees in a file, without any of our reading; of a copy, as looking may change a file. */
final class RawTables {
    private final Path copy;

    RawTables(Path file, Path scratch) throws IOException {
        copy = Files.createTempFile(scratch, "copy", ".db");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        for (String ending : List.of("-journal", "-wal")) {
            Path beside = file.resolveSibling(file.getFileName() + ending);
            if (Files.exists(beside)) {
                Files.copy(beside, copy.resolveSibling(copy.getFileName() + ending));
            }
        }
    }

    /** The statements that made the tables, to the letter. */
    List<String> statements() throws SQLException {
        return column("select sql from sqlite_master where sql is not null order by rowid");
    }

    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Every row of a table, each as its columns by name; values with their type. None if there is no such table. */
    List<TreeMap<String, String>> rows(String table) throws SQLException {
        List<TreeMap<String, String>> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery(
                    "select 1 from sqlite_master where type = 'table' and name = '" + table + "'")) {
                if (!there.next()) {
                    return all;
                }
            }
            try (ResultSet rows = statement.executeQuery("select * from " + table + " order by 1, 2")) {
                while (rows.next()) {
                    TreeMap<String, String> row = new TreeMap<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.put(rows.getMetaData().getColumnName(i), text(rows.getObject(i)));
                    }
                    all.add(row);
                }
            }
        }
        return all;
    }

    private static String text(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return value instanceof String ? "'" + value + "'" : value.toString();
    }
}
