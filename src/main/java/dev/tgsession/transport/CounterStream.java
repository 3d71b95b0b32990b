package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A stand-in for {@code AesCtr} of the crypto package until it is there: one AES-256-CTR stream. */
final class CounterStream {
    private final Cipher cipher;

    CounterStream(Bytes key, Bytes iv) {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toArray(), "AES"), new IvParameterSpec(iv.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Bytes update(Bytes data) {
        byte[] r = cipher.update(data.toArray());
        return r == null ? Bytes.EMPTY : Bytes.of(r);
    }

    static Bytes sha256(Bytes key, Bytes secret) {
        try {
            return Bytes.of(java.security.MessageDigest.getInstance("SHA-256")
                    .digest(key.plus(secret).toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
