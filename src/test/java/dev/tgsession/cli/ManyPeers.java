package dev.tgsession.cli;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;

/** A Telethon file of somebody who has met many, made by SQLite itself in no time. */
final class ManyPeers {
    private ManyPeers() {}

    /** Writes it: as many users as said, and row 0, which tells whose it is. */
    static Path write(Path file, int users) throws IOException {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withAccount(Account.of(777, false));
        SessionFormats formats = SessionFormats.standard(InstantSource.system());
        Files.write(file, formats.usual().write(session).toFileBytes());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < " + users
                    + ") insert into entities select 1000 + i, random(), 'somebody' || i, 15550000000 + i,"
                    + " 'Somebody Number ' || i, 1700000000 from n");
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
        // Whatever others may read is a finding.
        if (!file.toFile().setReadable(false, false) || !file.toFile().setReadable(true, true)) {
            throw new IOException("the mode of the file does not change");
        }
        return file;
    }
}
