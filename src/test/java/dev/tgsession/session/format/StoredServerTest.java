package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredServerTest {
    /** In a damaged file the key may stand where the address was, and inspect is there to be shown around. */
    @ParameterizedTest
    @ValueSource(strings = {"AAECAwQFBgcICQoLDA0ODw/+==", "\ufffd\ufffd\ufffd", "149.154.167.51 " + "and more", "a\nb"})
    void whatIsNoAddressIsNotShown(String stored) {
        for (long number : new long[] {2, 0}) {
            StoredServer server = server(number, stored);

            assertThat(server.dataCenter()).isEmpty();
            assertThat(server.description().address()).isEmpty();
            assertThat(server.findings()).extracting(Finding::code).containsExactly("bad-server-address");
            assertThatThrownBy(server::required)
                    .isInstanceOf(MalformedSessionException.class)
                    .hasMessageNotContaining(stored);
        }
    }

    @Test
    void aTextLongerThanAnyNameIsNoAddress() {
        assertThat(server(2, "a".repeat(253)).description().address()).isPresent();
        assertThat(server(2, "a".repeat(254)).description().address()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "149.154.167.51",
                "2001:067c:04e8:f002:0000:0000:0000:000a",
                "[2001:67c:4e8:f002::a]",
                " localhost "
            })
    void anAddressIsShownAsItStands(String stored) throws MalformedSessionException {
        StoredServer server = server(2, stored);

        assertThat(server.required().id()).isEqualTo(2);
        assertThat(server.description().address()).contains(stored);
        assertThat(server.findings()).isEmpty();
    }

    private static StoredServer server(long number, String address) {
        return StoredServer.of(
                Optional.of(number), Optional.of(address), Optional.of(443L), Optional.empty(), "a.session");
    }
}
