package dev.tgsession.practice;

import dev.tgsession.practice.KnownKey.Login;

/**
 * Who makes a call, and from where.
 *
 * @param key the key the call is sealed with
 * @param owner the permanent key it speaks for: the same, unless the key is a temporary one
 * @param sessionId the session it came in
 * @param messageId the message it came in
 * @param link the connection it came over
 */
record Caller(KnownKey key, KnownKey owner, long sessionId, long messageId, Link link) {
    /** The data centre the client believes to talk to. */
    int dc() {
        return key.dc();
    }

    int layer() {
        return key.layer();
    }

    /** Who is logged in. */
    Login login() throws Refusal {
        return owner.login().orElseThrow(owner::whyNotLoggedIn);
    }

    /** A data centre of Telegram's test environment has 10000 added to its number; so does ours, if asked like one. */
    boolean test() {
        return key.test();
    }
}
