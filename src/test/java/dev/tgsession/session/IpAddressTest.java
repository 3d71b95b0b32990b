package dev.tgsession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    /** Texts from RFC 5952, section 4, and what becomes of them. */
    @ParameterizedTest
    @CsvSource({
        "149.154.167.51, 149.154.167.51, 959aa733",
        "0.0.0.0, 0.0.0.0, 00000000",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1, 20010db8000000000000000000020001",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, 20010db8000000010001000100010001",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, 20010000000000010000000000000001",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1, 20010db8000000000001000000000001",
        "2001:DB8::A, 2001:db8::a, 20010db800000000000000000000000a",
        "::, ::, 00000000000000000000000000000000",
        "::1, ::1, 00000000000000000000000000000001",
        "1::, 1::, 00010000000000000000000000000000",
        "::ffff:149.154.167.51, ::ffff:959a:a733, 00000000000000000000ffff959aa733",
        "[2001:67c:4e8:f002::a], 2001:67c:4e8:f002::a, 2001067c04e8f002000000000000000a"
    })
    void readsAndWrites(String text, String written, String hex) {
        IpAddress address = IpAddress.parse(text).orElseThrow();

        assertThat(address.bytes()).isEqualTo(Bytes.ofHex(hex));
        assertThat(address).hasToString(written);
        assertThat(IpAddress.parse(written)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.-4",
                "0001.2.3.4",
                "1.2.3.4:80",
                "a.b.c.d",
                "1..2.3",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "::1.2.3",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:8::",
                "::g",
                "fe80::1%eth0",
                "١.٢.٣.٤",
                "0000000000000000000000000000000000000000000001"
            })
    void refusesEverythingElse(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void hasFourOrSixteenBytes() {
        assertThatThrownBy(() -> new IpAddress(Bytes.ofHex("0102030405")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5");
    }
}
