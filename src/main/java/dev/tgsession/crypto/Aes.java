package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 of the JDK, in the modes from which MTProto's are built. */
final class Aes {
    static final int BLOCK = 16;
    static final int KEY_SIZE = 32;

    private Aes() {}

    /** A cipher that takes every block by itself, backwards. */
    static Cipher blocksDecrypting(Bytes key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, aesKey(key));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** A cipher that xors each block with the encrypted one before it, the first with {@code iv}. */
    static Cipher chainEncrypting(Bytes key, Bytes iv) {
        return encrypting("AES/CBC/NoPadding", key, iv);
    }

    /** A cipher that xors with the encrypted numbers from {@code iv} on. */
    static Cipher counting(Bytes key, Bytes iv) {
        return encrypting("AES/CTR/NoPadding", key, iv);
    }

    private static Cipher encrypting(String mode, Bytes key, Bytes iv) {
        if (iv.size() != BLOCK) {
            throw new IllegalArgumentException("an IV of " + iv.size() + " bytes instead of " + BLOCK);
        }
        try {
            AlgorithmParameterSpec start = new IvParameterSpec(iv.toArray());
            Cipher cipher = Cipher.getInstance(mode);
            cipher.init(Cipher.ENCRYPT_MODE, aesKey(key), start);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static SecretKeySpec aesKey(Bytes key) {
        if (key.size() != KEY_SIZE) {
            throw new IllegalArgumentException("an AES-256 key of " + key.size() + " bytes instead of " + KEY_SIZE);
        }
        return new SecretKeySpec(key.toArray(), "AES");
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java does not know AES-256", e);
    }
}
