package dev.tgsession.cli;

import dev.tgsession.session.Account;
import java.nio.file.Path;

/** How things of a session are said in a sentence. */
final class Words {
    /** How the name of a sealed file ends, as with gpg. */
    static final String SEALED = ".gpg";

    private Words() {}

    /** {@code Anna Example (@anna, +9996620001, id 1234)}. */
    static String about(Account account) {
        StringBuilder words = new StringBuilder(account.bot() ? "the bot " : "");
        // Without lambdas, as in a look at a file.
        if (account.fullName().isPresent()) {
            words.append(account.fullName().get()).append(' ');
        }
        words.append('(');
        if (account.username().isPresent()) {
            words.append('@').append(account.username().get()).append(", ");
        }
        if (account.phone().isPresent()) {
            words.append('+').append(account.phone().get()).append(", ");
        }
        return words.append("id ").append(account.userId()).append(')').toString();
    }

    /** The name at the end of a path. */
    static String lastOf(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    /** {@code login} for {@code login.session}. */
    static String withoutSuffix(String name, String suffix) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}
