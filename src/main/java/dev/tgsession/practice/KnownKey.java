package dev.tgsession.practice;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server knows of one authorization key: how it speaks, and who is logged in with it.
 *
 * <p>A temporary key knows nothing of logins itself; once bound it speaks for its permanent key.
 */
final class KnownKey {
    /** The layer of a key that has not named one. */
    static final int NO_LAYER = 0;

    private final AuthKey key;
    private final int dc;
    private final boolean test;
    private final long firstSalt;
    private final Instant made;
    private final Optional<Instant> expires;

    private int layer = NO_LAYER;
    private Device device = Device.UNKNOWN;
    private Optional<KnownKey> permanent = Optional.empty();
    private Optional<Login> login = Optional.empty();
    private Optional<PracticeAccount> passwordDue = Optional.empty();
    private Optional<Refusal> ended = Optional.empty();
    private Optional<NamedFaults> usual = Optional.empty();
    private Optional<NamedFaults> rehearsed = Optional.empty();
    private Faults conduct = Faults.NONE;
    private int saltTurn;

    /**
     * Somebody is logged in.
     *
     * @param hash names this login in the account's list
     */
    record Login(PracticeAccount account, Instant since, long hash) {}

    /**
     * A fresh key.
     *
     * @param dc the data centre the client believes it made the key with, 1 to 5
     * @param test whether the client believes it to be a test one
     * @param expires when a temporary key ends
     */
    KnownKey(AuthKey key, int dc, boolean test, long firstSalt, Instant made, Optional<Instant> expires) {
        this.key = key;
        this.dc = dc;
        this.test = test;
        this.firstSalt = firstSalt;
        this.made = made;
        this.expires = expires;
    }

    AuthKey key() {
        return key;
    }

    long id() {
        return key.idAsLong();
    }

    int dc() {
        return dc;
    }

    boolean test() {
        return test;
    }

    long firstSalt() {
        return firstSalt;
    }

    Instant made() {
        return made;
    }

    Optional<Instant> expires() {
        return expires;
    }

    boolean isTemporary() {
        return expires.isPresent();
    }

    synchronized int layer() {
        return layer;
    }

    synchronized void speaks(int newLayer) {
        layer = newLayer;
    }

    synchronized Device device() {
        return device;
    }

    synchronized void introduce(Device introduced) {
        device = introduced;
    }

    /** How the server behaves towards this key, beside how it behaves towards everybody. */
    synchronized Faults conduct() {
        return conduct;
    }

    /** How the server behaves towards this key unless a number wants something else. */
    synchronized void treatUsually(Optional<NamedFaults> scenario) {
        usual = scenario;
        rehearse(Optional.empty());
    }

    /** From now on the server behaves so, or as usual; false if it does so already, and nothing begins anew. */
    synchronized boolean rehearse(Optional<NamedFaults> scenario) {
        Optional<NamedFaults> wanted = scenario.isPresent() ? scenario : usual;
        boolean another = !rehearsed.map(NamedFaults::name).equals(wanted.map(NamedFaults::name));
        if (another) {
            rehearsed = wanted;
            conduct = wanted.map(NamedFaults::make).orElse(Faults.NONE);
        }
        return another;
    }

    /** How often the salt was changed out of turn. */
    synchronized int saltTurn() {
        return saltTurn;
    }

    synchronized void turnSalt() {
        saltTurn++;
    }

    /** Makes this temporary key speak for a permanent one. */
    synchronized void bindTo(KnownKey owner) {
        permanent = Optional.of(owner);
        owner.introduce(device);
    }

    /** The permanent key this one is, or speaks for; nobody for a temporary key that is not bound. */
    synchronized Optional<KnownKey> owner() {
        return isTemporary() ? permanent : Optional.of(this);
    }

    synchronized Optional<Login> login() {
        return login;
    }

    synchronized Optional<PracticeAccount> passwordDue() {
        return passwordDue;
    }

    /** The first factor was right; the password is due. */
    synchronized void awaitPassword(PracticeAccount account) {
        passwordDue = Optional.of(account);
        ended = Optional.empty();
    }

    synchronized void logIn(Login newLogin) {
        login = Optional.of(newLogin);
        passwordDue = Optional.empty();
        ended = Optional.empty();
    }

    /** Ends the login, if there is one; from now on calls that need one are refused like this. */
    synchronized void logOut(Refusal answer) {
        login = Optional.empty();
        passwordDue = Optional.empty();
        ended = Optional.of(answer);
    }

    /** How to refuse a call that needs a login while there is none. */
    synchronized Refusal whyNotLoggedIn() {
        return ended.orElseGet(Refusal::notLoggedIn);
    }
}
