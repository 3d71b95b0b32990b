package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.fuzz.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever is given as the URL of a store is understood or refused, and no refusal repeats a password. */
class StoreUrlFuzzTest implements Fuzzed {
    private static final String PASSWORD = "Zr7kQpw3";

    void urls(byte[] input) {
        String typed = new String(input, StandardCharsets.UTF_8);
        SessionStores.isSecret(typed);
        read(typed);
        read("postgres://" + typed);
        read("postgres://u:" + PASSWORD + typed);
    }

    private static void read(String url) {
        try {
            PostgresAddress address = PostgresAddress.of(url, Map.of());
            assertThat(address.jdbcUrl()).startsWith("jdbc:");
            assertThat(address.properties()).isNotEmpty();
            address.place();
        } catch (StoreException refused) {
            assertThat(refused.getMessage() + refused.hint()).doesNotContain(PASSWORD);
        }
    }
}
