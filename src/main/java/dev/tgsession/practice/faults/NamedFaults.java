package dev.tgsession.practice.faults;

import java.util.function.Supplier;

/**
 * Something the server can be told to do.
 *
 * @param name to ask for it by: {@code salt-3}
 * @param story what the server does then, in one line
 * @param maker makes it anew, for what counts how often it was done
 */
public record NamedFaults(String name, String story, Supplier<Faults> maker) {
    /** A fresh one. */
    public Faults make() {
        return maker.get();
    }
}
