package dev.tgsession.session.format;

import org.sqlite.util.LibraryLoaderUtil;

/** Where among the resources is the native code of SQLite that this machine would load? */
public final class SqliteCode {
    private SqliteCode() {}

    /** The name of the file. */
    public static String fileName() {
        return LibraryLoaderUtil.getNativeLibName();
    }

    /** The resource, by its whole name; there is none for machines that SQLite was not built for. */
    public static String resource() {
        return LibraryLoaderUtil.getNativeLibResourcePath() + "/" + fileName();
    }
}
