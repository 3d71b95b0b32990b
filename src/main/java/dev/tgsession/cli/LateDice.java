package dev.tgsession.cli;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Java's own dice, fetched with the first throw: to look for them among all that Java has takes as long as everything else
 * before the first question of a login.
 */
final class LateDice extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1;

    LateDice() {
        super(new Fetched(), null);
    }

    /** Whatever {@code new SecureRandom()} is on this machine. */
    private static final class Fetched extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1;

        private static final class Real {
            static final SecureRandom DICE = new SecureRandom();
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            Real.DICE.setSeed(seed);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            Real.DICE.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            return Real.DICE.generateSeed(count);
        }
    }
}
