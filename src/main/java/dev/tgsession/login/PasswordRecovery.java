package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckRecoveryPassword;
import dev.tgsession.schema.PasswordSchema.RecoverPassword;
import dev.tgsession.schema.PasswordSchema.RequestPasswordRecovery;
import dev.tgsession.schema.SignInSchema.Authorization;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The password is forgotten: a code mailed to the recovery address takes it off the account.
 *
 * <p>Source: <a href="https://core.telegram.org/api/srp#email-verification">core.telegram.org/api/srp</a>.
 */
final class PasswordRecovery {
    private static final Set<Wish> WISHES = Set.of(Wish.SEND_AGAIN, Wish.BACK, Wish.GIVE_UP);

    private final Line line;
    private final Prompter prompter;
    private final Deliveries deliveries;
    private final HumanTime time;
    private final Tries tries;

    PasswordRecovery(Surroundings around) {
        this.line = around.line();
        this.prompter = around.prompter();
        this.deliveries = new Deliveries(around.clock());
        this.time = new HumanTime(around.clock());
        this.tries = new Tries("recovery code", around.random());
    }

    /** Empty if the person goes back to the password, or cannot do anything else. */
    Optional<Authorization> run(AccountPassword account) throws IOException, RpcException, LoginRefusedException {
        if (!account.hasRecovery()) {
            prompter.told(new News(News.Kind.PASSWORD, withoutRecovery(account)));
            return Optional.empty();
        }
        if (!prompter.agrees("A code mailed to the recovery address logs you in and takes the password off the account."
                + " Afterwards the account has no second step until you set a new password in Telegram. Go on?")) {
            return Optional.empty();
        }
        try {
            return onMail(requestMail());
        } catch (RpcException error) {
            if (error.is("PASSWORD_RECOVERY_NA")) {
                prompter.told(new News(News.Kind.PASSWORD, withoutRecovery(account)));
                return Optional.empty();
            }
            // Switched off meanwhile: whoever asked for the password will see that there is none.
            if (error.is("PASSWORD_EMPTY")) {
                return Optional.empty();
            }
            if (error.is("PASSWORD_RECOVERY_EXPIRED")) {
                prompter.told(new News(
                        News.Kind.PASSWORD, "The recovery code is no longer valid; ask for a new one if you need it."));
                return Optional.empty();
            }
            throw error;
        }
    }

    private CodeDelivery requestMail() throws IOException, RpcException, LoginRefusedException {
        return deliveries.recovery(line.call(new RequestPasswordRecovery()).emailPattern());
    }

    private String withoutRecovery(AccountPassword account) {
        Optional<String> end = account.pendingResetDate().map(date -> time.moment(Instant.ofEpochSecond(date)));
        return "This account has no recovery e-mail. Only a device that is logged in can have the password reset"
                + " (Settings, Privacy and Security), which takes seven days."
                + end.map(moment -> " Such a reset is under way and ends at " + moment + ".")
                        .orElse("");
    }

    private Optional<Authorization> onMail(CodeDelivery first) throws IOException, RpcException, LoginRefusedException {
        CodeDelivery delivery = first;
        for (boolean repeated = false; ; repeated = true) {
            Answer answer = prompter.code(new CodeQuestion(delivery, WISHES, repeated));
            if (answer instanceof Typed typed) {
                String code = delivery.shape().normal(typed.text());
                if (isRight(delivery.shape(), code)) {
                    return Optional.of(recover(code));
                }
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else if (answer == Wish.BACK) {
                return Optional.empty();
            } else if (answer == Wish.SEND_AGAIN) {
                delivery = requestMail();
                prompter.told(new News(News.Kind.PASSWORD, "Telegram has sent another mail."));
            } else {
                prompter.refused("That is not possible here.");
            }
        }
    }

    private boolean isRight(CodeShape shape, String code) throws IOException, RpcException, LoginRefusedException {
        Bytes mark = tries.mark(code);
        Optional<String> objection = tries.objection(mark, shape.objection(code));
        if (objection.isPresent()) {
            prompter.refused(objection.get());
            return false;
        }
        boolean right;
        try {
            right = line.call(new CheckRecoveryPassword(code));
        } catch (RpcException error) {
            if (!error.is("CODE_INVALID") && !error.is("CODE_EMPTY")) {
                throw error;
            }
            right = false;
        }
        if (!right) {
            prompter.refused("This code is wrong. " + tries.refusedByTelegram(mark));
        }
        return right;
    }

    private Authorization recover(String code) throws IOException, RpcException, LoginRefusedException {
        Authorization authorization = line.call(new RecoverPassword(code, Optional.empty()));
        prompter.told(new News(
                News.Kind.PASSWORD,
                "The password is off. Set a new one in Telegram (Settings, Privacy and Security, Two-Step"
                        + " Verification)."));
        return authorization;
    }
}
