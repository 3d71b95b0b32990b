package dev.tgsession.practice;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All keys this server has agreed on. When there are too many, the oldest that nobody is logged in with goes. */
final class AuthKeys {
    private static final int MOST = 10_000;

    private final Map<Long, KnownKey> keys = new LinkedHashMap<>();

    synchronized Optional<KnownKey> find(long id) {
        return Optional.ofNullable(keys.get(id));
    }

    synchronized void add(KnownKey key) {
        keys.put(key.id(), key);
        Iterator<KnownKey> oldest = keys.values().iterator();
        while (keys.size() > MOST && oldest.hasNext()) {
            KnownKey old = oldest.next();
            if (old.login().isEmpty() && old != key) {
                oldest.remove();
            }
        }
    }

    synchronized void remove(long id) {
        keys.remove(id);
    }

    synchronized Collection<KnownKey> all() {
        return List.copyOf(keys.values());
    }
}
