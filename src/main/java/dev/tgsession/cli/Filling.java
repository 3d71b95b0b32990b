package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.Pause;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.session.Account;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.sync.PeerSync;
import dev.tgsession.sync.SyncListener;
import dev.tgsession.sync.SyncReport;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks Telegram with a session whom its account knows, and says on the screen how it goes. */
final class Filling {
    private final Given given;
    private final boolean watched;
    private boolean lineOpen;

    /**
     * What came of it.
     *
     * @param session with all peers, those it had before too
     * @param report what was asked and found; empty if the line failed before the end
     * @param trouble what ended it early, to be told once the session is safe
     */
    record Filled(Session session, int found, Optional<SyncReport> report, Optional<Exception> trouble) {}

    /** Somebody at a terminal sees a line that counts. */
    Filling(Given given) {
        this.given = given;
        this.watched = given.streams().isTerminal(StandardStream.ERROR);
    }

    /**
     * Asks for everybody. What was found before the line failed, or Telegram had trouble, comes back all the same.
     *
     * @throws LoginRefusedException if Telegram does not take this session for a login
     * @throws FailedCheckException if the server fails a security check
     * @throws Refusal if the server does not know the key, or the session is a bot's
     * @throws IOException if the server cannot be reached at all
     */
    Filled fill(Session session, Dialer dialer) throws IOException, LoginRefusedException, Refusal {
        if (session.account().map(Account::bot).orElse(false)) {
            throw bot();
        }
        EntityCache peers = EntityCache.of(session);
        List<Long> found = new ArrayList<>();
        try (RpcConnection connection = dialer.dial(session.dataCenter(), session.authKey())) {
            var sync = new PeerSync(connection, Pause.sleeping(), given.clock(), new Screen(), peer -> {
                peers.add(peer);
                found.add(peer.markedId());
            });
            SyncReport report = sync.run();
            endLine();
            if (report.bot()) {
                throw bot();
            }
            Session filled = filled(session, peers, report.self());
            return new Filled(
                    filled, count(found), Optional.of(report), report.longWait().map(this::refusal));
        } catch (RpcException error) {
            endLine();
            LoginRefusedException refusal = LoginRefusedException.because(error, given.clock());
            if (!error.isServerTrouble() || found.isEmpty()) {
                throw refusal;
            }
            return new Filled(
                    filled(session, peers, Optional.empty()), count(found), Optional.empty(), Optional.of(refusal));
        } catch (FailedCheckException | MalformedTlException e) {
            endLine();
            throw e;
        } catch (TransportRefusedException refused) {
            endLine();
            if (refused.code() == TransportRefusedException.NOT_FOUND) {
                throw unknownKey();
            }
            throw refused;
        } catch (IOException failed) {
            endLine();
            if (found.isEmpty()) {
                throw failed;
            }
            return new Filled(
                    filled(session, peers, Optional.empty()), count(found), Optional.empty(), Optional.of(failed));
        }
    }

    /** Bots meet people when those write to them. */
    static Refusal bot() {
        return new Refusal(
                ExitCode.FAILED,
                "This is a bot's session, and a bot has no contacts and no dialogs to ask for.",
                "It gets to know people when they write to it.");
    }

    private static Refusal unknownKey() {
        return new Refusal(
                ExitCode.NOT_AUTHORISED,
                "The server does not know the key of this session (any more).",
                "Log in again.");
    }

    private Exception refusal(Duration wait) {
        return LoginRefusedException.because(new RpcException(420, "FLOOD_WAIT_" + wait.toSeconds()), given.clock());
    }

    private static int count(List<Long> found) {
        return (int) found.stream().distinct().count();
    }

    /** The account itself is no peer of its own; what is known of it may be more now. */
    private static Session filled(Session session, EntityCache peers, Optional<Account> self) {
        Optional<Long> own = session.account().or(() -> self).map(Account::userId);
        List<Peer> others = peers.peers().stream()
                .filter(peer -> !own.equals(Optional.of(peer.markedId())))
                .toList();
        Session filled = session.withPeers(others);
        return self.filter(account -> own.equals(Optional.of(account.userId())))
                .map(filled::withAccount)
                .orElse(filled);
    }

    private void endLine() {
        if (lineOpen) {
            given.error().println();
            lineOpen = false;
        }
    }

    /** Words for each thing that may happen. */
    private final class Screen implements SyncListener {
        @Override
        public void progress(int peers, int dialogs, OptionalInt dialogsInAll) {
            if (!watched) {
                return;
            }
            String all = dialogsInAll.isPresent() ? " of about " + Math.max(dialogs, dialogsInAll.getAsInt()) : "";
            given.error().print("\r" + peers + " peers, " + dialogs + all + " dialogs   ");
            given.error().flush();
            lineOpen = true;
        }

        @Override
        public void waiting(Duration time) {
            endLine();
            given.error().println("Telegram wants us to wait " + time.toSeconds() + " s; then it goes on.");
        }

        @Override
        public void remark(String sentence) {
            endLine();
            given.error().println(sentence);
        }
    }
}
