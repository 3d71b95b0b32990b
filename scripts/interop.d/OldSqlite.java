import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads session files with the SQLite that is on the class path, and prints what it saw, one fact a line.
 *
 * <p>Started as a single source file, in a process of its own, with sqlite-jdbc 3.7.2: SQLite as it was in 2010.
 */
public final class OldSqlite {
    public static void main(String[] args) throws Exception {
        Class.forName("org.sqlite.JDBC");
        for (String file : args) {
            System.out.println("file " + file);
            read(file);
        }
    }

    private static void read(String name) throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + name);
                Statement statement = file.createStatement()) {
            System.out.println("sqlite " + one(statement, "select sqlite_version()"));
            System.out.println("integrity " + one(statement, "pragma integrity_check"));
            System.out.println("schema " + one(statement, "select * from version"));
            List<String> tables = tables(statement);
            for (String table : tables) {
                System.out.println("rows " + table + " " + one(statement, "select count(*) from " + table));
                readEveryCell(statement, table);
            }
            System.out.println("key " + one(statement, "select length(auth_key) from sessions"));
            if (tables.contains("entities")) {
                System.out.println("self " + one(statement, "select hash from entities where id = 0"));
            }
        }
    }

    private static List<String> tables(Statement statement) throws Exception {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select name from sqlite_master where type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static String one(Statement statement, String query) throws Exception {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }

    private static void readEveryCell(Statement statement, String table) throws Exception {
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getBytes(column);
                }
            }
        }
    }
}
