package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlReaderTest {
    @Test
    void readsOneValueAfterTheOther() throws Exception {
        TlReader in = reader("e4000000 ffffffffffffffff 000000000020bc40 03616263 b5757299 0102");
        assertThat(in.readInt()).isEqualTo(228);
        assertThat(in.readLong()).isEqualTo(-1);
        assertThat(in.readDouble()).isEqualTo(7200.0);
        assertThat(in.readString()).isEqualTo("abc");
        assertThat(in.readBool()).isTrue();
        assertThat(in.position()).isEqualTo(28);
        assertThat(in.remaining()).isEqualTo(2);
        assertThat(in.readRest()).isEqualTo(Bytes.ofHex("0102"));
        in.requireEnd();
    }

    @Test
    void peekingLeavesTheReaderWhereItIs() throws Exception {
        TlReader in = reader("e4000000");
        assertThat(in.peekInt()).isEqualTo(228);
        assertThat(in.readInt()).isEqualTo(228);
        assertThatThrownBy(in::peekInt).isInstanceOf(MalformedTlException.class);
    }

    @Test
    void aReaderMayBeginInTheMiddle() throws Exception {
        Bytes input = Bytes.ofHex("e400000005000000");
        assertThat(TlReader.at(input, 4).readInt()).isEqualTo(5);
        assertThat(TlReader.at(input, 8).remaining()).isZero();
        assertThatThrownBy(() -> TlReader.at(input, 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> TlReader.at(input, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void textThatIsNotUtf8IsReplacedAndNotRefused() throws Exception {
        assertThat(reader("03ff4141").readString()).isEqualTo("\ufffdAA");
    }

    @Test
    void paddingMayBeAnythingButMustBeThere() throws Exception {
        assertThat(reader("01abffff").readBytes()).isEqualTo(Bytes.ofHex("ab"));
        assertThatThrownBy(() -> reader("01abff").readBytes())
                .isInstanceOf(MalformedTlException.class)
                .hasMessage("at byte 2: 2 bytes were due, 1 are left");
    }

    @Test
    void theLongFormMayHoldAShortString() throws Exception {
        // Nobody writes it so, and nothing forbids it.
        assertThat(reader("fe010000 ab000000").readBytes()).isEqualTo(Bytes.ofHex("ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01ab0000", "04abcdef0100ffff", "fe010000ab000000", "00000000"})
    void skippingAStringEndsWhereReadingDoes(String wire) throws Exception {
        TlReader read = reader(wire);
        TlReader skipped = reader(wire);
        read.readBytes();
        skipped.skipBytes();
        assertThat(skipped.position()).isEqualTo(read.position());
    }

    @ParameterizedTest
    @CsvSource({
        "15c4b51c ffffff7f 00000000, 2147483647",
        "15c4b51c 02000000 00000000, 2",
        "15c4b51c ffffffff 00000000, 4294967295"
    })
    void aCountThatCannotFitIsRefusedBeforeAnythingIsAllocated(String wire, String count) {
        assertThatThrownBy(() -> reader(wire).readVectorCount(4))
                .isInstanceOf(MalformedTlException.class)
                .hasMessage("at byte 4: a vector of " + count + " elements does not fit into 4 bytes");
    }

    @Test
    void aCountThatJustFitsIsTaken() throws Exception {
        assertThat(reader("15c4b51c 01000000 00000000").readVectorCount(4)).isEqualTo(1);
        assertThat(reader("01000000 00000000").readCount(4)).isEqualTo(1);
    }

    @Test
    void aComplaintSaysWhatCameAndWhatWasDue() {
        assertThatThrownBy(() -> reader("00000000 15c4b51d").readVectorCount(4))
                .hasMessage("at byte 0: Vector was due, #0 came");
        assertThatThrownBy(() -> reader("ad8b0100").readBool()).hasMessage("at byte 0: Bool was due, #18bad came");
        assertThatThrownBy(() -> reader("ff000000").readBytes()).hasMessage("at byte 0: no string begins with byte ff");
        assertThatThrownBy(() -> reader("00").requireEnd()).hasMessage("at byte 0: 1 bytes more than were due");
    }

    @Test
    void aFailedReadMovesNothing() {
        TlReader in = reader("000000");
        assertThatThrownBy(in::readInt).isInstanceOf(MalformedTlException.class);
        assertThatThrownBy(() -> in.readRaw(4)).isInstanceOf(MalformedTlException.class);
        assertThat(in.position()).isZero();
    }

    private static TlReader reader(String hex) {
        return new TlReader(Bytes.ofHex(hex.replace(" ", "")));
    }
}
