package dev.tgsession.session.format.telethon;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.Inspection.PeerCounts;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session of Telethon's from before or beside the tables of Telethon 1: the JSON of its first year, or the tables of
 * Telethon 2, which has not been released. Read, but not written.
 *
 * @param title what it is, for people
 * @param named the finding that says what it is
 * @param readers what the releases make of it
 */
record OtherEra(
        String title,
        Finding named,
        Optional<Layout> layout,
        StoredServer server,
        StoredKey key,
        Optional<Account> account,
        List<Peer> peers,
        PeerCounts counts,
        Optional<UpdateState> updateState,
        List<ChannelState> channelStates,
        List<Inspection.Reader> readers,
        List<Finding> findings) {

    /**
     * The session.
     *
     * @throws MalformedSessionException if there is no whole key, or no server to use it with
     */
    Session session() throws MalformedSessionException {
        return new Session(
                server.required(), key.required(), account, peers, updateState, channelStates, Optional.empty());
    }

    /** Everything but the secrets. */
    Inspection inspection(SessionSource source, SessionFormat format) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(key.findings());
        all.addAll(server.findings());
        all.add(named);
        if (source.isOpenToOthers()) {
            all.add(CommonFindings.openToOthers());
        }
        return new Inspection(
                source.name(),
                Optional.of(format.name()),
                title,
                layout,
                Optional.of(server.description()),
                key.description(),
                login(),
                account,
                Optional.of(counts),
                updateState,
                Optional.of(readers),
                all);
    }

    private Login login() {
        if (key.authKey().isEmpty()) {
            return Login.NEVER;
        }
        return account.isPresent() || counts.users() > 0 ? Login.LIKELY : Login.UNCLEAR;
    }
}
