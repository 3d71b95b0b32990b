package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.examples.JdbcStore;
import dev.tgsession.examples.MapStore;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores the README shows keep what it promises. */
class ExampleStoresTest {
    private static final Path EXAMPLES = Path.of("src/test/java/dev/tgsession/examples");

    @Nested
    class OverAMap extends StoreContract {
        private final Map<String, Session> sessions = new ConcurrentHashMap<>();

        @Override
        SessionStore open() {
            return new MapStore(sessions, "anna");
        }

        @Override
        boolean removes() {
            return false;
        }
    }

    @Nested
    class OverJdbc extends StoreContract {
        private final Connection database = newDatabase();

        private Connection newDatabase() {
            try {
                Connection made = DriverManager.getConnection("jdbc:sqlite::memory:");
                try (var statement = made.createStatement()) {
                    statement.execute("create table bot_session (id integer primary key, file blob not null)");
                }
                return made;
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
        }

        @AfterEach
        void closeDatabase() throws SQLException {
            database.close();
        }

        @Override
        SessionStore open() {
            return new JdbcStore(database);
        }

        @Override
        Session kept(Session session) {
            return FileStoreTest.asTelethonKeepsIt(session);
        }

        @Override
        boolean removes() {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MapStore", "JdbcStore", "Greeter", "ConsoleTalk"})
    void theReadmeShowsJustThisCode(String name) throws IOException {
        String code = Files.readString(EXAMPLES.resolve(name + ".java"));
        // Without the imports, which every editor writes.
        String shown = code.substring(code.lastIndexOf("import ")).split("\n\n", 2)[1];

        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + shown + "```\n");
    }

    @Test
    void bothAreShort() throws IOException {
        for (String name : new String[] {"MapStore", "JdbcStore"}) {
            String code = Files.readString(EXAMPLES.resolve(name + ".java"));
            long lines = code.lines()
                    .dropWhile(line -> !line.startsWith("public"))
                    .filter(line -> !line.isBlank())
                    .count();
            assertThat(lines).as(name).isLessThanOrEqualTo(24);
        }
    }
}
