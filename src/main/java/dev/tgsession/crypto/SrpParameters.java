package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;

/**
 * What a server sends so that a password can be proven to it: the fields of {@code account.password} and of its
 * {@code passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow}. Good for one attempt.
 *
 * @param srpId the number of this question, to be sent back
 * @param salt1 {@code salt1}, any length
 * @param salt2 {@code salt2}, any length
 * @param g the generator
 * @param p the prime, big endian
 * @param b {@code srp_B}, big endian
 */
public record SrpParameters(long srpId, Bytes salt1, Bytes salt2, int g, Bytes p, Bytes b) {}
