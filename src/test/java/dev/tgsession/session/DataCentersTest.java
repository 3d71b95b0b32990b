package dev.tgsession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataCentersTest {
    @Test
    void knowsFiveInProductionThreeForTestsAndNoneOfOnesOwn() {
        assertThat(DataCenters.builtIn(Environment.PRODUCTION, false)).hasSize(5);
        assertThat(DataCenters.builtIn(Environment.TEST, true)).hasSize(3);
        assertThat(DataCenters.builtIn(Environment.PRACTICE, false)).isEmpty();
        assertThat(DataCenters.builtIn(Environment.PRODUCTION, DataCenters.DEFAULT_ID, false))
                .isEqualTo(new DataCenter(2, "149.154.167.51", 443, Environment.PRODUCTION));
        assertThat(DataCenters.builtIn(Environment.TEST, 3, true))
                .isEqualTo(new DataCenter(3, "2001:b28:f23d:f003::e", 443, Environment.TEST));
    }

    @ParameterizedTest
    @CsvSource({"PRODUCTION, 6", "TEST, 4", "PRODUCTION, 0", "PRACTICE, 2"})
    void refusesNumbersNobodyHas(Environment environment, int id) {
        assertThat(DataCenters.isBuiltIn(environment, id)).isFalse();
        assertThatThrownBy(() -> DataCenters.builtIn(environment, id, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(id));
    }

    @ParameterizedTest
    @EnumSource(
            value = Environment.class,
            names = {"PRODUCTION", "TEST"})
    void knowsItsOwnAddressesAgain(Environment environment) {
        for (boolean ipv6 : new boolean[] {false, true}) {
            for (DataCenter one : DataCenters.builtIn(environment, ipv6)) {
                assertThat(one.isIpv6()).isEqualTo(ipv6);
                assertThat(DataCenters.idOf(one.host())).contains(one.id());
                assertThat(DataCenters.environmentOf(one.host())).contains(environment);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "149.154.175.53, 1",
        "149.154.175.59, 1",
        "149.154.167.50, 2",
        "149.154.167.41, 2",
        "95.161.76.100, 2",
        "149.154.167.92, 4",
        "91.108.56.165, 5",
        "[2001:67c:4e8:f002::a], 2",
        "2001:067C:04E8:F004:0000:0000:0000:000A, 4"
    })
    void knowsTheNeighboursThatStandInFiles(String address, int id) {
        assertThat(DataCenters.idOf(address)).contains(id);
        assertThat(DataCenters.environmentOf(address)).contains(Environment.PRODUCTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "149.154.175.60", "91.108.57.1", "venus.web.telegram.org", "", "1.2.3", "::1::"})
    void saysNothingAboutAddressesItDoesNotKnow(String address) {
        assertThat(DataCenters.idOf(address)).isEmpty();
        assertThat(DataCenters.environmentOf(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "10.1.2.3", "192.168.0.9", "172.16.5.5", "::1", "fd00::1", "fe80::1"})
    void takesPrivateAddressesForOnesOwnServer(String address) {
        assertThat(DataCenters.environmentOf(address)).contains(Environment.PRACTICE);
        assertThat(DataCenters.idOf(address)).isEmpty();
    }

    @Test
    void testServersHaveNumbersOfTheirOwnOnTheWire() {
        assertThat(DataCenters.builtIn(Environment.TEST, 2, false).wireId()).isEqualTo(10_002);
        assertThat(DataCenters.builtIn(Environment.PRODUCTION, 2, false).wireId())
                .isEqualTo(2);
        assertThat(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE).wireId())
                .isEqualTo(2);
    }

    @Test
    void anAddressIsWrittenAsPeopleDo() {
        DataCenter one = DataCenters.builtIn(Environment.PRODUCTION, 2, true);
        assertThat(one.address()).isEqualTo("[2001:67c:4e8:f002::a]:443");
        assertThat(one.at("localhost", 80).address()).isEqualTo("localhost:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "host/path", "a\nb", "[::1]", "ü.example", "::g"})
    void refusesWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new DataCenter(2, host, 443, Environment.PRODUCTION))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 443", "10000, 443", "2, 0", "2, 65536", "-1, -1"})
    void refusesNumbersOutOfRange(int id, int port) {
        assertThatThrownBy(() -> new DataCenter(id, "127.0.0.1", port, Environment.PRACTICE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Optional.of(new DataCenter(1, "127.0.0.1", 1, Environment.PRACTICE)))
                .isPresent();
    }
}
