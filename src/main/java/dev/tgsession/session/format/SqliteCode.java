package dev.tgsession.session.format;

import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.util.LibraryLoaderUtil;

/** Where is the native code of SQLite that this machine loads: among the resources, and on the disk when it is loaded? */
public final class SqliteCode {
    /** Where the library puts it before it loads it. */
    private static final String PLACE = "org.sqlite.tmpdir";

    /** Where it lies already. */
    private static final String READY = "org.sqlite.lib.path";

    private SqliteCode() {}

    /** The name of the file. */
    public static String fileName() {
        return LibraryLoaderUtil.getNativeLibName();
    }

    /** The resource, by its whole name; there is none for machines that SQLite was not built for. */
    public static String resource() {
        return LibraryLoaderUtil.getNativeLibResourcePath() + "/" + fileName();
    }

    /** Opens a database; the first one loads the code, which must lie somewhere for that. */
    static SQLiteConnection connect(SQLiteConfig config, String url) throws SQLException {
        boolean chosen = System.getProperty(PLACE) != null || System.getProperty(READY) != null;
        if (!chosen) {
            System.setProperty(PLACE, PassingPlace.find().toString());
        }
        return (SQLiteConnection) config.createConnection(url);
    }
}
