package dev.tgsession.practice;

import dev.tgsession.practice.Circle.Talk;
import dev.tgsession.practice.PracticeSchema.AllDialogs;
import dev.tgsession.practice.PracticeSchema.DialogsSlice;
import dev.tgsession.practice.PracticeSchema.Message;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ContactsSchema.Contact;
import dev.tgsession.schema.ContactsSchema.GetContacts;
import dev.tgsession.schema.ContactsSchema.GetTopPeers;
import dev.tgsession.schema.ContactsSchema.PlainContacts;
import dev.tgsession.schema.ContactsSchema.PlainTopPeers;
import dev.tgsession.schema.ContactsSchema.TopPeer;
import dev.tgsession.schema.ContactsSchema.TopPeerCategory;
import dev.tgsession.schema.ContactsSchema.TopPeerCategoryChannels;
import dev.tgsession.schema.ContactsSchema.TopPeerCategoryCorrespondents;
import dev.tgsession.schema.ContactsSchema.TopPeerCategoryGroups;
import dev.tgsession.schema.ContactsSchema.TopPeerCategoryPeers;
import dev.tgsession.schema.DialogSchema.Dialog;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.DialogSchema.PeerChannel;
import dev.tgsession.schema.DialogSchema.PeerChat;
import dev.tgsession.schema.DialogSchema.PeerUser;
import dev.tgsession.schema.DialogSchema.PlainDialog;
import dev.tgsession.schema.UserSchema.InputPeer;
import dev.tgsession.schema.UserSchema.InputPeerChannel;
import dev.tgsession.schema.UserSchema.InputPeerChat;
import dev.tgsession.schema.UserSchema.InputPeerSelf;
import dev.tgsession.schema.UserSchema.InputPeerUser;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells an account whom it knows: its address book, those it writes to most, its talks.
 *
 * <p>Pages are cut as Telegram cuts them: by the date of the last message, the latest first; where dates are the same, by its
 * number and then by the peer. Chats and messages have changed often, so accounts that have any are answered in layer
 * {@value Layers#NEWEST} and above only; others are told that there is no such method, as before.
 *
 * @see <a href="https://core.telegram.org/api/offsets">Pagination</a>
 */
final class DialogDesk {
    /** Telegram sends no more at once. */
    private static final int LARGEST_PAGE = 100;

    private final InstantSource clock;
    private final int usualSize;

    /**
     * A desk.
     *
     * @param usualSize how many talks an account has whose number does not say otherwise
     */
    DialogDesk(InstantSource clock, int usualSize) {
        this.clock = clock;
        this.usualSize = usualSize;
    }

    void open(Reception reception) {
        reception.serve(GetContacts.class, Audience.MEMBERS, (call, caller) -> contacts(caller));
        reception.serve(GetTopPeers.class, Audience.MEMBERS, this::topPeers);
        reception.serve(GetDialogs.class, Audience.MEMBERS, this::dialogs);
    }

    private PlainContacts contacts(Caller caller) throws Refusal {
        List<User> users = circle(caller).contacts();
        List<Contact> contacts = new ArrayList<>();
        for (User user : users) {
            contacts.add(new Contact(user.id(), user.id() % 2 == 0));
        }
        return new PlainContacts(contacts, 0, users);
    }

    private PlainTopPeers topPeers(GetTopPeers call, Caller caller) throws Refusal {
        List<TopPeerCategoryPeers> categories = new ArrayList<>();
        List<Talk> talks = newEnough(circle(caller), caller).favourites(limit(call.limit()));
        addIf(call.correspondents(), new TopPeerCategoryCorrespondents(), PeerUser.class, talks, categories);
        addIf(call.groups(), new TopPeerCategoryGroups(), PeerChat.class, talks, categories);
        addIf(call.channels(), new TopPeerCategoryChannels(), PeerChannel.class, talks, categories);
        if (!call.correspondents() && !call.groups() && !call.channels()) {
            throw Refusal.badRequest("TYPES_EMPTY");
        }
        Page page = new Page(talks);
        return new PlainTopPeers(categories, page.chats(), page.users());
    }

    private static void addIf(
            boolean wanted,
            TopPeerCategory category,
            Class<? extends Peer> kind,
            List<Talk> talks,
            List<TopPeerCategoryPeers> categories) {
        if (!wanted) {
            return;
        }
        List<TopPeer> peers = new ArrayList<>();
        for (Talk talk : talks) {
            if (talk.dialog() instanceof PlainDialog dialog && kind.isInstance(dialog.peer())) {
                peers.add(new TopPeer(dialog.peer(), 1.0 / (1 + peers.size())));
            }
        }
        categories.add(new TopPeerCategoryPeers(category, peers.size(), peers));
    }

    private Object dialogs(GetDialogs call, Caller caller) throws Refusal {
        Circle circle = newEnough(circle(caller), caller);
        PracticeAccount account = caller.login().account();
        synchronized (account) {
            for (Hurdle hurdle : account.scenario().getDialogs()) {
                hurdle.pass(account.memory(), clock.instant());
            }
        }
        List<Talk> folder = circle.talks(call.folderId());
        List<Talk> page = new ArrayList<>();
        for (Talk talk : folder) {
            boolean due = talk.pinned() ? !call.excludePinned() && isStart(call) : isAfter(talk, call, account);
            if (due && page.size() < limit(call.limit())) {
                page.add(talk);
            }
        }
        Page told = new Page(page);
        return page.size() == folder.size()
                ? new AllDialogs(told.dialogs(), told.messages(), told.chats(), told.users())
                : new DialogsSlice(folder.size(), told.dialogs(), told.messages(), told.chats(), told.users());
    }

    private static boolean isStart(GetDialogs call) {
        return call.offsetDate() == 0;
    }

    /** Whether this talk comes behind the place the client has come to. */
    private static boolean isAfter(Talk talk, GetDialogs call, PracticeAccount account) {
        if (isStart(call) || talk.date() != call.offsetDate()) {
            return isStart(call) || talk.date() < call.offsetDate();
        }
        if (call.offsetId() == 0 || talk.topMessage() != call.offsetId()) {
            return talk.topMessage() < call.offsetId();
        }
        return talk.markedId() < marked(call.offsetPeer(), account);
    }

    private static long marked(InputPeer peer, PracticeAccount account) {
        if (peer instanceof InputPeerUser user) {
            return user.userId();
        } else if (peer instanceof InputPeerChat group) {
            return -group.chatId();
        } else if (peer instanceof InputPeerChannel channel) {
            return -1_000_000_000_000L - channel.channelId();
        }
        return peer instanceof InputPeerSelf ? account.id() : Long.MIN_VALUE;
    }

    private static int limit(int wanted) {
        return wanted <= 0 ? LARGEST_PAGE : Math.min(wanted, LARGEST_PAGE);
    }

    private Circle circle(Caller caller) throws Refusal {
        PracticeAccount account = caller.login().account();
        if (account.isBot()) {
            throw Refusal.badRequest("BOT_METHOD_INVALID");
        }
        return new Circle(account, account.scenario().dialogs().orElse(usualSize));
    }

    private static Circle newEnough(Circle circle, Caller caller) throws Refusal {
        if (!circle.isEmpty() && caller.layer() < Layers.NEWEST) {
            throw new Refusal(
                    400,
                    "INPUT_METHOD_INVALID",
                    "chats and messages are told in layer " + Layers.NEWEST + " only, and this client speaks "
                            + caller.layer());
        }
        return circle;
    }

    /** What an answer tells about some talks; everybody once. */
    private static final class Page {
        private final List<Dialog> dialogs = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final Map<Long, User> users = new LinkedHashMap<>();
        private final Map<Long, Chat> chats = new LinkedHashMap<>();

        Page(List<Talk> talks) {
            for (Talk talk : talks) {
                dialogs.add(talk.dialog());
                messages.add(talk.message());
                talk.users().forEach(this::addUser);
                talk.chats().forEach(chat -> chats.put(chat.id(), chat));
            }
        }

        /** Whoever is known in full stays so. */
        private void addUser(User user) {
            Optional<User> before = Optional.ofNullable(users.get(user.id()));
            if (before.isEmpty() || user instanceof PlainUser known && !known.min()) {
                users.put(user.id(), user);
            }
        }

        List<Dialog> dialogs() {
            return dialogs;
        }

        List<Message> messages() {
            return messages;
        }

        List<User> users() {
            return List.copyOf(users.values());
        }

        List<Chat> chats() {
            return List.copyOf(chats.values());
        }
    }
}
