package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlWriterTest {
    @Test
    void writesOneValueAfterTheOther() {
        TlWriter out = new TlWriter();
        out.writeInt(-2);
        out.writeLong(0x0102030405060708L);
        out.writeDouble(-2.5);
        out.writeRaw(Bytes.ofHex("aabb"));
        out.writeBool(false);
        out.writeVectorCount(3);
        assertThat(out.toBytes().toHex())
                .isEqualTo("feffffff" + "0807060504030201" + "00000000000004c0" + "aabb" + "379779bc"
                        + "15c4b51c03000000");
    }

    @Test
    void theBytesAreASnapshot() {
        TlWriter out = new TlWriter();
        out.writeInt(1);
        Bytes before = out.toBytes();
        out.writeInt(2);
        assertThat(before).isEqualTo(Bytes.ofInt(1));
        assertThat(out.toBytes()).isEqualTo(Bytes.ofHex("0100000002000000"));
    }

    @Test
    void textIsUtf8AndPadded() {
        TlWriter out = new TlWriter();
        out.writeString("ñ");
        assertThat(out.toBytes().toHex()).isEqualTo("02c3b100");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 253, 254, 255, 1000, 70_000})
    void aStringOfAnyLengthComesBack(int length) throws Exception {
        Bytes content = Bytes.of(new byte[length]);
        TlWriter out = new TlWriter();
        out.writeInt(7);
        out.writeBytes(content);
        out.writeInt(8);

        Bytes wire = out.toBytes();
        assertThat(wire.size() % 4).isZero();
        TlReader in = new TlReader(wire.from(4));
        assertThat(in.readBytes()).isEqualTo(content);
        assertThat(in.readInt()).isEqualTo(8);
    }

    @Test
    void aStringTooLongForItsLengthFieldIsRefused() {
        Bytes content = Bytes.of(new byte[1 << 24]);
        assertThatThrownBy(() -> new TlWriter().writeBytes(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16777215");
    }
}
