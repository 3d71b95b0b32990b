package dev.tgsession.login;

import java.util.List;
import java.util.Set;

/**
 * An e-mail address is asked for, because Telegram wants one before it lets this account in.
 *
 * @param describe why, as whole sentences, one a line
 * @param wishes what may be said instead of an address
 * @param repeated the last answer to the same question was refused
 */
public record EmailQuestion(List<String> describe, Set<Wish> wishes, boolean repeated) {
    public EmailQuestion {
        describe = List.copyOf(describe);
        wishes = Set.copyOf(wishes);
    }
}
