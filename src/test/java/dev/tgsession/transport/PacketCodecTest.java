package dev.tgsession.transport;

import static dev.tgsession.transport.Samples.hex;
import static dev.tgsession.transport.Samples.plain;
import static dev.tgsession.transport.Samples.sealed;
import static dev.tgsession.transport.Samples.vector;
import static dev.tgsession.transport.Samples.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.ScriptedRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCodecTest {
    private static final PacketRules SERVER = PacketRules.server(TcpPacketChannel.SERVER_READ_LIMIT);

    private final SecureRandom random = new SecureRandom();

    // ---- vectors

    static List<JsonObject> frames() {
        return vectors("transports.json", "vectors").stream()
                .filter(vector -> vector.has("frame_header"))
                .toList();
    }

    static List<JsonObject> fullFrames() {
        return vectors("transports.json", "vectors").stream()
                .filter(vector -> vector.has("tcp_seq_no"))
                .toList();
    }

    static List<JsonObject> errors() {
        return vectors("transports.json", "vectors").stream()
                .filter(vector -> vector.has("code"))
                .toList();
    }

    @Test
    void everyVectorIsOfAKindThatIsTestedHere() {
        assertThat(vectors("transports.json", "vectors"))
                .hasSize(frames().size() + fullFrames().size() + errors().size() + 2);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void packsAsTheVectorsSay(JsonObject vector) {
        PacketCodec codec = Samples.framing(vector.getString("transport")).codec(random);

        Bytes frame = codec.pack(hex(vector, "payload"));

        assertThat(frame).isEqualTo(hex(vector, "frame_header").plus(hex(vector, "payload")));
        assertThat(Hashes.sha256(frame)).isEqualTo(hex(vector, "frame_sha256"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void unpacksAsTheVectorsSay(JsonObject vector) throws IOException {
        Framing framing = Samples.framing(vector.getString("transport"));
        Bytes frame = hex(vector, "frame_header").plus(hex(vector, "payload"));

        assertThat(framing.codec(random).unpack(stream(frame))).isEqualTo(hex(vector, "payload"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aServerPassesOverTheRequestForAQuickAcknowledgement(JsonObject vector) throws IOException {
        Framing framing = Samples.framing(vector.getString("transport"));
        Bytes frame = hex(vector, "frame_header_with_quick_ack_request").plus(hex(vector, "payload"));

        assertThat(framing.codec(SERVER, random).unpack(stream(frame))).isEqualTo(hex(vector, "payload"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aClientRefusesAQuickAcknowledgementItDidNotAskFor(JsonObject vector) {
        Framing framing = Samples.framing(vector.getString("transport"));
        Bytes frame = hex(vector, "frame_header_with_quick_ack_request").plus(hex(vector, "payload"));

        assertThatThrownBy(() -> framing.codec(random).unpack(stream(frame)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void fullFramesAreNumberedAsTheVectorsSay() throws IOException {
        PacketCodec writer = Framing.FULL.codec(random);
        PacketCodec reader = Framing.FULL.codec(random);
        for (JsonObject vector : fullFrames()) {
            assertThat(writer.pack(hex(vector, "payload"))).isEqualTo(hex(vector, "frame"));
            assertThat(reader.unpack(stream(hex(vector, "frame")))).isEqualTo(hex(vector, "payload"));
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aTransportErrorIsAPayloadOfFourBytesInEveryFraming(JsonObject vector) throws IOException {
        Bytes error = Bytes.ofInt(vector.getInt("code"));
        assertThat(hex(vector, "payload")).isEqualTo(error);
        for (String framing : List.of("abridged", "intermediate", "padded_intermediate", "full")) {
            PacketCodec codec = Samples.framing(framing).codec(random);
            assertThat(codec.unpack(stream(hex(vector, framing)))).as(framing).isEqualTo(error);
        }
        Bytes padded = hex(vector, "padded_intermediate_with_padding");
        assertThat(Framing.PADDED_INTERMEDIATE.codec(random).unpack(stream(padded)))
                .isEqualTo(error);
    }

    @Test
    void aQuickAcknowledgementIsAPacketOfItsOwnOnlyInThePaddedFraming() throws IOException {
        JsonObject vector = vector("transports.json", "quick ack token from the server");

        assertThat(Framing.PADDED_INTERMEDIATE.codec(random).unpack(stream(hex(vector, "padded_intermediate"))))
                .isEqualTo(Bytes.ofHex("ffffffff").plus(hex(vector, "token_le")));
        assertThatThrownBy(() -> Framing.ABRIDGED.codec(random).unpack(stream(hex(vector, "abridged"))))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Framing.INTERMEDIATE.codec(random).unpack(stream(hex(vector, "intermediate"))))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void aConnectionStartsWithTheTagOfItsFraming() {
        JsonObject vector = vector("transports.json", "connection start");
        for (String framing : List.of("abridged", "intermediate", "padded_intermediate", "full")) {
            assertThat(Samples.framing(framing).codec(random).startTag())
                    .as(framing)
                    .isEqualTo(hex(vector, framing));
        }
    }

    // ---- every framing

    @ParameterizedTest
    @EnumSource
    void packetsFollowEachOtherInOneStream(Framing framing) throws IOException {
        PacketCodec writer = framing.codec(random);
        List<Bytes> payloads = List.of(plain(40), sealed(40), sealed(504), sealed(520), plain(508), sealed(70_024));
        Bytes stream = Bytes.EMPTY;
        for (Bytes payload : payloads) {
            stream = stream.plus(writer.pack(payload));
        }

        InputStream in = stream(stream);
        PacketCodec reader = framing.codec(SERVER, random);
        for (Bytes payload : payloads) {
            assertThat(reader.unpack(in)).isEqualTo(payload);
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void aFrameCutAtAnyByteIsToldFromAStreamThatEnded(Framing framing) {
        Bytes frame = framing.codec(random).pack(sealed(40));
        for (int length = 0; length < frame.size(); length++) {
            Bytes cut = frame.first(length);
            boolean inside = length > 0;
            assertThatThrownBy(() -> framing.codec(random).unpack(stream(cut)))
                    .as("cut after " + length)
                    .isInstanceOfSatisfying(
                            PeerClosedException.class,
                            e -> assertThat(e.insidePacket()).isEqualTo(inside));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutAfterAnyByteLosesNothing(Framing framing) throws IOException {
        PacketCodec writer = framing.codec(random);
        Bytes two = writer.pack(sealed(40)).plus(writer.pack(plain(512)));
        ReplayInput input = new ReplayInput(Bytes.EMPTY, new Hesitant(two));
        PacketCodec reader = framing.codec(random);

        assertThat(patiently(reader, input)).isEqualTo(sealed(40));
        assertThat(patiently(reader, input)).isEqualTo(plain(512));
    }

    private static Bytes patiently(PacketCodec reader, ReplayInput input) throws IOException {
        while (true) {
            try {
                Bytes payload = reader.unpack(input);
                input.forget();
                return payload;
            } catch (SocketTimeoutException e) {
                input.rewind();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadHasAMultipleOfFourBytes(Framing framing) {
        for (int size : new int[] {0, 1, 2, 3, 5, 41, 42, 43}) {
            assertThatThrownBy(() -> framing.codec(random).pack(Bytes.of(new byte[size])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- lengths

    /** Header of a frame, and the framings it is no header of. */
    @ParameterizedTest
    @CsvSource({
        "ABRIDGED, 00", // nothing
        "ABRIDGED, 7f000000", // nothing, at length
        "ABRIDGED, 7f010110", // 4 MiB and 1 KiB and a word
        "ABRIDGED, 7fffffff", // 64 MiB
        "INTERMEDIATE, 00000000",
        "INTERMEDIATE, 03000000",
        "INTERMEDIATE, 29000000",
        "INTERMEDIATE, 04044000", // 4 MiB and 1 KiB and a word
        "INTERMEDIATE, ffffff7f",
        "INTERMEDIATE, 00000080",
        "INTERMEDIATE, ffffffff",
        "PADDED_INTERMEDIATE, 00000000",
        "PADDED_INTERMEDIATE, 03000000",
        "PADDED_INTERMEDIATE, 10044000", // 4 MiB and 1 KiB and 16
        "PADDED_INTERMEDIATE, ffffff7f",
        "PADDED_INTERMEDIATE, ffffffff",
        "FULL, 00000000",
        "FULL, 03000000",
        "FULL, 0c000000", // no payload
        "FULL, 11000000",
        "FULL, 10044000", // 4 MiB and 1 KiB and a word
        "FULL, ffffff7f",
    })
    void aClientRefusesALengthBeforeItWaitsForTheRest(Framing framing, String header) {
        assertThatThrownBy(() -> framing.codec(random).unpack(stream(Bytes.ofHex(header))))
                .isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ABRIDGED, 80",
        "ABRIDGED, ff010004", // 1 MiB and a word
        "INTERMEDIATE, 00000080",
        "INTERMEDIATE, 04001080", // 1 MiB and a word
        "PADDED_INTERMEDIATE, 00000080",
        "PADDED_INTERMEDIATE, 10001080", // 1 MiB and 16
        "FULL, 10001000", // 1 MiB and a word
        "FULL, 53feffff", // the oddity of flooded servers
        "FULL, 00000080",
    })
    void aServerRefusesALengthBeforeItWaitsForTheRest(Framing framing, String header) {
        assertThatThrownBy(() -> framing.codec(SERVER, random).unpack(stream(Bytes.ofHex(header))))
                .isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ABRIDGED, 7f000110",
        "INTERMEDIATE, 00044000",
        "PADDED_INTERMEDIATE, 0f044000",
        "FULL, 0c044000",
    })
    void aClientTakesFourMebibytesAndAKibibyte(Framing framing, String header) throws IOException {
        InputStream endless = new InputStream() {
            private final InputStream start = stream(Bytes.ofHex(header));

            @Override
            public int read() throws IOException {
                return Math.max(0, start.read());
            }
        };
        if (framing == Framing.FULL) {
            // Its checksum cannot be right, but that is known only after the last byte.
            assertThatThrownBy(() -> framing.codec(random).unpack(endless)).hasMessageContaining("checksum");
        } else {
            assertThat(framing.codec(random).unpack(endless).size()).isGreaterThanOrEqualTo((4 << 20) + 1024);
        }
    }

    // ---- abridged

    @Test
    void abridgedTakesTheLongFormForAShortPayloadToo() throws IOException {
        Bytes frame = Bytes.ofHex("7f0a0000").plus(sealed(40));
        assertThat(Framing.ABRIDGED.codec(random).unpack(stream(frame))).isEqualTo(sealed(40));
    }

    @Test
    void abridgedCannotSaySixtyFourMebibytes() {
        assertThatThrownBy(() -> Framing.ABRIDGED.codec(random).pack(Bytes.of(new byte[1 << 26])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- padded intermediate

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void paddingIsCutOffWhateverThePayload(int padding) throws IOException {
        Bytes quickAck = Bytes.ofHex("ffffffff4d3c2b9a");
        Bytes empty = plain(20); // a plain message without content, for the layer above to refuse
        for (Bytes payload :
                List.of(sealed(40), sealed(1048), plain(40), plain(36), empty, Bytes.ofInt(-404), quickAck)) {
            if (payload.equals(quickAck) && padding > 8) {
                continue; // such an answer has at most 8 bytes of padding
            }
            Bytes padded = payload.plus(Bytes.of(new byte[padding]));
            Bytes frame = Bytes.ofInt(padded.size()).plus(padded);
            assertThat(Framing.PADDED_INTERMEDIATE.codec(random).unpack(stream(frame)))
                    .as(payload.size() + " bytes")
                    .isEqualTo(payload);
        }
    }

    @Test
    void aServerAddsLessThanAWordAsSomeClientsTakeNoMoreOff() {
        boolean[] seen = new boolean[16];
        for (int i = 0; i < 500; i++) {
            Bytes frame = Framing.PADDED_INTERMEDIATE.codec(SERVER, random).pack(sealed(40));
            seen[frame.size() - 4 - sealed(40).size()] = true;
        }
        assertThat(seen).startsWith(true, true, true, true);
        assertThat(Arrays.copyOfRange(seen, 4, 16)).doesNotContain(true);
    }

    @Test
    void thePaddingIsDrawn() {
        ScriptedRandom scripted = ScriptedRandom.of(Bytes.ofHex("f3aabbcc"));

        Bytes frame = Framing.PADDED_INTERMEDIATE.codec(scripted).pack(sealed(40));

        assertThat(frame).isEqualTo(Bytes.join(Bytes.ofInt(43), sealed(40), Bytes.ofHex("aabbcc")));
    }

    /** The length field of a plain message lies; what else is there is not for the framing to judge. */
    @ParameterizedTest
    @ValueSource(ints = {-1, -20, Integer.MIN_VALUE, Integer.MAX_VALUE, 24, 16 - 12})
    void aPlainMessageWhoseLengthDoesNotFitStaysWhole(int length) throws IOException {
        Bytes payload = Bytes.join(Bytes.ofLong(0), Bytes.ofLong(1), Bytes.ofInt(length), Bytes.of(new byte[20]));
        Bytes frame = Bytes.ofInt(payload.size()).plus(payload);

        assertThat(Framing.PADDED_INTERMEDIATE.codec(SERVER, random).unpack(stream(frame)))
                .isEqualTo(payload);
    }

    @Test
    void whatIsTooShortForAnEncryptedMessageStaysWhole() throws IOException {
        Bytes payload = sealed(23);
        Bytes frame = Bytes.ofInt(payload.size()).plus(payload);

        assertThat(Framing.PADDED_INTERMEDIATE.codec(SERVER, random).unpack(stream(frame)))
                .isEqualTo(payload);
    }

    // ---- full

    @Test
    void fullRefusesAWrongChecksumWhereverTheBitFlipped() {
        Bytes frame = Framing.FULL.codec(random).pack(sealed(40));
        for (int index = 8; index < frame.size(); index++) {
            byte[] altered = frame.toArray();
            altered[index] ^= 1;
            assertThatThrownBy(() -> Framing.FULL.codec(random).unpack(stream(Bytes.of(altered))))
                    .as("byte " + index)
                    .isInstanceOf(MalformedPacketException.class)
                    .hasMessage("the checksum of packet number 0 is wrong");
        }
    }

    @Test
    void fullRefusesAPacketThatCameTwiceOrTooEarly() throws IOException {
        PacketCodec writer = Framing.FULL.codec(random);
        Bytes first = writer.pack(sealed(40));
        Bytes second = writer.pack(sealed(40));

        assertThatThrownBy(() -> Framing.FULL.codec(random).unpack(stream(second)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("packet number 1 came, 0 was due");
        PacketCodec reader = Framing.FULL.codec(random);
        reader.unpack(stream(first));
        assertThatThrownBy(() -> reader.unpack(stream(first)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("packet number 0 came, 1 was due");
    }

    @Test
    void fullReadsTheOddRefusalOfAFloodedServer() throws IOException {
        Bytes odd = Bytes.join(Bytes.ofInt(-429), Bytes.ofInt(-429), Bytes.ofInt(-429));
        assertThat(Framing.FULL.codec(random).unpack(stream(odd))).isEqualTo(Bytes.ofInt(-429));
        // The four bytes alone say it all: nothing else needs to come.
        assertThat(Framing.FULL.codec(random).unpack(stream(odd.first(4)))).isEqualTo(Bytes.ofInt(-429));
    }

    private static InputStream stream(Bytes bytes) {
        return new ByteArrayInputStream(bytes.toArray());
    }

    /** Gives one byte, then none in time, then the next. */
    private static final class Hesitant extends InputStream {
        private final InputStream in;
        private boolean ready;

        Hesitant(Bytes bytes) {
            this.in = stream(bytes);
        }

        @Override
        public int read() throws IOException {
            ready = !ready;
            if (!ready) {
                throw new SocketTimeoutException("not yet");
            }
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int next = read();
            into[offset] = (byte) next;
            return next < 0 ? -1 : 1;
        }
    }
}
