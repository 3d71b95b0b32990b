package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.UnwritableSessionException;
import java.util.Optional;
import java.util.Set;

/** Whose a session is, which application made it and where, in numbers as Pyrogram and its converters write them. */
final class PyrogramNumbers {
    /** The library finds no server for a number above. */
    static final int MOST_DATA_CENTERS = 5;

    /** What a widespread converter writes when it does not know. */
    private static final long NOBODY = 9999;

    private PyrogramNumbers() {}

    /** Whether a user id is more than a way to say "not known". */
    static boolean isSomebody(long userId) {
        return userId > 0 && userId != NOBODY;
    }

    /** The application; nothing for 0, which stands for "not known", and for what no application has. */
    static Optional<Integer> apiId(long stored) {
        return stored > 0 && stored <= Integer.MAX_VALUE ? Optional.of((int) stored) : Optional.empty();
    }

    /** The number of a data center that the library finds the server of. */
    static int dataCenter(int id) throws UnwritableSessionException {
        if (id > MOST_DATA_CENTERS) {
            throw new UnwritableSessionException(
                    "Pyrogram knows the data centers from 1 to 5, not " + id + ".", "Choose another format.");
        }
        return id;
    }

    /** What is lost, with user name and number of the account, which have a place only beside its access hash. */
    static Set<SessionPart> withDetails(Session session, Set<SessionPart> lost) {
        boolean noHash = session.account().flatMap(Account::accessHash).isEmpty();
        if (noHash && SessionPart.ACCOUNT_DETAILS.isIn(session)) {
            lost.add(SessionPart.ACCOUNT_DETAILS);
        }
        return lost;
    }

    static UnwritableSessionException noUserId() {
        return new UnwritableSessionException(
                "Pyrogram takes a session without a user id for one that nobody has logged in with.",
                "Say whose session it is: give the user id, and whether it is a bot.");
    }
}
