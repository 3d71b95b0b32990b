package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.SecureRandom;

/** Random bytes as values. */
final class Chance {
    private Chance() {}

    static Bytes bytes(SecureRandom random, int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return Bytes.of(drawn);
    }
}
