package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectedTransportTest {
    private final SecureRandom random = new SecureRandom();

    static List<Framing> framingsThatCanHide() {
        return List.of(Framing.ABRIDGED, Framing.INTERMEDIATE, Framing.PADDED_INTERMEDIATE);
    }

    @ParameterizedTest
    @CsvSource({"ABRIDGED, ef, 1", "INTERMEDIATE, eeeeeeee, 4", "PADDED_INTERMEDIATE, dddddddd, 4"})
    void aStartTagIsReadAndNothingBehindIt(Framing framing, String start, int length) throws IOException {
        InputStream in = stream(Bytes.ofHex(start).plus(Bytes.ofHex("0a0b0c0d")));

        DetectedTransport detected = DetectedTransport.read(in);

        assertThat(detected.choice()).isEqualTo(new TransportChoice(framing, false));
        assertThat(detected.obfuscation()).isEmpty();
        assertThat(detected.readAhead()).isEqualTo(Bytes.EMPTY);
        assertThat(in.available()).isEqualTo(4);
        assertThat(length).isEqualTo(Bytes.ofHex(start).size());
    }

    @Test
    void theFullFramingIsKnownByThePacketNumberZero() throws IOException {
        InputStream in = stream(Framing.FULL.codec(random).pack(Samples.plain(40)));

        DetectedTransport detected = DetectedTransport.read(in);

        assertThat(detected.choice()).isEqualTo(new TransportChoice(Framing.FULL, false));
        assertThat(detected.readAhead()).isEqualTo(Bytes.ofInt(52).plus(Bytes.ofInt(0)));
        assertThat(in.available()).isEqualTo(52 - 8);
    }

    @ParameterizedTest
    @MethodSource("framingsThatCanHide")
    void anObfuscatedHeaderTellsItsFramingAndDataCenter(Framing framing) throws IOException {
        InputStream in =
                stream(Obfuscation.client(random, framing, 10004).header().plus(Bytes.ofHex("0a0b0c0d")));

        DetectedTransport detected = DetectedTransport.read(in);

        assertThat(detected.choice()).isEqualTo(new TransportChoice(framing, true));
        assertThat(detected.obfuscation().orElseThrow().dcField()).isEqualTo(10004);
        assertThat(in.available()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "POST /api HTTP/1.1", "HEAD / HTTP/1.1", "OPTIONS * HTTP/1.1"})
    void httpIsKnownByItsMethod(String request) {
        assertThatThrownBy(() -> DetectedTransport.read(stream(Bytes.ofUtf8(request))))
                .isInstanceOf(HttpRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1603010200010001fc0303", "5353482d322e302d", "eeeeeeef", "edeeeeee"})
    void whatIsNothingWeKnowIsRefusedAfterSixtyFourBytes(String start) {
        Bytes begun = Bytes.ofHex(start);
        Bytes noise = begun.plus(Bytes.ofHex("77".repeat(100)).from(begun.size()));

        assertThatThrownBy(() -> DetectedTransport.read(stream(noise)))
                .isInstanceOf(MalformedPacketException.class)
                .isNotInstanceOf(HttpRequestException.class)
                .hasMessageContaining(noise.first(8).toHex());
    }

    @Test
    void aClientThatGoesAwayTooEarlyIsToldFromNoise() {
        Bytes header = Obfuscation.client(random, Framing.INTERMEDIATE, 2).header();
        for (int length = 0; length < header.size(); length++) {
            Bytes cut = header.first(length);
            assertThatThrownBy(() -> DetectedTransport.read(stream(cut)))
                    .as("cut after " + length)
                    .isInstanceOf(PeerClosedException.class);
        }
    }

    private static InputStream stream(Bytes bytes) {
        return new ByteArrayInputStream(bytes.toArray());
    }
}
