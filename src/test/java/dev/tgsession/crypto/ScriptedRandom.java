package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Dice that fall as written: hands out the given bytes in their order, and fails when asked for more. For tests that
 * repeat a recorded exchange.
 */
public final class ScriptedRandom extends SecureRandom {
    private final transient Script script;

    private ScriptedRandom(Script script) {
        super(script, new Theatre());
        this.script = script;
    }

    /** Dice that fall as the given bytes, one run after the other. */
    public static ScriptedRandom of(Bytes... script) {
        return new ScriptedRandom(new Script(Bytes.join(script)));
    }

    /** How many bytes nobody has asked for yet. */
    public int remaining() {
        return script.remaining();
    }

    private static final class Script extends SecureRandomSpi {
        private final transient Bytes bytes;
        private int position;

        Script(Bytes bytes) {
            this.bytes = bytes;
        }

        int remaining() {
            return bytes.size() - position;
        }

        @Override
        protected void engineNextBytes(byte[] wanted) {
            if (wanted.length > remaining()) {
                throw new AssertionError(
                        wanted.length + " random bytes asked for where the script has " + remaining() + " left");
            }
            System.arraycopy(bytes.slice(position, wanted.length).toArray(), 0, wanted, 0, wanted.length);
            position += wanted.length;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new AssertionError("a script takes no seed");
        }

        @Override
        protected byte[] engineGenerateSeed(int size) {
            throw new AssertionError("a script gives no seed");
        }
    }

    private static final class Theatre extends Provider {
        Theatre() {
            super("Theatre", "1", "dice for tests");
        }
    }
}
