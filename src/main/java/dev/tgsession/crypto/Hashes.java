package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hash functions of MTProto, over one or more runs of bytes taken as one. */
public final class Hashes {
    private Hashes() {}

    /** SHA-1, 20 bytes. MTProto names and checks things with it; nothing here leans on its weak side, collisions. */
    public static Bytes sha1(Bytes... parts) {
        return digest("SHA-1", parts);
    }

    /** SHA-256, 32 bytes. */
    public static Bytes sha256(Bytes... parts) {
        return digest("SHA-256", parts);
    }

    /** SHA-256 over {@code outer || inner || outer}, for arrays that are wiped afterwards. */
    static byte[] sha256Between(byte[] outer, byte[] inner) {
        MessageDigest digest = named("SHA-256");
        digest.update(outer);
        digest.update(inner);
        return digest.digest(outer);
    }

    private static Bytes digest(String algorithm, Bytes... parts) {
        MessageDigest digest = named(algorithm);
        for (Bytes part : parts) {
            digest.update(part.toArray());
        }
        return Bytes.of(digest.digest());
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
