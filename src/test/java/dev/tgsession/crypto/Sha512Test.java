package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sha512Test {
    @Test
    void hashesAsTheJdkDoes() throws GeneralSecurityException {
        for (int blocks = 0; blocks < 5; blocks++) {
            byte[] message = new byte[blocks * Sha512.BLOCK];
            new Random(blocks).nextBytes(message);
            assertThat(hash(message))
                    .isEqualTo(MessageDigest.getInstance("SHA-512").digest(message));
        }
    }

    @Test
    void endsAHashBehindABlock() throws GeneralSecurityException {
        byte[] message = new byte[Sha512.BLOCK + 64];
        new Random(1).nextBytes(message);
        long[] block = new long[Sha512.ROOM];
        long[] state = Sha512.start();
        Sha512.toWords(message, 0, block);
        Sha512.compress(state, block, state);
        // What an earlier hash left behind is in the way of nothing.
        Arrays.fill(block, -1);
        ByteBuffer.wrap(message, Sha512.BLOCK, 64).asLongBuffer().get(block, 0, Sha512.STATE);
        Sha512.padHash(block);
        Sha512.compress(state, block, block);
        assertThat(toBytes(block))
                .isEqualTo(MessageDigest.getInstance("SHA-512").digest(message));
    }

    @Test
    void leavesTheStateItBeganWith() {
        long[] state = Sha512.start();
        Sha512.compress(state, new long[Sha512.ROOM], new long[Sha512.STATE]);
        assertThat(state).isEqualTo(Sha512.start());
    }

    /** Of whole blocks, with the padding in one of its own. */
    private static byte[] hash(byte[] message) {
        ByteBuffer padded = ByteBuffer.allocate(message.length + Sha512.BLOCK);
        padded.put(message).put((byte) 0x80).putLong(padded.capacity() - 8, 8L * message.length);
        long[] state = Sha512.start();
        long[] block = new long[Sha512.ROOM];
        for (int offset = 0; offset < padded.capacity(); offset += Sha512.BLOCK) {
            Sha512.toWords(padded.array(), offset, block);
            Sha512.compress(state, block, state);
        }
        return toBytes(state);
    }

    private static byte[] toBytes(long[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        bytes.asLongBuffer().put(words, 0, Sha512.STATE);
        return bytes.array();
    }
}
