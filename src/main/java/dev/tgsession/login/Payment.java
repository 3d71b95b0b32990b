package dev.tgsession.login;

import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import java.math.BigDecimal;
import java.util.Currency;

/** Telegram wants money for sending a code, and takes it in its own apps only. */
final class Payment {
    private Payment() {}

    static LoginRefusedException refusal(SentCodePaymentRequired payment) {
        String premium =
                payment.premiumDays() > 0 ? ", for which it adds " + payment.premiumDays() + " days of Premium" : "";
        String support = CleanText.of(payment.supportEmailAddress());
        return Refusals.failed(
                "Telegram wants " + price(payment) + " for sending a code to this number" + premium + ".",
                "Only Telegram's own apps can pay. Log in there first; the code for tgsession then comes there for free."
                        + (support.isEmpty() ? "" : " Questions go to " + support + "."));
    }

    /** The amount comes in the smallest unit of the currency, such as cents. */
    private static String price(SentCodePaymentRequired payment) {
        String code = CleanText.of(payment.currency());
        int decimals;
        try {
            decimals = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            // Telegram's own, such as stars, have no smaller unit.
            decimals = 0;
        }
        return BigDecimal.valueOf(payment.amount(), decimals).toPlainString() + " " + code;
    }
}
