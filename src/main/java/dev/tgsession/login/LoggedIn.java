package dev.tgsession.login;

import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Telegram has let somebody in: who is it, and what has to be kept? */
final class LoggedIn {
    private final Surroundings around;
    private final int apiId;
    private final Line line;
    private final Refusals refusals;
    private boolean lineLost;

    LoggedIn(Surroundings around, int apiId) {
        this.around = around;
        this.apiId = apiId;
        this.line = around.line();
        this.refusals = new Refusals(around.clock());
    }

    /** The session, after Telegram has confirmed it. */
    Session session(PlainAuthorization authorization) throws IOException, LoginRefusedException {
        if (authorization.user().id() <= 0) {
            throw Refusals.failed("Telegram let in an account without a number.", "Please report this.");
        }
        Session session = Session.of(line.dataCenter(), line.authKey())
                .withApiId(apiId)
                .withAccount(confirmed(account(authorization.user())));
        Optional<UpdateState> state = updateState();
        tellNews(authorization);
        return state.isPresent() ? session.withUpdateState(state.get()) : session;
    }

    private static Account account(User user) {
        return user instanceof PlainUser known ? account(known) : Account.of(user.id(), false);
    }

    static Account account(PlainUser known) {
        return new Account(
                known.id(),
                known.bot(),
                known.min() ? Optional.empty() : known.accessHash(),
                known.firstName(),
                known.lastName(),
                known.username(),
                known.phone());
    }

    /** Asks with the new login who that is. */
    private Account confirmed(Account expected) throws IOException, LoginRefusedException {
        Optional<List<User>> users =
                ask(new GetUsers(List.of(new InputUserSelf())), "Telegram has not confirmed the login yet. ");
        if (users.isEmpty()) {
            return expected;
        }
        for (User user : users.get()) {
            if (user.id() == expected.userId()) {
                return user instanceof PlainUser ? account(user) : expected;
            }
        }
        throw Refusals.failed(
                "Telegram let one account in and now says that it is another.", "Log in again, and report this.");
    }

    /** Where the stream of updates stands; a session is complete without. */
    private Optional<UpdateState> updateState() throws IOException, LoginRefusedException {
        return ask(new GetState(), "Telegram does not say where the account's updates stand. ")
                .map(state -> new UpdateState(state.pts(), state.qts(), state.date(), state.seq()));
    }

    /**
     * The first questions of the new login. It was paid for with a code, so it stands even if they are not answered:
     * empty then, and the person is told. It falls only if Telegram says that it is none, or fails a check; or if over two
     * lines, one after the other, the key is not known. As anybody on the wire could say that last thing, the bookmark
     * stays, and {@link Login#resumed} can look again.
     */
    private <R> Optional<R> ask(TlMethod<R> method, String complaint) throws IOException, LoginRefusedException {
        if (lineLost) {
            return Optional.empty();
        }
        try {
            return Optional.of(line.call(method));
        } catch (RpcException error) {
            if (isEnd(error)) {
                throw refusals.of(error);
            }
            tell(complaint + refusals.of(error).sentence());
        } catch (LoginRefusedException refusal) {
            tell(complaint + refusal.sentence());
        } catch (FailedCheckException | MalformedTlException | PersonInterruptedException e) {
            throw e;
        } catch (TransportRefusedException refused) {
            if (refused.code() == TransportRefusedException.NOT_FOUND) {
                throw Refusals.keyLost();
            }
            onLostLine(complaint, refused);
        } catch (IOException e) {
            onLostLine(complaint, e);
        }
        return Optional.empty();
    }

    private void onLostLine(String complaint, IOException lost) {
        lineLost = true;
        tell(complaint + "The connection failed: " + CleanText.of(String.valueOf(lost.getMessage())));
    }

    /** Whether this error says that there is no login. A frozen account, for one, is logged in and may do little. */
    static boolean isEnd(RpcException error) {
        return error.code() == 401 || error.is("AUTH_KEY_DUPLICATED");
    }

    private void tellNews(PlainAuthorization authorization) {
        // A bot has no devices.
        if (!(authorization.user() instanceof PlainUser user && user.bot())) {
            around.prompter()
                    .told(new News(
                            News.Kind.NEW_DEVICE,
                            "Telegram tells the account's other devices about a new login. This is the one."));
        }
        authorization
                .otherwiseReloginDays()
                .ifPresent(days -> tell("Telegram wants this account to have a password (two-step verification)."
                        + " Without one, the next login is possible only in " + days + " days."));
    }

    private void tell(String sentence) {
        around.prompter().told(new News(News.Kind.WARNING, sentence));
    }
}
