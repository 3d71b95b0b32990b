package dev.tgsession.session.format;

import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;

/** What a session may hold besides the key and the number of its data center, and a format may have no room for. */
public enum SessionPart {
    /** Address and port of the data center. */
    ADDRESS("the server's address"),
    /** Whether the servers are Telegram's own, the test servers, or somebody's. */
    ENVIRONMENT("which servers it belongs to"),
    USER_ID("the user id"),
    /** User name, phone number or name of the account. */
    ACCOUNT_DETAILS("name and number of the account"),
    /** Whether the account is a bot. */
    BOT("whether it is a bot"),
    PEERS("the peers met so far"),
    UPDATE_STATE("how far updates were read"),
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
            case ENVIRONMENT -> session.dataCenter().environment() != Environment.PRODUCTION;
            case USER_ID -> session.account().isPresent();
            case ACCOUNT_DETAILS ->
                session.account().filter(SessionPart::hasDetails).isPresent();
            case BOT -> session.account().filter(Account::bot).isPresent();
            case PEERS -> !session.peers().isEmpty();
            case UPDATE_STATE -> session.updateState().isPresent();
            case API_ID -> session.apiId().isPresent();
        };
    }

    private static boolean hasDetails(Account account) {
        return account.username().isPresent()
                || account.phone().isPresent()
                || account.fullName().isPresent();
    }
}
