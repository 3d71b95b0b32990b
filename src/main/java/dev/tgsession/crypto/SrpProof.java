package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;

/**
 * Proof of a password without the password: the fields of {@code inputCheckPasswordSRP}.
 *
 * @param srpId the number of the question
 * @param a {@code A}, 256 bytes
 * @param m1 {@code M1}, 32 bytes
 */
public record SrpProof(long srpId, Bytes a, Bytes m1) {}
