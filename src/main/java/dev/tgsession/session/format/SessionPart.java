package dev.tgsession.session.format;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.IpAddress;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;

/** What a session may hold besides the key and the number of its data center, and a format may have no room for. */
public enum SessionPart {
    /** Address and port of the data center. */
    ADDRESS("the server's address"),
    /** A host name of Telegram's in place of the address: the door for browsers. */
    HOST_NAME("the server's name (its address is kept)"),
    /** Whether the servers are Telegram's own, the test servers, or somebody's. */
    ENVIRONMENT("which servers it belongs to"),
    USER_ID("the user id"),
    /** User name or phone number of the account. */
    ACCOUNT_DETAILS("user name and number of the account"),
    /** Whether the account is a bot. */
    BOT("whether it is a bot"),
    PEERS("the peers met so far"),
    /** Names of the account and of peers, as people read them. */
    NAMES("the names of people and chats"),
    /** User names of peers beyond the first. */
    MORE_USERNAMES("further user names of peers"),
    UPDATE_STATE("how far updates were read"),
    CHANNEL_STATES("how far single channels were read"),
    API_ID("the application's api id");

    private final String words;

    SessionPart(String words) {
        this.words = words;
    }

    /** As part of a sentence such as "this format cannot hold ...". */
    public String words() {
        return words;
    }

    /** Whether that session has something here that would be missed. */
    public boolean isIn(Session session) {
        return switch (this) {
            case ADDRESS -> true;
            case HOST_NAME -> isTelegramsName(session.dataCenter());
            case ENVIRONMENT -> session.dataCenter().environment() != Environment.PRODUCTION;
            case USER_ID -> session.account().isPresent();
            case ACCOUNT_DETAILS ->
                session.account().filter(SessionPart::hasDetails).isPresent();
            case BOT -> session.account().filter(Account::bot).isPresent();
            case PEERS -> !session.peers().isEmpty();
            case NAMES -> hasNames(session);
            case MORE_USERNAMES -> hasMoreUsernames(session);
            case UPDATE_STATE -> session.updateState().isPresent();
            case CHANNEL_STATES -> !session.channelStates().isEmpty();
            case API_ID -> session.apiId().isPresent();
        };
    }

    private static boolean hasDetails(Account account) {
        return account.username().isPresent() || account.phone().isPresent();
    }

    private static boolean isTelegramsName(DataCenter dataCenter) {
        return dataCenter.environment() != Environment.PRACTICE
                && IpAddress.parse(dataCenter.host()).isEmpty();
    }

    private static boolean hasNames(Session session) {
        if (session.account().flatMap(Account::fullName).isPresent()) {
            return true;
        }
        for (Peer peer : session.peers()) {
            if (peer.name().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMoreUsernames(Session session) {
        for (Peer peer : session.peers()) {
            if (!peer.moreUsernames().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
