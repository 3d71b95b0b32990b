package dev.tgsession.examples;

import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.SessionStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** Made with {@code create table bot_session (id integer primary key, file blob not null)}. */
public record JdbcStore(Connection database) implements SessionStore {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());

    @Override
    public Optional<Session> load() throws IOException {
        try (var select = database.prepareStatement("select file from bot_session");
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(FORMATS.read(SessionSource.ofBytes("the table", row.getBytes(1))))
                    : Optional.empty();
        } catch (SQLException failed) {
            throw new IOException("the session cannot be read", failed);
        }
    }

    @Override
    public void save(Session session) throws IOException {
        try (var insert = database.prepareStatement("insert or replace into bot_session values (1, ?)")) {
            insert.setBytes(1, FORMATS.usual().write(session).toFileBytes());
            insert.executeUpdate();
        } catch (SQLException failed) {
            throw new IOException("the session cannot be saved", failed);
        }
    }
}
