package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Hashes;

/**
 * The sums that both sides of a key exchange do with the nonces.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>.
 *
 * @param serverNonce 16 bytes the server drew, public
 * @param newNonce 32 bytes the client drew, secret between the two
 */
public record HandshakeKeys(Bytes serverNonce, Bytes newNonce) {
    private static final int BLOCK = 16;

    /** Encrypts or decrypts nothing by itself: 32 bytes of AES key for the middle of the exchange. */
    public Bytes aesKey() {
        return Bytes.join(
                Hashes.sha1(newNonce, serverNonce),
                Hashes.sha1(serverNonce, newNonce).first(12));
    }

    /** 32 bytes of initialisation vector that go with {@link #aesKey()}. */
    public Bytes aesIv() {
        return Bytes.join(
                Hashes.sha1(serverNonce, newNonce).slice(12, 8), Hashes.sha1(newNonce, newNonce), newNonce.first(4));
    }

    /** The encrypted form of an object with its SHA-1 in front and the given bytes, at most 15, behind. */
    public Bytes seal(Bytes object, Bytes padding) {
        return AesIge.encrypt(aesKey(), aesIv(), Bytes.join(Hashes.sha1(object), object, padding));
    }

    /** What {@link #seal} encrypted: 20 bytes of SHA-1, the object, and the padding. Nothing is checked here. */
    public Bytes open(Bytes encrypted) {
        return AesIge.decrypt(aesKey(), aesIv(), encrypted);
    }

    /** How many bytes bring hash and object of the given size to whole blocks. */
    public static int paddingFor(int objectSize) {
        return (BLOCK - (20 + objectSize) % BLOCK) % BLOCK;
    }

    /** {@code new_nonce_hash1}, {@code 2} or {@code 3}: the server's word on the key, 16 bytes. */
    public Bytes newNonceHash(int number, AuthKey key) {
        return Hashes.sha1(newNonce, Bytes.of((byte) number), key.auxHash()).slice(4, 16);
    }

    /** The first salt of the new key. */
    public long salt() {
        return newNonce.first(8).xor(serverNonce.first(8)).longAt(0);
    }

    @Override
    public String toString() {
        return "HandshakeKeys[hidden]";
    }
}
