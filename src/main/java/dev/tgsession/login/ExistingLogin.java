package dev.tgsession.login;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.TransferSchema.LogOut;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Session;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A login that was won before: whose it is, whether it still stands, and its end. Each question dials, and hangs up after
 * the answer. Nothing is asked of a person.
 */
public final class ExistingLogin {
    private final Line line;
    private final Refusals refusals;

    /**
     * The login of that session.
     *
     * @param prompter is only told of waits
     * @param clock also tells in which time zone moments are said
     * @param pause lets the seconds of a short wait pass
     */
    public ExistingLogin(Dialer dialer, Session session, Prompter prompter, Clock clock, Pause pause) {
        Dialer withKey = new WithKey(dialer, session.dataCenter(), session.authKey());
        this.line = new Line(withKey, session.dataCenter(), prompter, pause, clock);
        this.refusals = new Refusals(clock);
    }

    /**
     * Asks Telegram who this is.
     *
     * @return empty if Telegram does not know this login, or not any more
     * @throws LoginRefusedException if Telegram does not want to answer now
     * @throws dev.tgsession.crypto.FailedCheckException if the server fails a security check
     * @throws IOException if the connection fails
     */
    public Optional<Account> whoAmI() throws IOException, LoginRefusedException {
        Optional<List<User>> users = ask(new GetUsers(List.of(new InputUserSelf())));
        if (users.isEmpty()) {
            return Optional.empty();
        }
        for (User user : users.get()) {
            if (user instanceof PlainUser known && known.id() > 0) {
                return Optional.of(LoggedIn.account(known));
            }
        }
        return Optional.empty();
    }

    /**
     * Ends the login at Telegram: the key is worth nothing afterwards.
     *
     * @return whether there was a login to end
     * @throws LoginRefusedException if Telegram does not want to now
     * @throws dev.tgsession.crypto.FailedCheckException if the server fails a security check
     * @throws IOException if the connection fails; the login may then have ended or not
     */
    public boolean logOut() throws IOException, LoginRefusedException {
        return ask(new LogOut()).isPresent();
    }

    private <R> Optional<R> ask(TlMethod<R> method) throws IOException, LoginRefusedException {
        try {
            return Optional.of(line.call(method));
        } catch (RpcException error) {
            if (LoggedIn.isEnd(error)) {
                return Optional.empty();
            }
            throw refusals.of(error);
        } catch (TransportRefusedException refused) {
            if (refused.code() == TransportRefusedException.NOT_FOUND) {
                // The server does not know the key at all.
                return Optional.empty();
            }
            throw refused;
        } finally {
            line.hangUp();
        }
    }

    /** A key is good at one data center; to another one it does not go. */
    private record WithKey(Dialer dialer, DataCenter home, AuthKey key) implements Dialer {
        @Override
        public RpcConnection dial(DataCenter dataCenter) throws IOException {
            if (dataCenter.id() != home.id()) {
                throw new IOException("the server sends this login to data center " + dataCenter.id()
                        + ", but its key is one of data center " + home.id());
            }
            return dialer.dial(dataCenter, key);
        }

        @Override
        public RpcConnection dial(DataCenter dataCenter, AuthKey other) throws IOException {
            return dialer.dial(dataCenter, other);
        }
    }
}
