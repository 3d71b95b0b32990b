package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.NewPasswordHash;
import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.SrpParameters;
import dev.tgsession.crypto.SrpProof;
import dev.tgsession.crypto.SrpVerifier;
import dev.tgsession.crypto.SrpVerifier.Challenge;
import dev.tgsession.practice.KnownKey.Login;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckPassword;
import dev.tgsession.schema.PasswordSchema.CheckRecoveryPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordInputSettings;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PasswordRecovery;
import dev.tgsession.schema.PasswordSchema.PlainInputCheckPasswordSrp;
import dev.tgsession.schema.PasswordSchema.RecoverPassword;
import dev.tgsession.schema.PasswordSchema.RequestPasswordRecovery;
import dev.tgsession.schema.PasswordSchema.SecurePasswordKdfAlgoPbkdf2;
import dev.tgsession.schema.SignInSchema.Authorization;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the question about the password, judges the proof, and lets in who has forgotten it.
 *
 * <p>Source: <a href="https://core.telegram.org/api/srp">Two-factor authentication</a>.
 */
final class PasswordDesk {
    private static final int SALT_SIZE = 16;
    private static final int PROOF_SIZE = 256;
    /** Clients ask twice, once for the hint and once for the proof, and several at a time. */
    private static final int MOST_CHALLENGES = 500;

    private final PracticePhone phone;
    private final Logins logins;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Long, Asked> challenges = new LinkedHashMap<>();

    /** A question that was put. */
    private record Asked(PracticeAccount account, Challenge challenge) {}

    PasswordDesk(PracticePhone phone, Logins logins, InstantSource clock, SecureRandom random) {
        this.phone = phone;
        this.logins = logins;
        this.clock = clock;
        this.random = random;
    }

    void open(Reception reception) {
        reception.serve(GetPassword.class, Audience.ANYBODY, (call, caller) -> question(caller));
        reception.serve(CheckPassword.class, Audience.ANYBODY, this::check);
        reception.serve(RequestPasswordRecovery.class, Audience.ANYBODY, (call, caller) -> sendRecoveryCode(caller));
        reception.serve(CheckRecoveryPassword.class, Audience.ANYBODY, this::checkRecoveryCode);
        reception.serve(RecoverPassword.class, Audience.ANYBODY, this::recover);
    }

    private AccountPassword question(Caller caller) throws Refusal {
        Optional<PracticeAccount> waiting = caller.owner().passwordDue();
        PracticeAccount account =
                waiting.isPresent() ? waiting.get() : caller.login().account();
        synchronized (account) {
            if (!account.hasPassword()) {
                return password(account, Optional.empty());
            }
            long id = random.nextLong();
            Challenge challenge = verifier(account).challenge(id, random);
            remember(id, new Asked(account, challenge));
            return password(account, Optional.of(challenge.parameters()));
        }
    }

    private AccountPassword password(PracticeAccount account, Optional<SrpParameters> question) {
        DhGroup group = DhGroup.known();
        Bytes prime = Bytes.ofNumber(group.prime(), DhGroup.SIZE);
        boolean recovery =
                account.scenario().twoStep().flatMap(TwoStep::recovery).isPresent();
        return new AccountPassword(
                recovery && question.isPresent(),
                false,
                question.isPresent(),
                question.map(asked -> new PasswordKdfAlgoModPow(asked.salt1(), asked.salt2(), asked.g(), asked.p())),
                question.map(SrpParameters::b),
                question.map(SrpParameters::srpId),
                question.isPresent() ? account.hint().filter(hint -> !hint.isEmpty()) : Optional.empty(),
                Optional.empty(),
                new PasswordKdfAlgoModPow(chance(8), chance(SALT_SIZE), group.generator(), prime),
                new SecurePasswordKdfAlgoPbkdf2(chance(8)),
                chance(256),
                Optional.empty(),
                account.mailbox().map(box -> Mailbox.pattern(box.address())));
    }

    /** Made when the password is first asked for: it takes a tenth of a second. */
    private SrpVerifier verifier(PracticeAccount account) {
        if (account.verifier().isEmpty()) {
            TwoStep twoStep = account.scenario().twoStep().orElseThrow(IllegalStateException::new);
            try (Password password = Password.of(twoStep.password())) {
                account.keep(SrpVerifier.of(DhGroup.known(), chance(SALT_SIZE), chance(SALT_SIZE), password));
            }
        }
        return account.verifier().orElseThrow(IllegalStateException::new);
    }

    private Authorization check(CheckPassword call, Caller caller) throws Refusal {
        PracticeAccount account = waiting(caller);
        synchronized (account) {
            for (Hurdle hurdle : account.scenario().checkPassword()) {
                hurdle.pass(account.memory(), clock.instant());
            }
            if (!(call.password() instanceof PlainInputCheckPasswordSrp proof)) {
                throw new Refusal(400, "PASSWORD_HASH_INVALID", "an empty proof, though the account has a password");
            }
            Asked asked = take(proof.srpId())
                    .filter(each -> each.account() == account)
                    .orElseThrow(() -> Refusal.badRequest("SRP_ID_INVALID"));
            if (proof.a().size() > PROOF_SIZE) {
                throw new Refusal(400, "SRP_A_INVALID", "A has " + proof.a().size() + " bytes");
            }
            Bytes a = Bytes.of(new byte[PROOF_SIZE - proof.a().size()]).plus(proof.a());
            if (!asked.challenge().accepts(new SrpProof(proof.srpId(), a, proof.m1()))) {
                throw new Refusal(
                        400, "PASSWORD_HASH_INVALID", "the proof does not fit: another password, or the sums differ");
            }
            return logins.complete(account, caller);
        }
    }

    private PasswordRecovery sendRecoveryCode(Caller caller) throws Refusal {
        PracticeAccount account = waiting(caller);
        synchronized (account) {
            Mailbox box = recovery(account);
            phone.mail(account, box.address(), "code to recover your password", box.code());
            return new PasswordRecovery(Mailbox.pattern(box.address()));
        }
    }

    private Boolean checkRecoveryCode(CheckRecoveryPassword call, Caller caller) throws Refusal {
        PracticeAccount account = waiting(caller);
        synchronized (account) {
            requireRecoveryCode(account, call.code());
            return true;
        }
    }

    private Authorization recover(RecoverPassword call, Caller caller) throws Refusal {
        PracticeAccount account = waiting(caller);
        synchronized (account) {
            requireRecoveryCode(account, call.code());
            Optional<PasswordInputSettings> settings = call.newSettings();
            if (settings.isPresent()
                    && settings.get()
                            .newPasswordHash()
                            .filter(hash -> !hash.isEmpty())
                            .isPresent()) {
                account.changePassword(
                        newVerifier(settings.get()), settings.get().hint());
            } else {
                account.removePassword();
            }
            return logins.complete(account, caller);
        }
    }

    private static SrpVerifier newVerifier(PasswordInputSettings settings) throws Refusal {
        Bytes hash = settings.newPasswordHash().orElse(Bytes.EMPTY);
        if (settings.newAlgo().orElse(null) instanceof PasswordKdfAlgoModPow algorithm) {
            try {
                return SrpVerifier.of(DhGroup.known(), algorithm.salt2(), new NewPasswordHash(algorithm.salt1(), hash));
            } catch (FailedCheckException e) {
                throw new Refusal(400, "NEW_SETTINGS_INVALID", e.what());
            }
        }
        throw Refusal.badRequest("NEW_SALT_INVALID");
    }

    private static void requireRecoveryCode(PracticeAccount account, String code) throws Refusal {
        Mailbox box = recovery(account);
        if (code.isEmpty()) {
            throw Refusal.badRequest("CODE_EMPTY");
        }
        if (!box.code().equals(code)) {
            throw Refusal.badRequest("CODE_INVALID");
        }
    }

    private static Mailbox recovery(PracticeAccount account) throws Refusal {
        if (!account.hasPassword()) {
            throw Refusal.badRequest("PASSWORD_EMPTY");
        }
        return account.scenario()
                .twoStep()
                .flatMap(TwoStep::recovery)
                .orElseThrow(() -> Refusal.badRequest("PASSWORD_RECOVERY_NA"));
    }

    /** The account whose password this caller owes, or has: who is logged in may prove it too. */
    private static PracticeAccount waiting(Caller caller) throws Refusal {
        Optional<PracticeAccount> waiting = caller.owner().passwordDue();
        if (waiting.isPresent()) {
            return waiting.get();
        }
        Login login = caller.login();
        return login.account();
    }

    private synchronized void remember(long id, Asked asked) {
        challenges.put(id, asked);
        Iterator<Long> oldest = challenges.keySet().iterator();
        while (challenges.size() > MOST_CHALLENGES) {
            oldest.next();
            oldest.remove();
        }
    }

    /** A question is good for one answer. */
    private synchronized Optional<Asked> take(long id) {
        return Optional.ofNullable(challenges.remove(id));
    }

    private Bytes chance(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
