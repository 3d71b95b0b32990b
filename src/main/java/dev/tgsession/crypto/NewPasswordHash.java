package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;

/**
 * What a server is told of a new password: the fields of {@code account.passwordInputSettings}. The hash serves to guess
 * the password by trial, so it does not print.
 *
 * @param salt1 the {@code salt1} to send: the server's with 32 random bytes behind it
 * @param hash {@code new_password_hash}, 256 bytes
 */
public record NewPasswordHash(Bytes salt1, Bytes hash) {
    @Override
    public String toString() {
        return "NewPasswordHash[hidden]";
    }
}
