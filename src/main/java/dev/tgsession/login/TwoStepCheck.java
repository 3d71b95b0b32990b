package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhSecrets;
import dev.tgsession.crypto.EarlyDhSecret;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.Srp;
import dev.tgsession.crypto.SrpParameters;
import dev.tgsession.crypto.SrpProof;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PlainInputCheckPasswordSrp;
import dev.tgsession.schema.SignInSchema.Authorization;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The second step: the person knows a password, and proves it without sending it.
 *
 * <p>Source: <a href="https://core.telegram.org/api/srp">core.telegram.org/api/srp</a>.
 */
final class TwoStepCheck {
    static final String STEP = "password check";

    private static final Set<Wish> WISHES = Set.of(Wish.FORGOT_PASSWORD, Wish.OTHER_NUMBER, Wish.GIVE_UP);

    /** How often a challenge may turn out stale before that is no accident any more. */
    private static final int MOST_STALE = 2;

    private final Surroundings around;
    private final Line line;
    private final Prompter prompter;
    private final Tries tries;
    private final HumanTime time;

    /** The challenges whose proof Telegram has judged; none of them gets a second one. */
    private final Set<Long> judged = new HashSet<>();

    private long lastProven;

    TwoStepCheck(Surroundings around) {
        this.around = around;
        this.line = around.line();
        this.prompter = around.prompter();
        this.tries = new Tries("password", around.random());
        this.time = new HumanTime(around.clock());
    }

    /** The call that asked for the password, made once more. */
    @FunctionalInterface
    interface Again {
        Optional<Authorization> call() throws IOException, RpcException, LoginRefusedException;
    }

    /**
     * Asks until the password is right.
     *
     * @param again for the case that the password has been switched off since it was asked for
     * @return empty if the person wants to log in with another number
     * @throws FailedCheckException if the challenge fails a check; no proof is sent then
     */
    Optional<Authorization> run(Again again) throws IOException, RpcException, LoginRefusedException {
        // Our half of the proof depends neither on the challenge nor on the password.
        DhSecrets secrets = EarlyDhSecret.begun(around.random(), around.aside());
        Optional<AccountPassword> challenge = Optional.empty();
        for (boolean repeated = false; ; repeated = true) {
            AccountPassword account = challenge.isPresent() ? challenge.get() : freshChallenge();
            if (!account.hasPassword()) {
                return withoutPassword(again);
            }
            challenge = Optional.of(account);
            PasswordAnswer answer = prompter.password(question(account, repeated));
            if (answer instanceof TypedPassword typed) {
                try (Password password = typed.password()) {
                    Bytes mark = password.markedWith(tries.salt());
                    Optional<String> objection = tries.objection(mark, objection(password));
                    if (objection.isPresent()) {
                        prompter.refused(objection.get());
                        continue;
                    }
                    Optional<Authorization> done = prove(account, password, secrets, mark);
                    if (done.isPresent()) {
                        return done;
                    }
                }
                // A challenge is good for one proof.
                challenge = Optional.empty();
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else if (answer == Wish.OTHER_NUMBER) {
                return Optional.empty();
            } else if (answer == Wish.FORGOT_PASSWORD) {
                Optional<Authorization> done = new PasswordRecovery(around).run(account);
                if (done.isPresent()) {
                    return done;
                }
                challenge = Optional.empty();
            } else {
                prompter.refused("That is not possible here.");
            }
        }
    }

    private static Optional<String> objection(Password password) {
        return password.isEmpty() ? Optional.of("Nothing was typed.") : Optional.empty();
    }

    private Optional<Authorization> withoutPassword(Again again)
            throws IOException, RpcException, LoginRefusedException {
        prompter.told(new News(News.Kind.PASSWORD, "The password has been switched off meanwhile."));
        try {
            return again.call();
        } catch (RpcException error) {
            if (error.is("SESSION_PASSWORD_NEEDED")) {
                throw Refusals.failed(
                        "Telegram asks for a password and says that there is none.", "Try again in some minutes.");
            }
            throw error;
        }
    }

    private PasswordQuestion question(AccountPassword account, boolean repeated) {
        List<String> lines = new ArrayList<>();
        lines.add("This account has a password of its own (two-step verification).");
        if (account.pendingResetDate().isPresent()) {
            Instant end = Instant.ofEpochSecond(account.pendingResetDate().get());
            lines.add("A reset of the password is under way and ends at " + time.moment(end) + ".");
        }
        Optional<String> hint = account.hint().map(CleanText::of).filter(text -> !text.isEmpty());
        return new PasswordQuestion(hint, lines, WISHES, repeated);
    }

    /** Sends the proof; empty if the password is wrong and there is another try. */
    private Optional<Authorization> prove(AccountPassword first, Password password, DhSecrets secrets, Bytes mark)
            throws IOException, RpcException, LoginRefusedException {
        AccountPassword challenge = first;
        for (int stale = 0; ; stale++) {
            AccountPassword current = challenge;
            try {
                return Optional.of(line.call(
                        repetition -> proof(repetition == 0 ? current : freshChallenge(), password, secrets),
                        answer -> {}));
            } catch (RpcException error) {
                if (error.is("PASSWORD_HASH_INVALID")) {
                    judged.add(lastProven);
                    prompter.refused("This password is wrong. " + tries.refusedByTelegram(mark));
                    return Optional.empty();
                }
                boolean outdated = error.is("SRP_ID_INVALID") || error.is("SRP_PASSWORD_CHANGED");
                if (!outdated || stale == MOST_STALE) {
                    throw error;
                }
                judged.add(lastProven);
                challenge = freshChallenge();
            }
        }
    }

    /** A challenge for which no proof has been judged; asks again should an old one come. */
    private AccountPassword freshChallenge() throws IOException, RpcException, LoginRefusedException {
        for (int asked = 0; asked <= MOST_STALE; asked++) {
            AccountPassword challenge = line.call(new GetPassword());
            if (challenge.srpId().filter(judged::contains).isEmpty()) {
                return challenge;
            }
        }
        throw new FailedCheckException(STEP, "the same challenge comes again after its proof was judged");
    }

    private CheckPassword proof(AccountPassword challenge, Password password, DhSecrets secrets)
            throws FailedCheckException, LoginRefusedException {
        if (!(challenge.currentAlgo().orElse(null) instanceof PasswordKdfAlgoModPow algorithm)) {
            throw Refusals.failed(
                    "Telegram wants this account's password proven in a way that tgsession does not know.",
                    "Update tgsession.");
        }
        if (challenge.srpB().isEmpty() || challenge.srpId().isEmpty()) {
            throw new FailedCheckException(STEP, "the challenge has no srp_B or no srp_id");
        }
        lastProven = challenge.srpId().get();
        SrpProof proof = Srp.prove(
                new SrpParameters(
                        challenge.srpId().get(),
                        algorithm.salt1(),
                        algorithm.salt2(),
                        algorithm.g(),
                        algorithm.p(),
                        challenge.srpB().get()),
                password,
                secrets);
        return new CheckPassword(new PlainInputCheckPasswordSrp(proof.srpId(), proof.a(), proof.m1()));
    }
}
