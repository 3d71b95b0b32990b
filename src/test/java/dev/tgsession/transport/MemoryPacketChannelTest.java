package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryPacketChannelTest {
    private static final Duration AMPLE = Duration.ofSeconds(10);

    private final MemoryPacketChannel client;
    private final MemoryPacketChannel server;

    MemoryPacketChannelTest() {
        MemoryPacketChannel.Pair pair = MemoryPacketChannel.pair();
        client = pair.client();
        server = pair.server();
    }

    @Test
    void carriesPayloadsBothWaysInOrder() throws IOException {
        client.send(Samples.plain(40));
        client.send(Samples.sealed(56));
        server.send(Samples.sealed(40));

        assertThat(server.receive(AMPLE)).isEqualTo(Samples.plain(40));
        assertThat(server.receive(AMPLE)).isEqualTo(Samples.sealed(56));
        assertThat(client.receive(AMPLE)).isEqualTo(Samples.sealed(40));
    }

    @Test
    void aRefusalReachesTheClientAsAnException() throws IOException {
        server.send(Bytes.ofInt(0));
        server.sendRefusal(TransportRefusedException.FLOOD);

        assertThatThrownBy(() -> client.receive(AMPLE))
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(-429));
    }

    @Test
    void givesUpAtTheDeadline() {
        assertThatThrownBy(() -> client.receive(Duration.ofMillis(5))).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void theOtherSideReadsWhatWasSentAndThenTheEnd() throws IOException {
        client.send(Samples.plain(40));
        client.close();
        client.close();

        assertThat(server.receive(AMPLE)).isEqualTo(Samples.plain(40));
        assertThatThrownBy(() -> server.receive(AMPLE)).isInstanceOf(PeerClosedException.class);
        assertThatThrownBy(() -> server.receive(AMPLE)).isInstanceOf(PeerClosedException.class);
        assertThatThrownBy(() -> client.receive(AMPLE)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> client.send(Samples.plain(40))).isInstanceOf(SocketException.class);
    }
}
