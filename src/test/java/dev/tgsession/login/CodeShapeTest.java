package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeShapeTest {
    @ParameterizedTest
    @CsvSource({"12345,12345", "' 12 345 ',12345", "12-345,12345", "+7 (925) 123,7925123", "\u0661\u0662345,12345"})
    void digitsAreTypedInGroups(String typed, String normal) {
        assertThat(CodeShape.digits(0).normal(typed)).isEqualTo(normal);
    }

    @Test
    void aCodeOfCharactersKeepsItsCaseAndDashes() {
        assertThat(CodeShape.characters(6).normal(" aB-1 2\t")).isEqualTo("aB-12");
    }

    @Test
    void theWordsOfAPhraseStandOneSpaceApart() {
        assertThat(CodeShape.phrase(Optional.empty()).normal("  three  blind\tmice "))
                .isEqualTo("three blind mice");
        assertThat(CodeShape.word(Optional.empty()).normal(" banana ")).isEqualTo("banana");
    }

    @Test
    void aWrongLengthIsSeenBeforeItCostsATry() {
        assertThat(CodeShape.digits(5).objection("1234")).contains("The code has 5 digits; this has 4.");
        assertThat(CodeShape.digits(5).objection("12345")).isEmpty();
        assertThat(CodeShape.characters(6).objection("12345")).contains("The code has 6 characters; this has 5.");
    }

    @Test
    void lettersAreNoDigitsAndNothingIsNothing() {
        assertThat(CodeShape.digits(5).objection("1234x")).contains("This is not a number; the code is 5 digits.");
        assertThat(CodeShape.digits(5).objection("")).contains("Nothing was typed; the code is 5 digits.");
        assertThat(CodeShape.phrase(Optional.empty()).objection(""))
                .contains("Nothing was typed; the code is a phrase.");
    }

    @Test
    void aLengthThatTelegramLeavesOpenIsNotHeldAgainstTheCode() {
        assertThat(CodeShape.digits(0).objection("1")).isEmpty();
        assertThat(CodeShape.characters(0).objection("123456789")).isEmpty();
        assertThat(CodeShape.digits(0).words()).isEqualTo("a number");
        assertThat(CodeShape.characters(0).words()).isEqualTo("letters or digits");
    }

    @Test
    void aWordBeginsAsTelegramSays() {
        CodeShape word = CodeShape.word(Optional.of("b"));
        assertThat(word.words()).isEqualTo("a word beginning with \"b\"");
        assertThat(word.objection("Banana")).isEmpty();
        assertThat(word.objection("apple")).contains("The code is a word beginning with \"b\".");
        assertThat(CodeShape.phrase(Optional.of("Three")).objection("three blind mice"))
                .isEmpty();
    }

    @Test
    void aBeginningFromOutsideCannotMoveTheCursor() {
        assertThat(CodeShape.word(Optional.of("b\u001b[2J")).words()).doesNotContain("\u001b");
    }
}
