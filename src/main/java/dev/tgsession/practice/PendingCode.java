package dev.tgsession.practice;

import java.time.Instant;

/** A code that was asked for and not yet brought back. */
final class PendingCode {
    /** As many wrong tries make a code worthless. */
    private static final int MOST_TRIES = 5;

    private final String hash;
    private final long keyId;
    private final CodeWay way;
    private final String code;
    private final Instant expires;
    private int wrongTries;
    private boolean right;

    /**
     * @param hash names the code between client and server
     * @param keyId the key that asked for it; one key has one code at a time
     */
    PendingCode(String hash, long keyId, CodeWay way, String code, Instant expires) {
        this.hash = hash;
        this.keyId = keyId;
        this.way = way;
        this.code = code;
        this.expires = expires;
    }

    String hash() {
        return hash;
    }

    long keyId() {
        return keyId;
    }

    CodeWay way() {
        return way;
    }

    String code() {
        return code;
    }

    /** Whether it is of no use any more. */
    boolean isSpent(Instant now) {
        return !now.isBefore(expires) || wrongTries >= MOST_TRIES;
    }

    /** Compares, and counts wrong tries. */
    boolean isRight(String typed) {
        if (!code.equals(typed)) {
            wrongTries++;
            return false;
        }
        right = true;
        return true;
    }

    /** Whether it was brought back rightly; signing up needs that. */
    boolean wasRight() {
        return right;
    }
}
