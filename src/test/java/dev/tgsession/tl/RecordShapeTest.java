package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tgsession.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RecordShapeTest {
    @Tl(value = "thing#2 name:string size:int = Thing", since = 150)
    @Tl(value = "thing#3 flags:# name:string size:flags.0?int = Thing", since = 200)
    @Tl("thing#1 name:string = Thing")
    record Thing(String name, Optional<Integer> size) {}

    @Test
    void aLineHoldsFromItsLayerUntilTheNextOne() {
        RecordShape shape = new RecordShape(Thing.class);
        assertThat(idIn(shape, 0)).isEqualTo(1);
        assertThat(idIn(shape, 149)).isEqualTo(1);
        assertThat(idIn(shape, 150)).isEqualTo(2);
        assertThat(idIn(shape, 199)).isEqualTo(2);
        assertThat(idIn(shape, 1000)).isEqualTo(3);
        assertThat(shape.newest().line().id()).isEqualTo(3);
    }

    @Tl(value = "late#1 a:int = Late", since = 150)
    @Tl(value = "late#2 a:int = Late", since = 160)
    record Late(int a) {}

    @Test
    void beforeItsFirstLayerARecordLooksAsInIt() {
        assertThat(idIn(new RecordShape(Late.class), 100)).isEqualTo(1);
    }

    record NoLine(int a) {}

    @Tl("typo#1 phone_number:string = Typo")
    record Typo(String phoneNummer) {}

    @Tl("number#1 a:string = X")
    record TextIntoNumber(int a) {}

    @Tl("long#1 a:long = X")
    record LongIntoInt(int a) {}

    @Tl("list#1 a:Vector<long> = X")
    record LongsIntoTexts(List<String> a) {}

    @Tl("flag#1 flags:# a:flags.0?Thing = X")
    record MaybeIntoMust(Thing a) {}

    @Tl("word#1 flags:# = X")
    record FlagWord(int flags) {}

    @Tl("object#1 a:Thing = X")
    record ObjectIntoBytes(Bytes a) {}

    @Tl(value = "new#2 a:Thing = X", since = 9)
    @Tl("old#1 = X")
    record NothingToFillIn(Thing a) {}

    @Tl(value = "new#2 = X", since = 9)
    @Tl("old#1 a:int = X")
    record OnlyInThePast(int a) {}

    @Tl(value = "new#2 = X", since = 9)
    @Tl(value = "old#1 = X", since = 9)
    record TwoAtATime() {}

    @TestFactory
    Stream<DynamicTest> aRecordThatDoesNotFitItsLineIsReported() {
        return Stream.of(
                        NoLine.class,
                        Typo.class,
                        TextIntoNumber.class,
                        LongIntoInt.class,
                        LongsIntoTexts.class,
                        MaybeIntoMust.class,
                        FlagWord.class,
                        ObjectIntoBytes.class,
                        NothingToFillIn.class,
                        OnlyInThePast.class,
                        TwoAtATime.class)
                .map(type -> dynamicTest(
                        type.getSimpleName(),
                        () -> assertThatThrownBy(() -> new RecordShape(type))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining(type.getSimpleName())));
    }

    @Tl("peer#3 a:Thing = X")
    record PeerNow(Thing a) {}

    @Tl("peer#1 a:int = X")
    record PeerThen(int a) {}

    /** Where an older line is so different that it has a record of its own, the lines between are none of its business. */
    @Test
    void aRecordThatIsAnOlderLineItselfHasNoOthers() {
        OlderLines older = OlderLines.parse("2 peer#1 a:int = X\n5 peer#2 a:Thing b:int = X");

        assertThat(new RecordShape(PeerThen.class, older).in(2).line().id()).isEqualTo(1);
        assertThat(new RecordShape(PeerThen.class, older).in(9).line().id()).isEqualTo(1);
        OlderLines later = OlderLines.parse("5 peer#2 a:Thing b:int = X");
        assertThat(new RecordShape(PeerNow.class, later).in(5).line().id()).isEqualTo(2);
        assertThat(new RecordShape(PeerNow.class, later).in(6).line().id()).isEqualTo(3);
    }

    @Test
    void onlyACallHasAnAnswer() {
        assertThat(new RecordShape(Thing.class).isCall()).isFalse();
        assertThatThrownBy(() -> new RecordShape(Thing.class).answer()).isInstanceOf(IllegalArgumentException.class);
    }

    private static int idIn(RecordShape shape, int layer) {
        return shape.in(layer).line().id();
    }
}
