package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    /** In the form of Heroku's. */
    @Test
    void aUrlOfHerokusIsUnderstood() throws StoreException {
        PostgresAddress address = PostgresAddress.of(
                "postgres://u7abc:p00ff11@c1.cluster-x.us-east-1.rds.amazonaws.com:5432/d4efg",
                Map.of("DYNO", "web.1"));
        Properties properties = address.properties();

        assertThat(address.jdbcUrl())
                .isEqualTo("jdbc:postgresql://c1.cluster-x.us-east-1.rds.amazonaws.com:5432/d4efg");
        assertThat(properties)
                .containsEntry("user", "u7abc")
                .containsEntry("password", "p00ff11")
                .as("a dyno's database is reached through a network of strangers")
                .containsEntry("sslmode", "require")
                .as("details quote rows, and rows hold keys")
                .containsEntry("logServerErrorDetail", "false");
        assertThat(address.sessionName()).isEmpty();
    }

    @Test
    void everythingMayBeLeftOutAndComesFromTheEnvironment() throws StoreException {
        PostgresAddress address = PostgresAddress.of(
                "postgresql://", Map.of("PGUSER", "me", "PGPASSWORD", "secret", "PGSSLMODE", "verify-full"));

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost:5432/me");
        assertThat(address.properties())
                .containsEntry("user", "me")
                .containsEntry("password", "secret")
                .containsEntry("sslmode", "verify-full");
    }

    @Test
    void theUrlCountsMoreThanTheEnvironment() throws StoreException {
        PostgresAddress address = PostgresAddress.of(
                "postgres://anna:hers@[2001:db8::1]:6000/a%20b%2Fc?sslmode=disable&connect_timeout=3#my%20bot",
                Map.of("PGUSER", "me", "PGPASSWORD", "secret", "PGSSLMODE", "require", "DYNO", "web.1"));

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://[2001:db8::1]:6000/a%20b%2Fc");
        assertThat(address.place()).isEqualTo("[2001:db8::1]:6000");
        assertThat(address.sessionName()).contains("my bot");
        assertThat(address.properties())
                .containsEntry("user", "anna")
                .containsEntry("password", "hers")
                .containsEntry("sslmode", "disable")
                .containsEntry("connectTimeout", "3");
    }

    @Test
    void passwordsMayHoldAnySignInPercentWriting() throws StoreException {
        PostgresAddress address = PostgresAddress.of("postgres://a:%40%3A%2F%3F%23%25%C3%BC+b@h/d", Map.of());

        assertThat(address.properties()).containsEntry("password", "@:/?#%ü+b");
    }

    @Test
    void nothingOfTheDriversThatCouldRunCodeCanBeSet() {
        for (String name : new String[] {"socketFactory", "sslfactory", "loggerFile", "options", "jaasLogin"}) {
            assertThatThrownBy(() -> PostgresAddress.of("postgres://h/d?" + name + "=x", Map.of()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("parameter");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:12#hunter2@h/d",
                "postgres://u:12/hunter2@h/d",
                "postgres://u:12?hunter2@h/d",
                "postgres://u:hunter2#x@h/d",
                "postgres://u:hunter2?x@h/d",
                "postgres://u:hunter2/x@h/d",
                "postgres://u:hunter2%@h/d",
                "postgres://u:hunter2%zz@h/d",
                "postgres://u:hunter2%00@h/d",
                "postgres://u:hunter2%ff@h/d",
                "postgres://u:p@h:hunter2/d",
                "postgres://u:p@h:0/d",
                "postgres://u:p@h:65536/d",
                "postgres://u:p@[::1/hunter2",
                "postgres://u:p@[::1]hunter2/d",
                "postgres://u:p@hun ter2/d",
                "postgres://h/d?hunter2",
                "postgres://h/d?sslmode=hunter2",
                "postgres://h/d?connect_timeout=hunter2",
                "mysql://u:hunter2@h/d",
            })
    void whatIsNotUnderstoodIsNotRepeated(String url) {
        assertThatThrownBy(() -> PostgresAddress.of(url, Map.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not understood")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void itDoesNotPrint() throws StoreException {
        assertThat(PostgresAddress.of("postgres://anna:hunter2@h/d", Map.of()).toString())
                .isEqualTo("postgres://h:5432/d");
    }
}
