package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The codec over a small schema of its own. */
final class TlCodecTest {
    interface Toys {
        sealed interface Shape {}

        @Tl("circle#c1 radius:int = Shape")
        record Circle(int radius) implements Shape {}

        @Tl("group#c2 inside:Vector<Shape> = Shape")
        record Group(List<Shape> inside) implements Shape {}

        @Tl("checked#c3 a:int = Shape")
        record Checked(int a) implements Shape {
            public Checked {
                if (a < 0) {
                    throw new IllegalArgumentException("a must not be negative");
                }
            }
        }

        /** Has grown: first a size, then a colour in a second flag word, and the size became optional. */
        @Tl("box#b1 size:int = Box")
        @Tl(
                value = "box#b2 flags:# size:flags.0?int flags2:# big:flags2.1?true colour:flags2.3?string = Box",
                since = 9)
        record Box(Optional<Integer> size, boolean big, Optional<String> colour) {}

        @Tl("pair#d1 flags:# left:flags.0?int right:flags.0?int open:flags.0?true = Pair")
        record Pair(Optional<Integer> left, Optional<Integer> right) {}

        /** Names one field of many. */
        @Tl("crowd#e1 flags:# a:int b:long c:double d:string e:bytes f:Bool g:Vector<int> h:int128 i:int256"
                + " j:flags.0?int named:int k:flags.1?Unknown l:vector<int> = Crowd")
        record Crowd(int named) {}

        @Tl("shy#e2 flags:# left:flags.0?int right:flags.0?string = Shy")
        record Shy(Optional<Integer> left) {}

        @Tl("needy#e3 a:int shape:Shape = Needy")
        record Needy(int a) {}

        @Tl("holder#e4 over:Shape other:Unknown any:Object named:int = Holder")
        record Holder(int named) {}

        @Tl("nonce#e5 nonce:int128 = Nonce")
        record Nonce(Bytes nonce) {}

        @Tl("bare#e6 points:vector<point> = Bare")
        record Bare(List<Point> points) {}

        @Tl("point#e7 x:int y:int = Point")
        record Point(int x, int y) {}

        @Tl("open#f1 door:int = Bool")
        record Open(int door) implements TlMethod<Boolean> {}

        @Tl("shapes#f2 = Vector<Shape>")
        record Shapes() implements TlMethod<List<Shape>> {}

        @Tl("numbers#f3 = Vector<long>")
        record Numbers() implements TlMethod<List<Long>> {}

        @Tl("boxes#f4 = Box")
        record AskBox() implements TlMethod<Box> {}

        @Tl("wrap#f5 {X:Type} layer:int query:!X = X")
        record Wrap<R>(int layer, TlMethod<R> query) implements TlMethod<R> {}
    }

    private final AtomicInteger linesAskedFor = new AtomicInteger();
    private final TlCodec codec = new TlCodec(List.of(Toys.class), () -> {
        linesAskedFor.incrementAndGet();
        return "// a comment\n\nlost#aa text:string = Unknown\nfound#ab flags:# deep:flags.0?Unknown = Unknown;\n";
    });

    @Test
    void anObjectIsItsIdAndItsFields() throws Exception {
        Bytes wire = codec.write(new Toys.Circle(7));
        assertThat(wire).isEqualTo(hex("c1000000 07000000"));
        assertThat(codec.read(wire)).isEqualTo(new Toys.Circle(7));
    }

    @Test
    void theNewestLineIsWrittenUnlessALayerIsGiven() {
        Toys.Box box = new Toys.Box(Optional.of(5), true, Optional.of("red"));
        assertThat(codec.write(box)).isEqualTo(hex("b2000000 01000000 05000000 0a000000 03726564"));
        assertThat(codec.write(box, 9)).isEqualTo(codec.write(box));
        assertThat(codec.write(box, 8)).isEqualTo(hex("b1000000 05000000"));
        assertThat(codec.write(new Toys.Box(Optional.empty(), false, Optional.empty()), 8))
                .isEqualTo(hex("b1000000 00000000"));
    }

    @Test
    void everyLineIsRead() throws Exception {
        assertThat(codec.read(hex("b1000000 05000000")))
                .isEqualTo(new Toys.Box(Optional.of(5), false, Optional.empty()));
        assertThat(codec.read(hex("b2000000 00000000 08000000 03726564")))
                .isEqualTo(new Toys.Box(Optional.empty(), false, Optional.of("red")));
    }

    @Test
    void aFlagBitSpeaksForAllItsFields() throws Exception {
        Toys.Pair both = new Toys.Pair(Optional.of(1), Optional.of(2));
        assertThat(codec.write(both)).isEqualTo(hex("d1000000 01000000 01000000 02000000"));
        assertThat(codec.read(codec.write(both))).isEqualTo(both);
        assertThatThrownBy(() -> codec.write(new Toys.Pair(Optional.of(1), Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("right");
        assertThat(codec.write(new Toys.Shy(Optional.of(1))))
                .as("a neighbour without a name is filled in")
                .isEqualTo(hex("e2000000 01000000 01000000 00000000"));
    }

    @Test
    void fieldsWithoutAComponentAreWrittenEmptyAndReadOver() throws Exception {
        Bytes wire = codec.write(new Toys.Crowd(7));
        assertThat(wire)
                .isEqualTo(hex("e1000000 00000000"
                        + "00000000 0000000000000000 0000000000000000 00000000 00000000 379779bc 15c4b51c00000000"
                        + "00".repeat(16 + 32)
                        + "07000000 00000000"));
        assertThat(codec.read(wire)).isEqualTo(new Toys.Crowd(7));
        assertThat(codec.read(hex("e1000000 03000000"
                        + "01000000 0100000000000000 0000000000000000 0161ffff 02616200 b5757299 15c4b51c0100000009000000"
                        + "ff".repeat(16 + 32)
                        + "05000000 07000000 aa00000001610000 0200000001000000ffffffff")))
                .isEqualTo(new Toys.Crowd(7));
    }

    @Test
    void anObjectThatIsNotNamedCannotBeMadeUp() {
        assertThatThrownBy(() -> codec.write(new Toys.Needy(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("needy cannot be written without shape");
    }

    @Test
    void whatLiesInsideIsReadOverByRecordsAndByOtherLines() throws Exception {
        String over = "c2000000 15c4b51c02000000 c100000001000000 c200000015c4b51c00000000";
        String other = "ab00000001000000 ab00000001000000 aa00000001610000";
        assertThat(codec.read(hex("e4000000" + over + other + "b100000005000000" + "07000000")))
                .isEqualTo(new Toys.Holder(7));
        assertThatThrownBy(() -> codec.read(hex("e4000000" + other)))
                .isInstanceOf(MalformedTlException.class)
                .hasMessage("at byte 4: Shape was due, #ab came");
        assertThatThrownBy(() -> codec.read(hex("e4000000" + over + over)))
                .hasMessage("at byte 36: Unknown was due, #c2 came");
        assertThatThrownBy(() -> codec.read(hex("e4000000" + over + other + "f1000000")))
                .as("a call is no object")
                .hasMessage("at byte 60: Object was due, #f1 came");
    }

    @Test
    void otherLinesAreAskedForOnceAndOnlyWhenNeeded() throws Exception {
        codec.read(codec.write(new Toys.Circle(1)));
        codec.read(codec.write(new Toys.Crowd(1)));
        assertThat(linesAskedFor).hasValue(0);
        Bytes holder = hex("e4000000 c100000001000000 aa00000001610000 c100000001000000 07000000");
        codec.read(holder);
        codec.read(holder);
        assertThat(linesAskedFor).hasValue(1);
    }

    @Test
    void aBareVectorHoldsBareObjects() throws Exception {
        Toys.Bare bare = new Toys.Bare(List.of(new Toys.Point(1, 2), new Toys.Point(3, 4)));
        assertThat(codec.write(bare)).isEqualTo(hex("e6000000 02000000 01000000 02000000 03000000 04000000"));
        assertThat(codec.read(codec.write(bare))).isEqualTo(bare);
    }

    @Test
    void rawBytesMustHaveTheirSize() {
        assertThat(codec.write(new Toys.Nonce(Bytes.of(new byte[16]))).size()).isEqualTo(20);
        assertThatThrownBy(() -> codec.write(new Toys.Nonce(Bytes.of(new byte[15]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("16 bytes are due, not 15");
    }

    @Test
    void readingAllOfTheInputRefusesWhatFollows() throws Exception {
        Bytes wire = hex("c1000000 07000000 ffffff");
        assertThatThrownBy(() -> codec.read(wire))
                .isInstanceOf(MalformedTlException.class)
                .hasMessage("at byte 8: 3 bytes more than were due");
        TlReader in = new TlReader(wire);
        assertThat(codec.read(in)).isEqualTo(new Toys.Circle(7));
        assertThat(in.remaining()).isEqualTo(3);
    }

    @Test
    void anIdNobodyKnowsIsRefusedByName() {
        assertThat(codec.knows(0xc1)).isTrue();
        assertThat(codec.knows(0xb1)).as("an older line").isTrue();
        assertThat(codec.knows(0xaa)).as("only read over").isFalse();
        assertThat(codec.knows(0xdeadbeef)).isFalse();
        assertThatThrownBy(() -> codec.read(hex("efbeadde")))
                .hasMessage("at byte 0: an object was due, #deadbeef came");
    }

    @Test
    void whatARecordRefusesIsMalformed() {
        assertThatThrownBy(() -> codec.read(hex("c3000000 ffffffff")))
                .isInstanceOf(MalformedTlException.class)
                .hasMessage("at byte 4: checked: a must not be negative");
    }

    @Test
    void answersAreReadByTheTypeTheCallNames() throws Exception {
        assertThat(codec.readResult(new Toys.Open(1), hex("b5757299"))).isTrue();
        assertThat(codec.readResult(new Toys.Numbers(), hex("15c4b51c 01000000 0500000000000000")))
                .containsExactly(5L);
        assertThat(codec.readResult(new Toys.Shapes(), hex("15c4b51c 01000000 c100000007000000")))
                .containsExactly(new Toys.Circle(7));
        assertThat(codec.readResult(new Toys.AskBox(), hex("b1000000 05000000")).size())
                .contains(5);
    }

    @Test
    void answersOfAnotherTypeAreRefused() {
        assertThatThrownBy(() -> codec.readResult(new Toys.AskBox(), hex("c1000000 05000000")))
                .hasMessage("at byte 0: Box was due, #c1 came");
        assertThatThrownBy(() -> codec.readResult(new Toys.Open(1), hex("b1000000 05000000")))
                .hasMessage("at byte 0: Bool was due, #b1 came");
        assertThatThrownBy(() -> codec.readResult(new Toys.Shapes(), hex("c1000000 05000000")))
                .hasMessage("at byte 0: Vector was due, #c1 came");
        assertThatThrownBy(() -> codec.readResult(new Toys.Open(1), hex("b575729900")))
                .hasMessage("at byte 4: 1 bytes more than were due");
    }

    @Test
    void aWrapperIsAnsweredByWhatItWraps() throws Exception {
        var wrapped = new Toys.Wrap<>(1, new Toys.Wrap<>(2, new Toys.Open(3)));
        assertThat(codec.write(wrapped)).isEqualTo(hex("f5000000 01000000 f5000000 02000000 f1000000 03000000"));
        assertThat(codec.read(codec.write(wrapped))).isEqualTo(wrapped);
        assertThat(codec.readResult(wrapped, hex("379779bc"))).isFalse();
    }

    @Test
    void answersAreWrittenAsTheyAreRead() throws Exception {
        List<Toys.Shape> shapes = List.of(new Toys.Circle(1), new Toys.Group(List.of()));
        assertThat(codec.readResult(new Toys.Shapes(), codec.writeResult(new Toys.Shapes(), shapes, 1)))
                .isEqualTo(shapes);
        assertThat(codec.writeResult(new Toys.Wrap<>(1, new Toys.Open(1)), true, 1))
                .isEqualTo(hex("b5757299"));
        Toys.Box box = new Toys.Box(Optional.of(5), false, Optional.empty());
        assertThat(codec.writeResult(new Toys.AskBox(), box, 1)).isEqualTo(hex("b1000000 05000000"));
    }

    @Test
    void aWrappedCallNobodyKnowsIsKeptAsItIs() throws Exception {
        Bytes wire = hex("f5000000 07000000 efbeadde 0102030405060708");
        Object read = codec.read(wire);
        assertThat(read).isEqualTo(new Toys.Wrap<>(7, new UnknownMethod(0xdeadbeef, Bytes.ofHex("0102030405060708"))));
        assertThat(read.toString()).contains("#deadbeef", "8 bytes").doesNotContain("0102");
        assertThat(codec.write(read)).isEqualTo(wire);
        assertThatThrownBy(() -> codec.read(hex("f5000000 07000000 c1000000 01000000")))
                .as("a known object that is no call")
                .hasMessage("at byte 8: !X was due, #c1 came");
    }

    @Test
    void aServerReadsCallsKnownAndUnknown() throws Exception {
        assertThat(codec.readCall(hex("f1000000 03000000"))).isEqualTo(new Toys.Open(3));
        assertThat(codec.readCall(hex("efbeadde 01"))).isEqualTo(new UnknownMethod(0xdeadbeef, Bytes.ofHex("01")));
        assertThatThrownBy(() -> codec.readCall(hex("c1000000 03000000")))
                .hasMessage("at byte 0: a call was due, #c1 came");
        assertThatThrownBy(() -> codec.readCall(hex("f1000000 03000000 00"))).isInstanceOf(MalformedTlException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2000000 15c4b51c ffffff7f",
                "c2000000 15c4b51c ffffffff",
                "c2000000 15c4b51c 00000080",
                "c2000000 15c4b51c 02000000 c1000000",
                "e6000000 ffffff7f 0000000000000000",
                "e4000000 c2000000 15c4b51c ffffff7f"
            })
    void aCountTheInputCannotHoldIsRefused(String wire) {
        assertThatThrownBy(() -> codec.read(hex(wire)))
                .isInstanceOf(MalformedTlException.class)
                .hasMessageContaining("elements does not fit");
    }

    @Test
    void depthHasALimitInReadingAndInReadingOver() throws Exception {
        // A group is two levels: itself and its vector.
        Toys.Shape shallow = nested(TlCodec.MAX_DEPTH / 2);
        assertThat(codec.read(codec.write(shallow))).isEqualTo(shallow);

        Bytes deep = codec.write(nested(TlCodec.MAX_DEPTH / 2 + 1));
        assertThatThrownBy(() -> codec.read(deep))
                .isInstanceOf(MalformedTlException.class)
                .hasMessageContaining("deep");
        String circle = "c100000001000000";
        for (String bottomless : List.of(
                "e4000000" + "c200000015c4b51c01000000".repeat(100_000),
                "e4000000" + circle + "ab00000001000000".repeat(100_000),
                "f500000001000000".repeat(100_000))) {
            assertThatThrownBy(() -> codec.read(hex(bottomless)))
                    .isInstanceOf(MalformedTlException.class)
                    .hasMessageContaining("deep");
        }
    }

    @Test
    void onlyRecordsCanBeWritten() {
        assertThatThrownBy(() -> codec.write("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.String is no record");
    }

    private static Toys.Shape nested(int groups) {
        Toys.Shape shape = new Toys.Group(List.of());
        for (int i = 1; i < groups; i++) {
            shape = new Toys.Group(List.of(shape));
        }
        return shape;
    }

    private static Bytes hex(String spaced) {
        return Bytes.ofHex(spaced.replace(" ", ""));
    }
}
