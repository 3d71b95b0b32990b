package dev.tgsession.mtproto.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackerTest {
    private static final Bytes PONG = Bytes.ofHex("c573773401000000000000000200000000000000");
    private static final Bytes ACK = Bytes.ofHex("59b4d66215c4b51c00000000");

    private final Unpacker unpacker = new Unpacker(1 << 16);

    @Test
    void aSingleMessageIsItself() throws Exception {
        assertThat(unpacker.unpack(carrying(PONG))).containsExactly(new ContainedMessage(9, 1, PONG));
    }

    @Test
    void containersAreLaidOutInOrder() throws Exception {
        var first = new ContainedMessage(1, 1, PONG);
        var second = new ContainedMessage(5, 2, ACK);
        assertThat(unpacker.unpack(carrying(Container.pack(List.of(first, second)))))
                .containsExactly(first, second);
    }

    @Test
    void oneContainerMayStandInAnotherButNoDeeper() throws Exception {
        var message = new ContainedMessage(1, 1, PONG);
        Bytes once = Container.pack(List.of(message));
        Bytes twice = Container.pack(List.of(new ContainedMessage(5, 2, once)));
        assertThat(unpacker.unpack(carrying(twice))).containsExactly(message);
        Bytes nested = once;
        for (int depth = 0; depth < 5000; depth++) {
            nested = Container.pack(List.of(new ContainedMessage(5, 2, nested)));
        }
        Message deep = carrying(nested);
        assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> unpacker.unpack(deep));
    }

    @Test
    void compressionIsUndoneAnywhere() throws Exception {
        Bytes packed = gzip(PONG);
        var inside = new ContainedMessage(5, 3, packed);
        assertThat(unpacker.unpack(carrying(packed))).containsExactly(new ContainedMessage(9, 1, PONG));
        assertThat(unpacker.unpack(carrying(Container.pack(List.of(inside)))))
                .containsExactly(new ContainedMessage(5, 3, PONG));
        assertThat(unpacker.unpack(carrying(gzip(Container.pack(List.of(inside))))))
                .containsExactly(new ContainedMessage(5, 3, PONG));
        assertThat(new Inflation(100).inflate(zlib(PONG))).isEqualTo(PONG);
    }

    @Test
    void aBombIsDefused() throws Exception {
        Bytes zeros = Bytes.of(new byte[1 << 20]);
        Message bomb = carrying(gzip(zeros));
        assertThatExceptionOfType(MalformedTlException.class)
                .isThrownBy(() -> unpacker.unpack(bomb))
                .withMessageContaining("larger than 65536");
        List<ContainedMessage> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(new ContainedMessage(1 + 4 * i, 1, gzip(Bytes.of(new byte[10_000]))));
        }
        Message split = carrying(Container.pack(many));
        assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> unpacker.unpack(split));
    }

    @Test
    void brokenCompressionIsRefused() throws Exception {
        Bytes packed = gzip(PONG);
        Bytes twice = gzip(packed);
        for (Bytes broken : List.of(twice, gzipped(Bytes.ofHex("1f8b0800")), gzipped(Bytes.EMPTY), gzipped(PONG))) {
            assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> unpacker.unpack(carrying(broken)));
        }
    }

    @Test
    void countsAndLengthsHaveToFit() {
        Bytes container = Container.pack(List.of(new ContainedMessage(1, 1, PONG)));
        for (int size = 8; size < container.size(); size++) {
            Bytes shorter = container.first(size);
            assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> Container.unpack(shorter));
        }
        for (int count : new int[] {-1, 2, 1025, Integer.MAX_VALUE}) {
            Bytes lying = Bytes.join(container.first(4), Bytes.ofInt(count), container.from(8));
            assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> Container.unpack(lying));
        }
        for (int length : new int[] {-4, 3, 24, Integer.MAX_VALUE}) {
            Bytes lying = Bytes.join(container.first(20), Bytes.ofInt(length), container.from(24));
            assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> Container.unpack(lying));
        }
        Bytes trailing = container.plus(Bytes.ofInt(0));
        assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> Container.unpack(trailing));
    }

    @Test
    void plainMessagesCarryTheirLength() throws Exception {
        var message = new PlainMessage(4, PONG);
        assertThat(PlainMessage.unpack(message.pack().plus(Bytes.ofInt(7)))).isEqualTo(message);
        for (int length : new int[] {-4, 0, 24, Integer.MAX_VALUE}) {
            Bytes lying = Bytes.join(message.pack().first(16), Bytes.ofInt(length), PONG);
            assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> PlainMessage.unpack(lying));
        }
        assertThatExceptionOfType(MalformedTlException.class)
                .isThrownBy(() -> PlainMessage.unpack(Bytes.ofHex("01").plus(message.pack())));
    }

    private static Message carrying(Bytes body) {
        return new Message(0, 0, 9, 1, body);
    }

    private static Bytes gzip(Bytes object) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(object.toArray());
        }
        return gzipped(Bytes.of(out.toByteArray()));
    }

    private static Bytes zlib(Bytes object) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new DeflaterOutputStream(out)) {
            zip.write(object.toArray());
        }
        return gzipped(Bytes.of(out.toByteArray()));
    }

    private static Bytes gzipped(Bytes data) {
        TlWriter writer = new TlWriter();
        writer.writeInt(Inflation.ID);
        writer.writeBytes(data);
        return writer.toBytes();
    }
}
