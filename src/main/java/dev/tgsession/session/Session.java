package dev.tgsession.session;

import dev.tgsession.crypto.AuthKey;
import java.util.List;
import java.util.Optional;

/**
 * All that is needed to be logged in. Whoever holds it holds the account; the key does not print.
 *
 * @param dataCenter the home data center, where the key was made
 * @param account who it is, when known
 * @param peers the peers met so far, without the account itself; may be empty
 * @param updateState how far the account's updates were read, when known
 * @param channelStates the same for single channels, as far as known
 * @param apiId the application that made the key, when known
 */
public record Session(
        DataCenter dataCenter,
        AuthKey authKey,
        Optional<Account> account,
        List<Peer> peers,
        Optional<UpdateState> updateState,
        List<ChannelState> channelStates,
        Optional<Integer> apiId) {

    /** Takes a copy of the lists. */
    public Session {
        peers = List.copyOf(peers);
        channelStates = List.copyOf(channelStates);
    }

    /** A session that knows nothing of single channels. */
    public Session(
            DataCenter dataCenter,
            AuthKey authKey,
            Optional<Account> account,
            List<Peer> peers,
            Optional<UpdateState> updateState,
            Optional<Integer> apiId) {
        this(dataCenter, authKey, account, peers, updateState, List.of(), apiId);
    }

    /** The least a session can be: a server and the key made there. */
    public static Session of(DataCenter dataCenter, AuthKey authKey) {
        return new Session(dataCenter, authKey, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** The same session, of this account. */
    public Session withAccount(Account owner) {
        return new Session(dataCenter, authKey, Optional.of(owner), peers, updateState, channelStates, apiId);
    }

    /** The same session, with these peers instead. */
    public Session withPeers(List<Peer> others) {
        return new Session(dataCenter, authKey, account, others, updateState, channelStates, apiId);
    }

    /** The same session, read up to here. */
    public Session withUpdateState(UpdateState state) {
        return new Session(dataCenter, authKey, account, peers, Optional.of(state), channelStates, apiId);
    }

    /** The same session, its channels read up to here. */
    public Session withChannelStates(List<ChannelState> states) {
        return new Session(dataCenter, authKey, account, peers, updateState, states, apiId);
    }

    /** The same session, made by this application. */
    public Session withApiId(int id) {
        return new Session(dataCenter, authKey, account, peers, updateState, channelStates, Optional.of(id));
    }

    /** The same session, with its server reached like this. */
    public Session at(DataCenter server) {
        return new Session(server, authKey, account, peers, updateState, channelStates, apiId);
    }
}
