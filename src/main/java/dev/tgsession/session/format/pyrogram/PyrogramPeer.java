package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.Account;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.StoredText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of the table {@code peers}: marked id, access hash, type as a word, phone number, when it was written, and in
 * most versions the user name.
 */
final class PyrogramPeer {
    private PyrogramPeer() {}

    /**
     * The peer of a row.
     *
     * @param usernames all it has, wherever they are written
     */
    static Peer of(long id, SqliteRow row, List<String> usernames) {
        return new Peer(
                id,
                row.number("access_hash").orElse(0L),
                first(usernames),
                StoredText.readPhone(row, "phone_number"),
                Optional.empty(),
                StoredText.readInstant(row, "last_update_on"),
                row.text("type").flatMap(PyrogramPeer::type).filter(type -> type.kind() == PeerKind.of(id)),
                usernames.size() < 2 ? List.of() : usernames.subList(1, usernames.size()));
    }

    /** The account, with what its own row among the peers tells of it. */
    static Account completed(Account account, SqliteRow own, List<String> usernames) {
        return new Account(
                account.userId(),
                account.bot(),
                own.number("access_hash"),
                account.firstName(),
                account.lastName(),
                first(usernames),
                StoredText.readPhone(own, "phone_number"));
    }

    /** These peers, and among them the account. */
    static Peers all(Peers peers, Account account, Instant now) {
        return own(account, now).map(peers::with).orElse(peers);
    }

    /** When the row was written, in Unix seconds. Without a date a user name counts as outdated and is asked for again. */
    static long date(Peer peer) {
        return peer.seen().map(Instant::getEpochSecond).orElse(0L);
    }

    /** One of the five words that every release knows. */
    static String word(Peer peer) {
        return switch (peer.type().filter(type -> type.kind() == peer.kind()).orElseGet(() -> guessed(peer))) {
            case PERSON -> "user";
            case BOT -> "bot";
            case GROUP -> "group";
            case SUPERGROUP -> "supergroup";
            case CHANNEL -> "channel";
        };
    }

    /** The account as a peer of its own; without its access hash there is no such row. */
    private static Optional<Peer> own(Account self, Instant now) {
        return self.accessHash()
                .map(hash -> new Peer(
                        self.userId(),
                        hash,
                        self.username(),
                        self.phone(),
                        Optional.empty(),
                        Optional.of(now),
                        Optional.of(self.bot() ? PeerType.BOT : PeerType.PERSON),
                        List.of()));
    }

    private static Optional<String> first(List<String> usernames) {
        return usernames.isEmpty() ? Optional.empty() : Optional.of(usernames.get(0));
    }

    /** Some words are those of forks: all of them mean kinds of channels. */
    private static Optional<PeerType> type(String word) {
        return switch (word) {
            case "user" -> Optional.of(PeerType.PERSON);
            case "bot" -> Optional.of(PeerType.BOT);
            case "group" -> Optional.of(PeerType.GROUP);
            case "supergroup", "forum" -> Optional.of(PeerType.SUPERGROUP);
            case "channel", "direct", "community" -> Optional.of(PeerType.CHANNEL);
            default -> Optional.empty();
        };
    }

    /** Who has no phone number and a name that ends in "bot" is one; the library treats all channels alike. */
    private static PeerType guessed(Peer peer) {
        return switch (peer.kind()) {
            case USER -> {
                boolean bot = peer.phone().isEmpty()
                        && peer.username()
                                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("bot"))
                                .isPresent();
                yield bot ? PeerType.BOT : PeerType.PERSON;
            }
            case GROUP -> PeerType.GROUP;
            case CHANNEL -> PeerType.CHANNEL;
        };
    }
}
