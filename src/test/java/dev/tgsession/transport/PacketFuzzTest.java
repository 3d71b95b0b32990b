package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.fuzz.Fuzzed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/** Whatever comes down a line is a frame or is refused, and never larger than what came. */
class PacketFuzzTest implements Fuzzed {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first byte chooses the framing. */
    void frames(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Framing framing = Framing.values()[Byte.toUnsignedInt(input[0]) % Framing.values().length];
        readAll(framing.codec(RANDOM), new ByteArrayInputStream(input, 1, input.length - 1), input.length);
    }

    void firstBytesOfAClient(byte[] input) {
        InputStream in = new ByteArrayInputStream(input);
        try {
            DetectedTransport found = DetectedTransport.read(in);
            found.obfuscation().ifPresent(cipher -> cipher.decrypt(Bytes.of(input)));
            readAll(found.choice().framing().codec(RANDOM), in, input.length);
        } catch (IOException refused) {
            assertThat(refused)
                    .isInstanceOfAny(
                            MalformedPacketException.class, PeerClosedException.class, HttpRequestException.class);
        }
    }

    private static void readAll(PacketCodec codec, InputStream in, int most) {
        int sum = 0;
        try {
            while (true) {
                Bytes payload = codec.unpack(in);
                assertThat(payload.size()).isPositive().isLessThanOrEqualTo(most);
                sum += payload.size();
                assertThat(sum).isLessThanOrEqualTo(most);
            }
        } catch (MalformedPacketException | PeerClosedException end) {
            // No frame, or no more of them.
        } catch (IOException other) {
            throw new AssertionError("refused in other words", other);
        }
    }
}
