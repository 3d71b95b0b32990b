package dev.tgsession.practice;

import dev.tgsession.crypto.SrpVerifier;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One account and all that has happened to it. It remembers across connections and keys.
 *
 * <p>Not safe by itself: whoever works on an account does so while holding its lock.
 */
final class PracticeAccount {
    private static final int MOST_CODES = 200;

    private final long id;
    private final long accessHash;
    private final Optional<String> phone;
    private final Home home;
    private final Scenario scenario;
    private final Hurdle.Memory memory = new Hurdle.Memory();
    private final List<PendingCode> codes = new ArrayList<>();
    private final List<KnownKey> logins = new ArrayList<>();

    private String firstName;
    private String lastName;
    private boolean registered;
    private Optional<Mailbox> mailbox;
    private Optional<Instant> mailboxResetsAt = Optional.empty();
    private Optional<SrpVerifier> verifier = Optional.empty();
    private Optional<EmailDesk.Unproven> unproven = Optional.empty();
    private boolean passwordRemoved;
    private Optional<String> newHint = Optional.empty();

    /**
     * @param phone digits only; none for a bot
     */
    PracticeAccount(
            long id,
            long accessHash,
            Optional<String> phone,
            String firstName,
            String lastName,
            Home home,
            Scenario scenario) {
        this.id = id;
        this.accessHash = accessHash;
        this.phone = phone;
        this.firstName = firstName;
        this.lastName = lastName;
        this.home = home;
        this.scenario = scenario;
        this.registered = scenario.registration() == Scenario.Registration.THERE;
        this.mailbox = scenario.mailbox();
    }

    long id() {
        return id;
    }

    Optional<String> phone() {
        return phone;
    }

    boolean isBot() {
        return phone.isEmpty();
    }

    Home home() {
        return home;
    }

    Scenario scenario() {
        return scenario;
    }

    /** What it has seen of its scenario's hurdles. */
    Hurdle.Memory memory() {
        return memory;
    }

    boolean isRegistered() {
        return registered;
    }

    void register(String first, String last) {
        registered = true;
        firstName = first;
        lastName = last;
    }

    /** As the owner sees it, or as others do. */
    PlainUser user(boolean self) {
        return new PlainUser(
                self,
                false,
                false,
                isBot(),
                false,
                false,
                id,
                Optional.of(accessHash),
                Optional.of(firstName),
                lastName.isEmpty() ? Optional.empty() : Optional.of(lastName),
                Optional.of(isBot() ? "practice_" + id + "_bot" : "practice_" + id),
                phone,
                isBot() ? Optional.of(1) : Optional.empty());
    }

    // Codes.

    /** Takes the place of the code the same key asked for before. */
    void expect(PendingCode code) {
        codes.removeIf(old -> old.keyId() == code.keyId());
        if (codes.size() >= MOST_CODES) {
            codes.remove(0);
        }
        codes.add(code);
    }

    Optional<PendingCode> code(String hash) {
        return codes.stream().filter(code -> code.hash().equals(hash)).findFirst();
    }

    void forget(PendingCode code) {
        codes.remove(code);
    }

    // The e-mail address it logs in with.

    Optional<Mailbox> mailbox() {
        return mailbox;
    }

    void mailbox(Optional<Mailbox> box) {
        mailbox = box;
        mailboxResetsAt = Optional.empty();
    }

    /** An address that was sent a code and waits for it. */
    Optional<EmailDesk.Unproven> unproven() {
        return unproven;
    }

    void prove(EmailDesk.Unproven address) {
        unproven = Optional.of(address);
    }

    Optional<Instant> mailboxResetsAt() {
        return mailboxResetsAt;
    }

    void mailboxResetsAt(Instant when) {
        mailboxResetsAt = Optional.of(when);
    }

    // The password.

    boolean hasPassword() {
        return !passwordRemoved && (scenario.twoStep().isPresent() || verifier.isPresent());
    }

    Optional<String> hint() {
        return newHint.isPresent() ? newHint : scenario.twoStep().map(TwoStep::hint);
    }

    /** What the server keeps of the password, once it was needed for the first time. */
    Optional<SrpVerifier> verifier() {
        return verifier;
    }

    void keep(SrpVerifier newVerifier) {
        verifier = Optional.of(newVerifier);
        passwordRemoved = false;
    }

    void changePassword(SrpVerifier newVerifier, Optional<String> hint) {
        keep(newVerifier);
        newHint = Optional.of(hint.orElse(""));
    }

    void removePassword() {
        verifier = Optional.empty();
        passwordRemoved = true;
    }

    // Logins.

    /** The keys that are logged in, the oldest first. */
    List<KnownKey> logins() {
        logins.removeIf(
                key -> key.login().filter(login -> login.account() == this).isEmpty());
        return List.copyOf(logins);
    }

    /** Somebody came through: codes of this key are spent, and the scenario begins anew for the next one. */
    void loggedIn(KnownKey key) {
        memory.clear();
        codes.removeIf(code -> code.keyId() == key.id());
        logins.remove(key);
        logins.add(key);
    }
}
