package dev.tgsession.session.store;

import java.util.Optional;

/**
 * Where a session went.
 *
 * @param where for people: a path, or the name in some other store
 * @param previous where the one that was there before is kept now
 */
public record Saved(String where, Optional<String> previous) {}
