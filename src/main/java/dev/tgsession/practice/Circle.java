package dev.tgsession.practice;

import dev.tgsession.practice.PracticeSchema.Message;
import dev.tgsession.practice.PracticeSchema.MessageActionContactSignUp;
import dev.tgsession.practice.PracticeSchema.MessageReplyHeader;
import dev.tgsession.practice.PracticeSchema.MessageService;
import dev.tgsession.practice.PracticeSchema.PlainMessage;
import dev.tgsession.schema.ChatSchema.Channel;
import dev.tgsession.schema.ChatSchema.ChannelForbidden;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ChatSchema.ChatForbidden;
import dev.tgsession.schema.ChatSchema.ChatPhotoEmpty;
import dev.tgsession.schema.ChatSchema.InputChannel;
import dev.tgsession.schema.ChatSchema.PlainChat;
import dev.tgsession.schema.ChatSchema.PlainInputChannel;
import dev.tgsession.schema.DialogSchema.Dialog;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.DialogSchema.PeerChannel;
import dev.tgsession.schema.DialogSchema.PeerChat;
import dev.tgsession.schema.DialogSchema.PeerNotifySettings;
import dev.tgsession.schema.DialogSchema.PeerUser;
import dev.tgsession.schema.DialogSchema.PlainDialog;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.schema.UserSchema.Username;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everybody a made-up account knows: as many talks as asked for, with every kind of peer there is in turn, and the same each
 * time it is asked. It is reckoned from the account's number, and nothing of it is kept.
 */
final class Circle {
    private static final int ARCHIVE = 1;

    /** Every ninth talk is in the archive. */
    private static final int PUT_AWAY = 9;

    private static final int PINNED = 4;
    private static final int NEWEST_DATE = 1_750_000_000;
    private static final long FIRST_USER = 5_000_000_000L;
    private static final long FIRST_STRANGER = 7_000_000_000L;
    private static final long FIRST_GROUP = 4_000_000L;
    private static final long FIRST_CHANNEL = 1_500_000_000L;

    /** Of a contact without a talk there is one for so many talks. */
    private static final int SILENT = 20;

    private final PracticeAccount owner;
    private final int size;

    /** What a talk is with; the order in which they come. */
    private enum Kind {
        PERSON,
        NAMELESS,
        BOT,
        BROADCAST,
        SUPERGROUP,
        GROUP,
        OF_MANY_NAMES,
        FORUM,
        GIGAGROUP,
        DELETED,
        CHANNEL_FORBIDDEN,
        GROUP_FORBIDDEN,
        MIGRATED_GROUP,
        CHANNEL_OF_MANY_NAMES,
        SUPERGROUP_FORBIDDEN,
        PREMIUM,
        GROUP_LEFT,
        CONTACT
    }

    /**
     * One talk, and all that an answer must tell about it.
     *
     * @param markedId of the peer, as libraries write it
     * @param users the peer, and whoever spoke last
     */
    record Talk(
            int folder,
            boolean pinned,
            int date,
            int topMessage,
            long markedId,
            Dialog dialog,
            Message message,
            List<User> users,
            List<Chat> chats) {}

    Circle(PracticeAccount owner, int size) {
        this.owner = owner;
        this.size = size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The talks of a folder, or of all: first those that are pinned, then by date, the latest first. */
    List<Talk> talks(Optional<Integer> folder) {
        List<Talk> all = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            Talk talk = talk(index);
            if (folder.isEmpty() || folder.get() == talk.folder()) {
                all.add(talk);
            }
        }
        all.sort(Comparator.comparing(Talk::pinned)
                .thenComparing(Talk::date)
                .thenComparing(Talk::topMessage)
                .thenComparing(Talk::markedId)
                .reversed());
        return all;
    }

    /** The address book: people of the talks, and some to whom nothing was written yet. */
    List<User> contacts() {
        List<User> contacts = new ArrayList<>();
        for (int index = 1; index < size; index++) {
            if (kind(index) == Kind.PERSON || kind(index) == Kind.CONTACT) {
                contacts.add(user(index));
            }
        }
        for (int index = 0; index < size; index += SILENT) {
            contacts.add(person(FIRST_USER + size + index, true, "Silent " + index, Optional.empty(), true));
        }
        return contacts;
    }

    /** The people written to most, and likewise the bots, groups or channels of the latest talks. */
    List<Talk> favourites(int limit) {
        return talks(Optional.of(0)).stream().limit(limit).toList();
    }

    private static Kind kind(int index) {
        Kind[] all = Kind.values();
        return all[index % all.length];
    }

    private Talk talk(int index) {
        boolean own = index == 0;
        boolean away = index % PUT_AWAY == PUT_AWAY - 1;
        boolean pinned = index < PINNED || index == PUT_AWAY - 1;
        // Always three at the same time, so that dates alone do not tell where a page ends.
        int date = NEWEST_DATE - index / 3 * 60;
        List<User> users = new ArrayList<>();
        List<Chat> chats = new ArrayList<>();
        Peer peer;
        long markedId;
        int top;
        if (own || isUser(kind(index))) {
            PlainUser user = own ? owner.user(true) : user(index);
            users.add(user);
            peer = new PeerUser(user.id());
            markedId = user.id();
            top = 1_000_000 - index;
        } else if (isGroup(kind(index))) {
            chats.add(group(index));
            peer = new PeerChat(FIRST_GROUP + index);
            markedId = -FIRST_GROUP - index;
            top = 1_000_000 - index;
        } else {
            chats.add(channel(index));
            peer = new PeerChannel(FIRST_CHANNEL + index);
            markedId = -1_000_000_000_000L - FIRST_CHANNEL - index;
            // Channels count for themselves.
            top = 1 + index % 50;
        }
        Message message = message(index, peer, top, date, users);
        Dialog dialog = new PlainDialog(
                pinned,
                peer,
                top,
                new PeerNotifySettings(),
                peer instanceof PeerChannel ? Optional.of(top) : Optional.empty(),
                away ? Optional.of(ARCHIVE) : Optional.empty());
        return new Talk(away ? ARCHIVE : 0, pinned, date, top, markedId, dialog, message, users, chats);
    }

    /** In groups somebody speaks whom the account has met there only, so that Telegram tells no more than a part of them. */
    private static Message message(int index, Peer peer, int top, int date, List<User> users) {
        if (kind(index) == Kind.CONTACT) {
            return new MessageService(top, peer, date, new MessageActionContactSignUp());
        }
        Optional<Peer> from = Optional.empty();
        if (kind(index) == Kind.SUPERGROUP || kind(index) == Kind.GROUP || kind(index) == Kind.FORUM) {
            PlainUser stranger = new PlainUser(
                    false,
                    false,
                    false,
                    false,
                    true,
                    false,
                    FIRST_STRANGER + index,
                    Optional.of(mixed(index)),
                    Optional.of("Stranger " + index),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            users.add(stranger);
            from = Optional.of(new PeerUser(stranger.id()));
        }
        Optional<MessageReplyHeader> reply = index % 5 == 2 && top > 1
                ? Optional.of(new MessageReplyHeader(Optional.of(top - 1)))
                : Optional.empty();
        // Three letters that look like the beginning of a list, for clients that look for one.
        String text = index % 7 == 3 ? "list: \u0015\u0135\u001c, made up" : "Message " + index + " of this account";
        return new PlainMessage(index % 2 == 0, top, from, peer, reply, date, text);
    }

    private static boolean isUser(Kind kind) {
        return switch (kind) {
            case PERSON, NAMELESS, BOT, OF_MANY_NAMES, DELETED, PREMIUM, CONTACT -> true;
            default -> false;
        };
    }

    private static boolean isGroup(Kind kind) {
        return switch (kind) {
            case GROUP, GROUP_FORBIDDEN, MIGRATED_GROUP, GROUP_LEFT -> true;
            default -> false;
        };
    }

    private PlainUser user(int index) {
        long id = FIRST_USER + index;
        return switch (kind(index)) {
            case PERSON -> person(id, true, "Person " + index, Optional.of("Person_" + index), true);
            case CONTACT -> person(id, true, "Contact 東京 " + index, Optional.empty(), false);
            case NAMELESS -> person(id, false, "Nobody " + index, Optional.empty(), false);
            default ->
                new PlainUser(
                        false,
                        false,
                        kind(index) == Kind.DELETED,
                        kind(index) == Kind.BOT,
                        false,
                        kind(index) == Kind.PREMIUM,
                        id,
                        Optional.of(hash(id)),
                        kind(index) == Kind.DELETED ? Optional.empty() : Optional.of("Somebody " + index),
                        kind(index) == Kind.PREMIUM ? Optional.of("Premium") : Optional.empty(),
                        kind(index) == Kind.BOT ? Optional.of("made_up_" + index + "_bot") : Optional.empty(),
                        Optional.empty(),
                        kind(index) == Kind.BOT ? Optional.of(1) : Optional.empty(),
                        kind(index) == Kind.OF_MANY_NAMES ? Optional.of(names("Many_" + index)) : Optional.empty());
        };
    }

    private PlainUser person(long id, boolean contact, String name, Optional<String> username, boolean number) {
        return new PlainUser(
                false,
                contact,
                false,
                false,
                false,
                false,
                id,
                Optional.of(hash(id)),
                Optional.of(name),
                Optional.empty(),
                username,
                number ? Optional.of(Long.toString(FIRST_USER * 9 + id % FIRST_USER)) : Optional.empty(),
                Optional.empty());
    }

    private Chat group(int index) {
        long id = FIRST_GROUP + index;
        if (kind(index) == Kind.GROUP_FORBIDDEN) {
            return new ChatForbidden(id, "Thrown out of " + index);
        }
        boolean migrated = kind(index) == Kind.MIGRATED_GROUP;
        Optional<InputChannel> there = migrated
                ? Optional.of(new PlainInputChannel(FIRST_CHANNEL + index, hash(FIRST_CHANNEL + index)))
                : Optional.empty();
        return new PlainChat(
                false,
                kind(index) == Kind.GROUP_LEFT,
                migrated,
                id,
                "Group " + index,
                new ChatPhotoEmpty(),
                3,
                NEWEST_DATE,
                1,
                there);
    }

    private Chat channel(int index) {
        long id = FIRST_CHANNEL + index;
        Kind kind = kind(index);
        boolean broadcast = kind == Kind.BROADCAST || kind == Kind.CHANNEL_OF_MANY_NAMES;
        if (kind == Kind.CHANNEL_FORBIDDEN || kind == Kind.SUPERGROUP_FORBIDDEN) {
            boolean channel = kind == Kind.CHANNEL_FORBIDDEN;
            return new ChannelForbidden(channel, !channel, id, hash(id), "Closed " + index, Optional.empty());
        }
        return new Channel(
                false,
                false,
                broadcast,
                !broadcast,
                false,
                kind == Kind.GIGAGROUP,
                kind == Kind.FORUM,
                id,
                Optional.of(hash(id)),
                "Channel " + index,
                kind == Kind.BROADCAST ? Optional.of("Channel_" + index) : Optional.empty(),
                new ChatPhotoEmpty(),
                NEWEST_DATE,
                kind == Kind.CHANNEL_OF_MANY_NAMES ? Optional.of(names("Names_" + index)) : Optional.empty());
    }

    private static List<Username> names(String name) {
        return List.of(
                new Username(true, true, name),
                new Username(false, false, name + "_off"),
                new Username(false, true, name + "_two"));
    }

    /** Good for this account only, as access hashes are. */
    private long hash(long id) {
        return mixed(id ^ owner.id() << 20);
    }

    /** Any 64 bits, the same for the same number; the last step of SplittableRandom. */
    private static long mixed(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (z ^ z >>> 31) | 1;
    }
}
