package dev.tgsession.session.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonSqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is found in a file in a quick way is whom a look at all peers finds. */
class FindingPeersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final SessionFormats FORMATS = SessionFormats.standard(CLOCK);

    private static final List<String> QUERIES = List.of(
            "@anna_1",
            "@ANNA_77",
            "https://t.me/anna_3000",
            "@anna_9999999",
            "@anna_",
            "@mixed",
            "Anna Number 5",
            "anna_12",
            "+491510000005",
            "+49 151 0000 6",
            "+4915199999999",
            "7",
            "-1000000000013",
            "13",
            "31",
            "777",
            "0",
            "@owner",
            "491510000005",
            "@İ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"50, false", "50, true", "60000, false", "60000, true"})
    void theQuickWayFindsTheSame(int peers, boolean indexed) throws IOException, java.sql.SQLException {
        Path file = Files.createFile(folder.resolve("some.session"));
        TelethonSqlite format = new TelethonSqlite(CLOCK);
        Session session = session()
                .withAccount(new Account(
                        777,
                        false,
                        Optional.of(42L),
                        Optional.of("Owner"),
                        Optional.empty(),
                        Optional.of("owner"),
                        Optional.empty()));
        (indexed ? format.indexed() : format).write(session, peers(peers), file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            // Somebody else's hand: capitals, a number below zero, and one name that two have.
            statement.execute("update entities set username = 'Mixed' where id = 20");
            statement.execute("update entities set username = 'mIXED', date = 2000000000 where id = 21");
            statement.execute("update entities set phone = -491510000005 where id = 22");
        }
        SessionSource source = SessionSource.ofFile(file);
        EntityCache all = EntityCache.of(FORMATS.read(source));

        for (String query : QUERIES) {
            // What else was taken from whom is seen only by a look at all.
            assertThat(FORMATS.find(source, query).find(query).map(Peer::markedId))
                    .as(query)
                    .isEqualTo(all.find(query).map(Peer::markedId));
        }
        assertThat(folder.toFile().list()).containsExactly("some.session");
    }

    /** A file may be made so that all its peers go by one name, to fill the memory. */
    @Test
    void thereIsAnEndToThoseWhoGoByOneName() throws IOException {
        Path file = Files.createFile(folder.resolve("many.session"));
        new TelethonSqlite(CLOCK)
                .write(
                        session(),
                        visitor -> {
                            for (int i = 1; i < 90_000; i++) {
                                visitor.onPeer(peer(i, Optional.of("same"), Optional.empty(), "x"));
                            }
                        },
                        file);

        assertThatThrownBy(() -> FORMATS.find(SessionSource.ofFile(file), "@same"))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("There is no end to the peers that go by that name.");
        assertThat(FORMATS.find(SessionSource.ofFile(file), "5000").byId(5000)).isPresent();
    }

    private static Session session() {
        byte[] key = new byte[256];
        key[0] = 1;
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key));
    }

    private static Peers peers(int count) {
        return visitor -> {
            for (int i = count / 10; i >= 1; i--) {
                visitor.onPeer(peer(-1_000_000_000_000L - i, Optional.of("news_" + i), Optional.empty(), "News"));
            }
            for (int i = 1; i <= count; i++) {
                visitor.onPeer(peer(
                        i,
                        Optional.of("anna_" + i).filter(name -> !name.endsWith("8")),
                        Optional.of("49151000000" + i).filter(phone -> phone.length() % 2 == 0),
                        "Anna Number " + i % 1000));
            }
        };
    }

    private static Peer peer(long id, Optional<String> username, Optional<String> phone, String name) {
        return new Peer(id, id * 7919, username, phone, Optional.of(name), Optional.of(Instant.ofEpochSecond(1)));
    }
}
