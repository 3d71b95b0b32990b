package dev.tgsession.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peers an account has met, looked up without asking Telegram: by id, user name, phone number or name. Telegram tells
 * an access hash once, with the peer, and not again for the asking; so whoever wants to write to somebody tomorrow
 * remembers them today.
 *
 * <pre>
 *   EntityCache peers = EntityCache.of(session);
 *   peers.byUsername("https://t.me/Anna")        whoever goes by that name now
 *   peers.byPhone("+49 (170) 123-4567")
 *   peers.byId(-1001234567890L)                  or 1234567890
 *   peers.add(peer);
 *   store.save(session.withPeers(peers.peers()));
 * </pre>
 *
 * <p>A peer is known once: a later one of the same id takes its place. So is a user name or a number: who is added with
 * one that somebody else had takes it away from them, as names change hands on Telegram; only if the other was seen later
 * does it stay where it is, and who was seen at no known time was seen before all others. Telethon does the same. Not for
 * use by several threads at once.
 */
public final class EntityCache {
    private static final String[] LINKS = {"t.me/", "telegram.me/", "telegram.dog/", "tg://resolve?domain="};

    private final Map<Long, Peer> byId = new LinkedHashMap<>();
    private final Map<String, Long> byUsername = new HashMap<>();
    private final Map<String, Long> byPhone = new HashMap<>();

    /** A cache that knows nobody. */
    public EntityCache() {}

    /** The peers of a session, in their order. */
    public static EntityCache of(Session session) {
        return of(session.peers());
    }

    /** These peers, in their order. */
    public static EntityCache of(Collection<Peer> peers) {
        EntityCache cache = new EntityCache();
        peers.forEach(cache::add);
        return cache;
    }

    /** Remembers a peer, in place of what was known of it. */
    public void add(Peer peer) {
        Peer old = byId.get(peer.markedId());
        if (old != null) {
            forget(old);
        }
        List<String> names = new ArrayList<>();
        for (String name : usernames(peer)) {
            if (takes(peer, byUsername.get(letters(name)))) {
                names.add(name);
            }
        }
        Optional<String> phone = peer.phone().filter(number -> takes(peer, byPhone.get(digits(number))));
        // Most keep what they come with.
        boolean same = phone.equals(peer.phone()) && names.equals(usernames(peer));
        Peer known = same ? peer : with(peer, names, phone);
        // A peer that is met again keeps its place in the order.
        byId.put(known.markedId(), known);
        for (String name : names) {
            rob(byUsername.put(letters(name), known.markedId()), known, letters(name), "");
        }
        phone.ifPresent(number -> rob(byPhone.put(digits(number), known.markedId()), known, "", digits(number)));
    }

    /**
     * The peer with that id.
     *
     * @param id marked, see {@link PeerKind}; or bare, which means the user of that id if there is one, else the group or
     *     the channel
     */
    public Optional<Peer> byId(long id) {
        Peer marked = byId.get(id);
        if (marked != null || id <= 0) {
            return Optional.ofNullable(marked);
        }
        Peer group = byId.get(-id);
        return group == null && id <= PeerKind.LARGEST_CHANNEL
                ? Optional.ofNullable(byId.get(PeerKind.markedChannel(id)))
                : Optional.ofNullable(group);
    }

    /**
     * Whoever goes by that name.
     *
     * @param name in any case, with an at sign or without, or as a link such as {@code https://t.me/name}
     */
    public Optional<Peer> byUsername(String name) {
        return Optional.ofNullable(byUsername.get(username(name))).map(byId::get);
    }

    /**
     * Whoever has that number.
     *
     * @param phone in any writing; the country code belongs to it
     */
    public Optional<Peer> byPhone(String phone) {
        String digits = digits(phone);
        return digits.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(byPhone.get(digits)).map(byId::get);
    }

    /** The first peer of exactly that name or title. */
    public Optional<Peer> byName(String name) {
        for (Peer peer : byId.values()) {
            if (peer.name().equals(Optional.of(name))) {
                return Optional.of(peer);
            }
        }
        return Optional.empty();
    }

    /**
     * Whoever is meant: by id, user name, link or phone number, else by name. What has an at sign or is a link is taken for a
     * user name only, what has a plus for a number only.
     */
    public Optional<Peer> find(String query) {
        String text = query.strip();
        if (text.startsWith("@") || isLink(text)) {
            return byUsername(text);
        }
        if (text.startsWith("+")) {
            return byPhone(text);
        }
        return number(text)
                .flatMap(this::byId)
                .or(() -> byUsername(text))
                .or(() -> looksLikePhone(text) ? byPhone(text) : Optional.empty())
                .or(() -> byName(text));
    }

    /**
     * What {@link #find} would look for: who looks through a million peers keeps those only that may be meant.
     *
     * @param ids marked
     * @param username in small letters
     * @param phone digits
     */
    public record Search(Set<Long> ids, Optional<String> username, Optional<String> phone, Optional<String> name) {
        /** Takes a copy of the ids. */
        public Search {
            ids = Set.copyOf(ids);
        }

        /** For that query. */
        public static Search of(String query) {
            String text = query.strip();
            if (text.startsWith("@") || isLink(text)) {
                return new Search(
                        Set.of(), Optional.of(EntityCache.username(text)), Optional.empty(), Optional.empty());
            }
            if (text.startsWith("+")) {
                return new Search(Set.of(), Optional.empty(), Optional.of(digits(text)), Optional.empty());
            }
            Set<Long> ids = new HashSet<>();
            number(text).ifPresent(id -> {
                ids.add(id);
                if (id > 0 && id <= PeerKind.LARGEST_CHANNEL) {
                    ids.addAll(List.of(-id, PeerKind.markedChannel(id)));
                } else if (id > 0) {
                    ids.add(-id);
                }
            });
            return new Search(
                    ids,
                    Optional.of(EntityCache.username(text)),
                    looksLikePhone(text) ? Optional.of(digits(text)) : Optional.empty(),
                    Optional.of(text));
        }

        /** Whether this peer may be meant, or one that has its name or number now. */
        public boolean mayBe(Peer peer) {
            return ids.contains(peer.markedId())
                    || username.isPresent()
                            && usernames(peer).stream()
                                    .anyMatch(one -> letters(one).equals(username.get()))
                    || phone.isPresent()
                            && peer.phone().map(EntityCache::digits).equals(phone)
                    || name.isPresent() && peer.name().equals(name);
        }

        /** The user name, if nothing else is sought and it is of ASCII. */
        public Optional<String> onlyUsername() {
            return username.filter(text -> ids.isEmpty()
                    && phone.isEmpty()
                    && name.isEmpty()
                    && !text.isEmpty()
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
        }

        /** The phone number, if nothing else is sought and it is none longer than any. */
        public Optional<Long> onlyPhone() {
            return phone.filter(digits -> ids.isEmpty()
                            && username.isEmpty()
                            && name.isEmpty()
                            && !digits.isEmpty()
                            && digits.length() <= 18
                            && digits.charAt(0) != '0')
                    .map(Long::parseLong);
        }

        /**
         * Letters that stand, small or capital, in the user name or the name of whoever may be meant; empty if there are no
         * such: they may be known by a number, or by letters that are not of ASCII.
         */
        public Optional<String> standing() {
            boolean known = ids.isEmpty() && phone.isEmpty() && username.isPresent();
            return username.filter(text -> known
                    && text.length() > 2
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    && name.map(EntityCache::letters).orElse(text).equals(text));
        }
    }

    /** Everybody, in the order in which they were met first. */
    public List<Peer> peers() {
        return List.copyOf(byId.values());
    }

    /** How many there are. */
    public int size() {
        return byId.size();
    }

    private void forget(Peer old) {
        for (String name : usernames(old)) {
            byUsername.remove(letters(name), old.markedId());
        }
        old.phone().ifPresent(number -> byPhone.remove(digits(number), old.markedId()));
    }

    /** Whether this peer gets what that one has: not if the other was seen later. Nobody's is anybody's. */
    private boolean takes(Peer peer, @Nullable Long holder) {
        if (holder == null || holder == peer.markedId()) {
            return true;
        }
        Instant theirs =
                Optional.ofNullable(byId.get(holder)).flatMap(Peer::seen).orElse(Instant.EPOCH);
        return !theirs.isAfter(peer.seen().orElse(Instant.EPOCH));
    }

    /** Takes a name and a number away from whoever had them. */
    private void rob(@Nullable Long holder, Peer robber, String name, String phone) {
        if (holder == null || holder == robber.markedId()) {
            return;
        }
        Peer old = byId.get(holder);
        if (old == null) {
            return;
        }
        List<String> left = new ArrayList<>(usernames(old));
        left.removeIf(one -> letters(one).equals(name));
        byId.put(
                holder,
                with(old, left, old.phone().filter(number -> !digits(number).equals(phone))));
    }

    private static List<String> usernames(Peer peer) {
        List<String> names = new ArrayList<>();
        peer.username().filter(name -> !name.isEmpty()).ifPresent(names::add);
        names.addAll(peer.moreUsernames());
        return names;
    }

    private static Peer with(Peer peer, List<String> names, Optional<String> phone) {
        return new Peer(
                peer.markedId(),
                peer.accessHash(),
                names.stream().findFirst(),
                phone,
                peer.name(),
                peer.seen(),
                peer.type(),
                names.isEmpty() ? names : names.subList(1, names.size()));
    }

    private static boolean isLink(String text) {
        String lower = letters(text);
        for (String link : LINKS) {
            if (lower.contains(link)) {
                return true;
            }
        }
        return lower.contains(".t.me");
    }

    /** The bare name in small letters: out of {@code @Anna}, {@code t.me/Anna/12}, {@code https://anna.t.me}. */
    private static String username(String text) {
        String name = letters(text.strip());
        for (String scheme : new String[] {"https://", "http://"}) {
            name = name.startsWith(scheme) ? name.substring(scheme.length()) : name;
        }
        name = name.startsWith("www.") ? name.substring(4) : name;
        for (String link : LINKS) {
            name = name.startsWith(link) ? name.substring(link.length()) : name;
        }
        int end = name.indexOf(".t.me");
        name = end > 0 ? name.substring(0, end) : name;
        name = name.startsWith("@") ? name.substring(1) : name;
        for (int i = 0; i < name.length(); i++) {
            if ("/?&".indexOf(name.charAt(i)) >= 0) {
                return name.substring(0, i);
            }
        }
        return name;
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static boolean looksLikePhone(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || " -()./".indexOf(c) >= 0);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String digits(String phone) {
        StringBuilder digits = new StringBuilder();
        phone.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        // No country code begins with a zero; two of them are how a telephone says "+".
        return digits.indexOf("00") == 0 ? digits.substring(2) : digits.toString();
    }
}
