package dev.tgsession.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void equalContentIsEqual() {
        assertThat(Bytes.ofHex("01ff"))
                .isEqualTo(Bytes.of((byte) 1, (byte) 255))
                .hasToString("01ff");
    }

    @Test
    void callersCannotChangeTheContent() {
        byte[] source = {1, 2};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.ofHex("0102"));
    }

    @Test
    void numbersLoseSignAndLeadingZeros() {
        assertThat(Bytes.ofNumber(BigInteger.valueOf(255))).isEqualTo(Bytes.ofHex("ff"));
        assertThat(Bytes.ofNumber(BigInteger.ZERO)).isEqualTo(Bytes.EMPTY);
        assertThat(Bytes.ofNumber(BigInteger.valueOf(255), 4)).isEqualTo(Bytes.ofHex("000000ff"));
        assertThat(Bytes.ofHex("ff").toNumber()).isEqualTo(BigInteger.valueOf(255));
    }

    @Test
    void aNumberThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Bytes.ofNumber(BigInteger.valueOf(65536), 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.ofNumber(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void integersAreLittleEndian() {
        assertThat(Bytes.ofInt(0x01020304)).isEqualTo(Bytes.ofHex("04030201"));
        assertThat(Bytes.ofLong(1)).isEqualTo(Bytes.ofHex("0100000000000000"));
        assertThat(Bytes.ofHex("ff04030201").intAt(1)).isEqualTo(0x01020304);
        assertThat(Bytes.ofHex("ffffffffffffffff").longAt(0)).isEqualTo(-1);
    }

    @Test
    void slicesStayInside() {
        Bytes bytes = Bytes.ofHex("00010203");
        assertThat(bytes.slice(1, 2)).isEqualTo(Bytes.ofHex("0102"));
        assertThat(bytes.last(1)).isEqualTo(Bytes.ofHex("03"));
        assertThatThrownBy(() -> bytes.slice(2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bytes.slice(1, Integer.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void xorNeedsEqualLengths() {
        assertThat(Bytes.ofHex("0f0f").xor(Bytes.ofHex("ff00"))).isEqualTo(Bytes.ofHex("f00f"));
        assertThatThrownBy(() -> Bytes.ofHex("0f").xor(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesAndReverses() {
        assertThat(Bytes.ofHex("80")).isGreaterThan(Bytes.ofHex("7f"));
        assertThat(Bytes.ofHex("0102").reversed()).isEqualTo(Bytes.ofHex("0201"));
        assertThat(Bytes.ofHex("0102").equalsInConstantTime(Bytes.ofHex("0102")))
                .isTrue();
        assertThat(Bytes.ofHex("0102").startsWith(Bytes.ofHex("01"))).isTrue();
    }

    @Test
    void anArrayIsTakenOverWithoutACopy() {
        byte[] array = {1, 2, 3};
        assertThat(Bytes.taking(array)).isEqualTo(Bytes.of((byte) 1, (byte) 2, (byte) 3));
        assertThat(Bytes.taking(new byte[0])).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aPartIsCopiedIntoAnArray() {
        byte[] target = new byte[5];
        Bytes.ofHex("0102030405").copyTo(1, 3, target, 2);
        assertThat(Bytes.of(target)).isEqualTo(Bytes.ofHex("0000020304"));
        assertThatThrownBy(() -> Bytes.ofHex("01").copyTo(0, 2, target, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.ofHex("0102").copyTo(0, 2, target, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
