package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+491701234567            | 491701234567",
                "491701234567             | 491701234567",
                "00491701234567           | 491701234567",
                "+49 170 123-45.67        | 491701234567",
                "+49 (170) 123/4567       | 491701234567",
                "+49 (0) 170 1234567      | 491701234567",
                "+49 (0)170 1234567       | 491701234567",
                "  +1 202-555-0123        | 12025550123",
                "+39 06 1234567           | 39061234567",
                "+888 0123 4567           | 88801234567",
                "9996620001               | 9996620001",
                "(+44) 7911 123456        | 447911123456",
                "+42777                   | 42777",
                "\u200e+49\u00a0170\u20111234567 | 491701234567",
                "\uff0b\uff14\uff19\uff11\uff17\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17 | 491701234567",
                "+\u0664\u0669\u0661\u0667\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667 | 491701234567",
            })
    void anyWritingOfANumberIsReadToItsDigits(String typed, String digits) {
        assertThat(PhoneNumber.of(typed)).contains(new PhoneNumber(digits));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "abc",
                "+49 170 x",
                "1234",
                "0170 1234567",
                "0000",
                "+0491701234567",
                "4+9170123456",
                "123456789012345678901",
                "+49170\u0007123456",
                "+49170\u001b[D",
                "123456:AAEsomething"
            })
    void whatIsNoInternationalNumberIsRefused(String typed) {
        assertThat(PhoneNumber.of(typed)).isEmpty();
    }

    @Test
    void aNumberPrintsWithAPlus() {
        assertThat(new PhoneNumber("491701234567")).hasToString("+491701234567");
    }

    @Test
    void onlyDigitsMakeANumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber("+491701234567"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber("0491701234567"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber("1234"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "491701234567 | +49 170 1234567 (Germany)",
                "12025550123  | +1 202-555-0123 (United States)",
                "77012345678  | +7 701 234 5678 (Kazakhstan)",
                "79161234567  | +7 916 123-45-67 (Russia)",
                "88801234567  | +888 01234567",
                "9996620001   | +9996620001",
            })
    void aNumberIsSaidInGroupsWithItsCountry(String digits, String words) {
        assertThat(PhoneWords.of(new PhoneNumber(digits))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "49170123        | ",
                "491701234567    | ",
                "4917            | ",
                "1202555         | it is too short for that country",
                "120255501234567 | it is too long for that country",
                "9996620001      | no country code begins like this",
            })
    void aDoubtIsNamedOnlyWhereThereIsOne(String digits, String doubt) {
        Optional<String> expected = Optional.ofNullable(doubt);
        if (digits.length() >= 5) {
            assertThat(PhoneWords.doubt(new PhoneNumber(digits))).isEqualTo(expected);
        }
    }
}
