package dev.tgsession.practice;

/**
 * Who watches the practice data centre: sees the practice phone, and hears in plain words why something was refused.
 *
 * <p>Called from the server's threads, sometimes several at once; should be quick and must not throw.
 */
public interface PracticeConsole {
    /** Nobody watches. */
    PracticeConsole NONE = new PracticeConsole() {
        @Override
        public void arrived(PhoneMessage message) {}

        @Override
        public void refused(int dc, String reason) {}

        @Override
        public void note(int dc, String what) {}
    };

    /** The practice phone or mailbox got a message. */
    void arrived(PhoneMessage message);

    /**
     * The server refused something a client did, and this is why: a broken rule of the protocol, an unknown method, a
     * number that is scripted to be refused.
     */
    void refused(int dc, String reason);

    /** Something worth knowing that is no refusal: a client went away, a layer is newer than ours. */
    void note(int dc, String what);
}
