package dev.tgsession.login;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Locale;
import java.util.Optional;

/**
 * How a phone number is said to a person: {@code +49 170 1234567 (Germany)}.
 *
 * <p>Only words: nothing here decides whether a number is tried. Loading the world's numbering plans takes the better part
 * of a tenth of a second, so this is for the moment when a number did not work and the person has to look at it again.
 */
final class PhoneWords {
    private PhoneWords() {}

    /** The number in groups with its country, as far as known; else as {@code +digits}. */
    static String of(PhoneNumber number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        Optional<Phonenumber.PhoneNumber> parsed = parse(plans, number);
        if (parsed.isEmpty()) {
            return number.toString();
        }
        String grouped = plans.format(parsed.get(), PhoneNumberFormat.INTERNATIONAL);
        String region = plans.getRegionCodeForCountryCode(parsed.get().getCountryCode());
        String exact = plans.getRegionCodeForNumber(parsed.get());
        String country = new Locale("", exact == null ? region : exact).getDisplayCountry(Locale.ENGLISH);
        // 001 stands for numbers that belong to no country, such as +888.
        return region.equals("001") || country.isEmpty() ? grouped : grouped + " (" + country + ")";
    }

    /** A hint when the digits cannot be right, such as a number that is too short for its country; empty otherwise. */
    static Optional<String> doubt(PhoneNumber number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        Optional<Phonenumber.PhoneNumber> parsed = parse(plans, number);
        if (parsed.isEmpty()) {
            return Optional.of("no country code begins like this");
        }
        return switch (plans.isPossibleNumberWithReason(parsed.get())) {
            case TOO_SHORT -> Optional.of("it is too short for that country");
            case TOO_LONG -> Optional.of("it is too long for that country");
            case INVALID_COUNTRY_CODE -> Optional.of("no country code begins like this");
            default -> Optional.empty();
        };
    }

    private static Optional<Phonenumber.PhoneNumber> parse(PhoneNumberUtil plans, PhoneNumber number) {
        try {
            return Optional.of(plans.parse(number.toString(), null));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
