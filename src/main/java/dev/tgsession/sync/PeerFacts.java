package dev.tgsession.sync;

import dev.tgsession.schema.ChatSchema.Channel;
import dev.tgsession.schema.ChatSchema.ChannelForbidden;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ChatSchema.ChatForbidden;
import dev.tgsession.schema.ChatSchema.Community;
import dev.tgsession.schema.ChatSchema.CommunityForbidden;
import dev.tgsession.schema.ChatSchema.PlainChat;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.schema.UserSchema.Username;
import dev.tgsession.session.Account;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.PeerType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is worth remembering of a user or chat as Telegram tells of it.
 *
 * <p>Nothing of those that cannot be pointed at later: a {@code min} one, whose access hash counts only together with a
 * message, one without a hash, and one of whom nothing but the number is told.
 */
final class PeerFacts {
    private static final long LARGEST_USER = (1L << 52) - 1;
    private static final long LARGEST_GROUP = 999_999_999_999L;

    private final Instant now;

    /** Facts learned at this time. */
    PeerFacts(Instant now) {
        this.now = now;
    }

    /** The account itself, if this is it. */
    static Optional<Account> self(User user) {
        if (!(user instanceof PlainUser known) || !known.self() || !isUser(known.id())) {
            return Optional.empty();
        }
        return Optional.of(new Account(
                known.id(),
                known.bot(),
                known.min() ? Optional.empty() : known.accessHash(),
                known.firstName(),
                known.lastName(),
                Names.of(known.username(), known.usernames()).main(),
                known.phone()));
    }

    /** A user; the account itself is none of its peers. */
    Optional<Peer> of(User user) {
        if (!(user instanceof PlainUser known) || known.self() || known.min() || !isUser(known.id())) {
            return Optional.empty();
        }
        Names names = Names.of(known.username(), known.usernames());
        return known.accessHash()
                .map(hash -> new Peer(
                        known.id(),
                        hash,
                        names.main(),
                        known.phone().filter(phone -> !phone.isEmpty()),
                        fullName(known),
                        Optional.of(now),
                        Optional.of(known.bot() ? PeerType.BOT : PeerType.PERSON),
                        names.more()));
    }

    /** A group or channel. */
    Optional<Peer> of(Chat chat) {
        if (chat instanceof PlainChat group) {
            return group(group.id(), group.title());
        }
        if (chat instanceof ChatForbidden group) {
            return group(group.id(), group.title());
        }
        if (chat instanceof Channel channel) {
            return channel.min()
                    ? Optional.empty()
                    : channel(
                            channel.id(),
                            channel.accessHash(),
                            channel.title(),
                            channel.broadcast() ? PeerType.CHANNEL : PeerType.SUPERGROUP,
                            Names.of(channel.username(), channel.usernames()));
        }
        if (chat instanceof ChannelForbidden channel) {
            return channel(
                    channel.id(),
                    Optional.of(channel.accessHash()),
                    channel.title(),
                    channel.broadcast() ? PeerType.CHANNEL : PeerType.SUPERGROUP,
                    Names.NONE);
        }
        if (chat instanceof Community community && !community.min()) {
            return channel(community.id(), community.accessHash(), community.title(), PeerType.SUPERGROUP, Names.NONE);
        }
        return chat instanceof CommunityForbidden community
                ? channel(community.id(), community.accessHash(), community.title(), PeerType.SUPERGROUP, Names.NONE)
                : Optional.empty();
    }

    private Optional<Peer> group(long id, String title) {
        if (id <= 0 || id > LARGEST_GROUP) {
            return Optional.empty();
        }
        // Everybody points at a basic group by its number alone.
        return Optional.of(peer(-id, 0, title, PeerType.GROUP, Names.NONE));
    }

    private Optional<Peer> channel(long id, Optional<Long> hash, String title, PeerType type, Names names) {
        return id <= 0 || id > PeerKind.LARGEST_CHANNEL
                ? Optional.empty()
                : hash.map(known -> peer(PeerKind.markedChannel(id), known, title, type, names));
    }

    private Peer peer(long markedId, long hash, String title, PeerType type, Names names) {
        return new Peer(
                markedId,
                hash,
                names.main(),
                Optional.empty(),
                Optional.of(title).filter(text -> !text.isBlank()),
                Optional.of(now),
                Optional.of(type),
                names.more());
    }

    private static boolean isUser(long id) {
        return id > 0 && id <= LARGEST_USER;
    }

    /** First and last name with a blank between; a deleted account has neither. */
    private static Optional<String> fullName(PlainUser user) {
        String first = user.firstName().orElse("").strip();
        String last = user.lastName().orElse("").strip();
        return Optional.of((first + " " + last).strip()).filter(text -> !text.isEmpty());
    }

    /**
     * By what user names somebody is found.
     *
     * @param main the first
     * @param more those after it
     */
    private record Names(Optional<String> main, List<String> more) {
        static final Names NONE = new Names(Optional.empty(), List.of());

        /** Whoever has several has them in the list only, the main one first; some of them may be switched off. */
        static Names of(Optional<String> single, Optional<List<Username>> several) {
            List<String> names = new ArrayList<>();
            single.filter(name -> !name.isEmpty()).ifPresent(names::add);
            for (Username each : several.orElse(List.of())) {
                if (each.active() && !each.username().isEmpty() && !names.contains(each.username())) {
                    names.add(each.username());
                }
            }
            return names.isEmpty() ? NONE : new Names(Optional.of(names.get(0)), names.subList(1, names.size()));
        }
    }
}
