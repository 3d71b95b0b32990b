package dev.tgsession.session;

import java.util.Optional;

/**
 * Who a session belongs to. Only the number is certain; some formats store nothing more.
 *
 * @param userId above 0, may exceed 32 bits
 * @param bot whether it is a bot; formats that do not say are read by the name (bots end in "bot")
 * @param accessHash the account's own access hash, any 64 bits
 * @param username without the at sign, in the letter case Telegram gave
 * @param phone digits only
 */
public record Account(
        long userId,
        boolean bot,
        Optional<Long> accessHash,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> username,
        Optional<String> phone) {

    /**
     * Checks what must hold.
     *
     * @throws IllegalArgumentException if the user id is not above 0
     */
    public Account {
        if (userId <= 0) {
            throw new IllegalArgumentException("a user id is above 0, not " + userId);
        }
    }

    /** An account of which only the number is known. */
    public static Account of(long userId, boolean bot) {
        return new Account(
                userId, bot, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** First and last name joined by one blank; empty when there is neither. */
    public Optional<String> fullName() {
        String joined =
                (firstName.orElse("").strip() + " " + lastName.orElse("").strip()).strip();
        return joined.isEmpty() ? Optional.empty() : Optional.of(joined);
    }
}
