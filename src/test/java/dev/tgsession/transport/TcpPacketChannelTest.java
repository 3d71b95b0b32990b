package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TcpPacketChannelTest {
    private static final Duration AMPLE = Duration.ofSeconds(10);

    private final SecureRandom random = new SecureRandom();

    static List<TransportChoice> choices() {
        return TransportChoice.all();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void payloadsCrossBothWaysUnchanged(TransportChoice choice) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpPacketChannel client = TcpPacketChannel.connect(
                        (InetSocketAddress) listener.getLocalSocketAddress(), choice, 10002, AMPLE, random);
                Socket accepted = listener.accept()) {
            client.send(payload(40));
            try (TcpPacketChannel server = TcpPacketChannel.accept(accepted, AMPLE, random)) {
                assertThat(server.choice()).isEqualTo(choice);
                assertThat(server.receive(AMPLE)).isEqualTo(payload(40));
                server.send(payload(56));
                assertThat(client.receive(AMPLE)).isEqualTo(payload(56));
            }
        }
    }

    private Bytes payload(int size) {
        byte[] payload = new byte[size];
        java.util.Arrays.fill(payload, (byte) 7);
        return Bytes.of(payload);
    }
}
