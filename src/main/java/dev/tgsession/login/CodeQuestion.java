package dev.tgsession.login;

import java.util.List;
import java.util.Set;

/**
 * A code is asked for.
 *
 * @param delivery where the code is and what it looks like
 * @param wishes what may be said instead of a code
 * @param repeated the same question has been asked before and its last answer was refused, so the person has read it all
 */
public record CodeQuestion(CodeDelivery delivery, Set<Wish> wishes, boolean repeated) {
    public CodeQuestion {
        wishes = Set.copyOf(wishes);
    }

    /** What the code is called: {@code Login code}, {@code E-mail code}, {@code Recovery code}. */
    public String name() {
        return delivery.channel().codeName();
    }

    /** Where the code is, how long it is and what comes next, as whole sentences, one a line. */
    public List<String> describe() {
        return delivery.describe();
    }
}
