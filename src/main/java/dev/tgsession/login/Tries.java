package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.login.LoginRefusedException.Kind;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How often an answer may still be wrong: three times at Telegram, and some more that need not be sent to be known as wrong.
 *
 * <p>What was refused is never sent a second time. To tell, a salted hash of it is kept, not the value.
 */
final class Tries {
    static final int AT_TELEGRAM = 3;
    private static final int AT_HOME = 5;
    static final int SALT_SIZE = 32;
    static final int MARK_SIZE = 32;

    private final String what;
    private final Supplier<Bytes> freshSalt;

    /** Drawn for the first answer: before there is one, nobody shall wait for the dice. */
    private Optional<Bytes> salt = Optional.empty();

    private final Set<Bytes> refused = new LinkedHashSet<>();
    private int leftAtTelegram = AT_TELEGRAM;
    private int leftAtHome = AT_HOME;

    /** {@code what} names the answer in a sentence: {@code code}, {@code password}. */
    Tries(String what, SecureRandom random) {
        this.what = what;
        this.freshSalt = () -> drawn(random);
    }

    private static Bytes drawn(SecureRandom random) {
        byte[] bytes = new byte[SALT_SIZE];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** The same for a code, of which an earlier process may have used up some tries. */
    static Tries ofCode(RefusedCodes earlier, SecureRandom random) {
        return earlier.marks().isEmpty() ? new Tries("code", random) : new Tries(earlier);
    }

    private Tries(RefusedCodes earlier) {
        this.what = "code";
        this.freshSalt = earlier::salt;
        this.refused.addAll(earlier.marks());
        this.leftAtTelegram = AT_TELEGRAM - earlier.marks().size();
    }

    /** What another process must know to go on with the same code. */
    RefusedCodes refusedCodes() {
        return refused.isEmpty() ? RefusedCodes.NONE : new RefusedCodes(salt(), List.copyOf(refused));
    }

    /** What is kept of a value. */
    Bytes mark(String value) {
        return Hashes.sha256(salt(), Bytes.ofUtf8(value));
    }

    /** For values that make their mark themselves. */
    Bytes salt() {
        if (salt.isEmpty()) {
            salt = Optional.of(freshSalt.get());
        }
        return salt.get();
    }

    /**
     * Why this value need not be sent: Telegram has refused it before, or {@code ofItsShape} says so. Empty if it is to
     * be sent.
     *
     * @throws LoginRefusedException if that has happened too often: somebody else than a person seems to answer
     */
    Optional<String> objection(Bytes mark, Optional<String> ofItsShape) throws LoginRefusedException {
        Optional<String> objection =
                refused.contains(mark) ? Optional.of("Telegram has refused this " + what + " already.") : ofItsShape;
        if (objection.isPresent()) {
            unusable();
        }
        return objection;
    }

    /**
     * Telegram has refused a value.
     *
     * @return how many tries are left, as a sentence
     * @throws LoginRefusedException if that was the last try
     */
    String refusedByTelegram(Bytes mark) throws LoginRefusedException {
        refused.add(mark);
        leftAtTelegram--;
        if (leftAtTelegram == 0) {
            throw new LoginRefusedException(
                    Kind.NOT_AUTHORISED,
                    "This was the third wrong " + what + ".",
                    "Stopped here, so that Telegram does not lock you out.");
        }
        return leftAtTelegram == 1 ? "One try is left." : leftAtTelegram + " tries are left.";
    }

    /**
     * An answer was no good in a way that needs no question to Telegram.
     *
     * @throws LoginRefusedException if that has happened too often
     */
    void unusable() throws LoginRefusedException {
        leftAtHome--;
        if (leftAtHome == 0) {
            throw new LoginRefusedException(
                    Kind.NOT_AUTHORISED, "There was no usable " + what + " among the answers.", "");
        }
    }
}
