package dev.tgsession.login;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The password of two-step verification is asked for.
 *
 * @param hint what the owner wrote down to remember it, safe to print
 * @param describe what this password is and what helps when it is forgotten, as whole sentences, one a line
 * @param wishes what may be said instead of the password
 * @param repeated the last answer to the same question was refused
 */
public record PasswordQuestion(Optional<String> hint, List<String> describe, Set<Wish> wishes, boolean repeated) {
    public PasswordQuestion {
        describe = List.copyOf(describe);
        wishes = Set.copyOf(wishes);
    }
}
