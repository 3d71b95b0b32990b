package dev.tgsession.cli;

import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonUpgrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a session that was changed as the file was that it came from, so that the same program opens it. */
final class SameForm {
    private SameForm() {}

    /**
     * In the form it had; of Telethon's in the version it had.
     *
     * @param source what was there before
     * @param fresh is there and empty
     */
    static void write(SessionFormat format, SessionFormats formats, SessionSource source, Session session, Path fresh)
            throws IOException {
        byte[] content = format.write(session).toFileBytes();
        boolean telethon = format.name().equals(formats.usual().name());
        int schema = telethon ? TelethonUpgrade.schemaOf(source) : TelethonUpgrade.USUAL;
        if (schema == TelethonUpgrade.USUAL) {
            Files.write(fresh, content);
        } else {
            TelethonUpgrade.plan(SessionSource.ofBytes(source.name(), content), schema, true)
                    .writeTo(fresh, RowProgress.UNWATCHED);
        }
    }
}
