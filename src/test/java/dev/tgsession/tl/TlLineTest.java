package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlLineTest {
    @Test
    void aLineFallsIntoNameIdFieldsAndResult() {
        TlLine line = TlLine.parse("auth.x#8c703f flags:# at:flags.3?int names:Vector<string> = auth.Y;");
        assertThat(line.name()).isEqualTo("auth.x");
        assertThat(line.id()).isEqualTo(0x008c703f);
        assertThat(line.result().name()).isEqualTo("auth.Y");
        assertThat(line.fields()).extracting(TlLine.Field::name).containsExactly("flags", "at", "names");

        TlLine.Field at = line.fields().get(1);
        assertThat(at.type().kind()).isEqualTo(TlType.Kind.INT);
        assertThat(at.flagWord()).isZero();
        assertThat(at.bit()).isEqualTo(3);
        assertThat(line.fields().get(2).isFlagged()).isFalse();
    }

    @Test
    void theSecondFlagWordStandsWhereTheLinePutsIt() {
        TlLine line = TlLine.parse("x#1 flags:# a:flags.0?int flags2:# b:flags2.31?int = X");
        assertThat(line.fields().get(3).flagWord()).isEqualTo(2);
        assertThat(line.fields().get(3).bit()).isEqualTo(31);
    }

    @Test
    void aTypeVariableIsNotAField() {
        TlLine line = TlLine.parse("invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;");
        assertThat(line.fields()).extracting(TlLine.Field::name).containsExactly("layer", "query");
        assertThat(line.fields().get(1).type().kind()).isEqualTo(TlType.Kind.ANY);
    }

    @Test
    void aLineWithoutFieldsIsALineToo() {
        TlLine line = TlLine.parse("auth.logOut#3e72ba19 = auth.LoggedOut");
        assertThat(line.fields()).isEmpty();
        assertThat(line.result()).isEqualTo(TlType.parse("auth.LoggedOut"));
    }

    @Test
    void vectorsNestAndSmallLettersMeanBare() {
        TlType type = TlType.parse("Vector<vector<future_salt>>");
        assertThat(type.kind()).isEqualTo(TlType.Kind.VECTOR);
        assertThat(type.elements().kind()).isEqualTo(TlType.Kind.BARE_VECTOR);
        assertThat(type.elements().elements().kind()).isEqualTo(TlType.Kind.BARE);
        assertThat(TlType.parse("auth.CodeType").kind()).isEqualTo(TlType.Kind.BOXED);
        assertThat(TlType.parse("P_Q_inner_data").kind()).isEqualTo(TlType.Kind.BOXED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x a:int = X",
                "x#1",
                "x#1 a:int",
                "x#zz a:int = X",
                "x#1 a = X",
                "x#1 :int = X",
                "x#1 a:flags.0?int = X",
                "x#1 a:flags.0?int flags:# = X",
                "x#1 flags:# a:flags.32?int = X",
                "x#1 flags:int a:flags.0?int = X",
                "x#1 a:Vector<int = X",
                "x#1 a:7 = X",
                "x#1 a: = X"
            })
    void aMistakeInALineIsReported(String text) {
        assertThatThrownBy(() -> TlLine.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phone_number phoneNumber",
                "srp_B srpB",
                "g_a gA",
                "M1 m1",
                "A a",
                "new_nonce_hash1 newNonceHash1",
                "pq pq",
                "flags2 flags2"
            })
    void aFieldIsNamedInCamelCase(String fieldAndComponent) {
        String[] names = fieldAndComponent.split(" ", -1);
        assertThat(RecordShape.componentName(names[0])).isEqualTo(names[1]);
    }
}
