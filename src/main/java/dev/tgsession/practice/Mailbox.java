package dev.tgsession.practice;

import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The e-mail address an account logs in with.
 *
 * @param address where codes go
 * @param code the code that goes there
 * @param resetTakes how long it takes to get rid of the address; zero for at once
 */
record Mailbox(String address, String code, Duration resetTakes) {
    /** The address with all but its ends hidden: {@code p***e@example.org}. */
    static String pattern(String address) {
        int at = address.indexOf('@');
        return at < 2
                ? "*".repeat(Math.max(at, 0)) + address.substring(Math.max(at, 0))
                : address.charAt(0) + "***" + address.substring(at - 1);
    }

    /**
     * What the client is told.
     *
     * @param pending when a reset that was asked for takes effect
     */
    SentCodeType type(Optional<Instant> pending) {
        return new SentCodeTypeEmailCode(
                false,
                false,
                pattern(address),
                code.length(),
                pending.isPresent() ? Optional.empty() : Optional.of((int) resetTakes.toSeconds()),
                pending.map(when -> (int) when.getEpochSecond()));
    }
}
