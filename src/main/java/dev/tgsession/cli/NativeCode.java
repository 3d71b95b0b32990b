package dev.tgsession.cli;

import dev.tgsession.session.format.SqliteCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.OSInfo;

/** Takes the libraries' native code out of the jar, once, so that not every start has to. */
final class NativeCode {
    private NativeCode() {}

    /** Puts what this machine needs into the folder; a machine that there is none for needs none. */
    static void unpack(Path folder) throws IOException {
        copy(SqliteCode.resource(), folder.resolve(SqliteCode.fileName()));
        String jline = System.mapLibraryName("jlinenative");
        copy("/org/jline/nativ/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + jline, folder.resolve(jline));
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream from = NativeCode.class.getResourceAsStream(resource)) {
            if (from != null) {
                Files.copy(from, to);
            }
        }
    }
}
