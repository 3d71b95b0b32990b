package dev.tgsession.practice;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All accounts there could be. Each comes into being when somebody first asks for it. */
final class PracticeAccounts {
    /** The data centres there are. */
    static final int DCS = 5;

    private static final String PREFIX = "99966";
    private static final int NUMBER_LENGTH = 10;
    private static final int MOST_BOTS = 10_000;

    private final SecureRandom random;
    private final Scenarios scenarios = new Scenarios();
    private final Map<String, PracticeAccount> phones = new HashMap<>();
    private final Map<Long, PracticeAccount> bots = new HashMap<>();

    PracticeAccounts(SecureRandom random) {
        this.random = random;
    }

    Scenarios scenarios() {
        return scenarios;
    }

    /**
     * The account of a number, whether registered or not; none if it is no practice number: {@code 99966}, the number of a
     * data centre, four digits.
     */
    synchronized Optional<PracticeAccount> ofPhone(String typed) {
        return practiceNumber(typed).map(phone -> phones.computeIfAbsent(phone, this::create));
    }

    /** How a practice number ends, 0 to 9999. */
    static Optional<Integer> lastFour(String typed) {
        return practiceNumber(typed).map(PracticeAccounts::lastFourOf);
    }

    private static int lastFourOf(String phone) {
        return Integer.parseInt(phone.substring(PREFIX.length() + 1));
    }

    private static Optional<String> practiceNumber(String typed) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char letter = typed.charAt(i);
            if (letter >= '0' && letter <= '9') {
                digits.append(letter);
            }
        }
        String phone = digits.toString();
        boolean known = phone.length() == NUMBER_LENGTH
                && phone.startsWith(PREFIX)
                && phone.charAt(PREFIX.length()) >= '1'
                && phone.charAt(PREFIX.length()) <= '0' + DCS;
        return known ? Optional.of(phone) : Optional.empty();
    }

    /** The five digits that open an account: its data centre's, repeated. */
    static String digits(PracticeAccount account) {
        String phone = account.phone().orElse(PREFIX + "0");
        return phone.substring(PREFIX.length(), PREFIX.length() + 1).repeat(5);
    }

    /** The bot with this id. */
    synchronized PracticeAccount bot(long id, Home home) {
        if (bots.size() >= MOST_BOTS) {
            bots.clear();
        }
        return bots.computeIfAbsent(
                id,
                key -> new PracticeAccount(
                        id, random.nextLong() | 1, Optional.empty(), "Practice bot", "", home, Scenario.of("a bot")));
    }

    /** A person or bot that has been here before. */
    synchronized Optional<PracticeAccount> ofId(long id) {
        PracticeAccount person = phones.get(Long.toString(id));
        return person != null ? Optional.of(person) : Optional.ofNullable(bots.get(id));
    }

    private PracticeAccount create(String phone) {
        int dc = phone.charAt(PREFIX.length()) - '0';
        int lastFour = lastFourOf(phone);
        // The number itself makes a fine id: nobody else has it, and it needs more than 32 bits, as new accounts do.
        return new PracticeAccount(
                Long.parseLong(phone),
                random.nextLong() | 1,
                Optional.of(phone),
                "Practice",
                phone.substring(PREFIX.length()),
                home(dc, lastFour),
                scenarios.of(lastFour));
    }

    /** Numbers from 0401 on live elsewhere than they say. */
    private static Home home(int dc, int lastFour) {
        int target = lastFour % 10;
        boolean real = target >= 1 && target <= DCS;
        return switch (lastFour / 10) {
            case 40 -> real ? Home.at(target) : Home.at(dc);
            case 41 -> real ? Home.movedWhileSigningIn(dc, target) : Home.at(dc);
            case 42 -> real ? Home.movedTo("NETWORK", target) : Home.at(dc);
            case 43 -> target == 0 ? Home.between(2, 4) : target == 1 ? Home.at(9) : Home.at(dc);
            default -> Home.at(dc);
        };
    }
}
