package dev.tgsession.sync;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ChatSchema.Channel;
import dev.tgsession.schema.ChatSchema.ChannelForbidden;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ChatSchema.ChatEmpty;
import dev.tgsession.schema.ChatSchema.ChatForbidden;
import dev.tgsession.schema.ChatSchema.PlainChat;
import dev.tgsession.schema.DialogSchema.Dialog;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.DialogSchema.PeerChannel;
import dev.tgsession.schema.DialogSchema.PeerChat;
import dev.tgsession.schema.DialogSchema.PeerUser;
import dev.tgsession.schema.DialogSchema.PlainDialog;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.InputPeer;
import dev.tgsession.schema.UserSchema.InputPeerChannel;
import dev.tgsession.schema.UserSchema.InputPeerChat;
import dev.tgsession.schema.UserSchema.InputPeerEmpty;
import dev.tgsession.schema.UserSchema.InputPeerUser;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.sync.MessageHeads.DialogHead;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One answer to {@code messages.getDialogs}: the dialogs at its beginning, the chats and users at its end.
 *
 * <pre>
 *   messages.dialogs#15ba6c40      dialogs:Vector&lt;Dialog&gt; messages:Vector&lt;Message&gt; chats:Vector&lt;Chat&gt; users:Vector&lt;User&gt;
 *   messages.dialogsSlice#71e094f3 count:int and the same
 *   messages.dialogsNotModified#f0e3e596 count:int
 * </pre>
 *
 * <p>Dialogs are read one by one; what begins after the last one that can be read (a draft may hold anything) is left to
 * {@link EndOfAnswer}, where the argument stands why what it finds is to be trusted.
 *
 * @see <a href="https://core.telegram.org/type/messages.Dialogs">messages.Dialogs</a>
 */
final class DialogsPage {
    private static final int ALL = 0x15ba6c40;
    private static final int SLICE = 0x71e094f3;
    private static final int NOT_MODIFIED = 0xf0e3e596;

    /** A message that was deleted: id, flags, number. */
    private static final int SMALLEST_MESSAGE = 12;

    private static final int SMALLEST_DIALOG = 4;

    private final OptionalInt inAll;
    private final boolean last;
    private final List<DialogHead> dialogs;
    private final int others;
    private final EndOfAnswer end;
    private final MessageDates dates;
    private final Map<Peer, InputPeer> pointers = new HashMap<>();
    private final Optional<String> complaint;

    /** Where the next page begins: behind a message of that date and number in that dialog. */
    record Offset(int date, int id, InputPeer peer) {
        /** At the beginning. */
        static final Offset START = new Offset(0, 0, new InputPeerEmpty());
    }

    private DialogsPage(
            OptionalInt inAll,
            boolean last,
            List<DialogHead> dialogs,
            int others,
            EndOfAnswer end,
            MessageDates dates) {
        this.inAll = inAll;
        this.last = last;
        this.dialogs = dialogs;
        this.others = others;
        this.end = end;
        this.dates = dates;
        end.found().users().forEach(this::note);
        end.found().chats().forEach(this::note);
        this.complaint = complaint();
    }

    /**
     * Takes an answer apart as far as that can be done.
     *
     * @param heads from {@link MessageHeads#codec}
     * @throws MalformedTlException if it is no list of dialogs at all
     */
    static DialogsPage of(Bytes answer, TlCodec heads) throws MalformedTlException {
        TlReader in = new TlReader(answer);
        int id = in.readInt();
        if (id != ALL && id != SLICE && id != NOT_MODIFIED) {
            throw new MalformedTlException(0, "messages.Dialogs was due, #" + Integer.toHexString(id) + " came");
        }
        OptionalInt inAll = id == ALL ? OptionalInt.empty() : OptionalInt.of(in.readInt());
        List<DialogHead> dialogs = new ArrayList<>();
        int others = 0;
        int count = id == NOT_MODIFIED ? 0 : in.readVectorCount(SMALLEST_DIALOG);
        int start = in.position();
        boolean allRead = true;
        for (int i = 0; allRead && i < count; i++) {
            start = in.position();
            Optional<Dialog> dialog = dialog(in);
            allRead = dialog.isPresent();
            Optional<DialogHead> head = dialog.isPresent() ? head(dialog.get()) : head(heads, answer, start);
            head.ifPresent(dialogs::add);
            others += dialog.isPresent() && head.isEmpty() ? 1 : 0;
        }
        if (id == NOT_MODIFIED) {
            in.requireEnd();
            MessageDates none = MessageDates.of(heads, answer, 0, 0, dialogs);
            return new DialogsPage(inAll, true, dialogs, others, EndOfAnswer.nothing(), none);
        }
        int from = allRead ? in.position() : start;
        // Of the messages we know how many there are, and that each takes some room.
        int earliest = allRead ? from + 8 + in.readVectorCount(SMALLEST_MESSAGE) * SMALLEST_MESSAGE : from;
        EndOfAnswer end = EndOfAnswer.of(answer, earliest);
        int to = end.isFound() ? end.found().start() : answer.size();
        MessageDates dates = MessageDates.of(heads, answer, from, to, dialogs);
        return new DialogsPage(inAll, id == ALL, dialogs, others, end, dates);
    }

    private static Optional<Dialog> dialog(TlReader in) {
        try {
            return Schema.codec().read(in) instanceof Dialog dialog ? Optional.of(dialog) : Optional.empty();
        } catch (MalformedTlException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<DialogHead> head(Dialog dialog) {
        return dialog instanceof PlainDialog plain
                ? Optional.of(new DialogHead(plain.pinned(), plain.peer(), plain.topMessage()))
                : Optional.empty();
    }

    private static Optional<DialogHead> head(TlCodec heads, Bytes answer, int start) {
        try {
            return heads.read(TlReader.at(answer, start)) instanceof DialogHead head
                    ? Optional.of(head)
                    : Optional.empty();
        } catch (MalformedTlException unknown) {
            return Optional.empty();
        }
    }

    private void note(User user) {
        long hash = user instanceof PlainUser known && !known.min()
                ? known.accessHash().orElse(0L)
                : 0L;
        pointers.put(new PeerUser(user.id()), hash == 0 ? new InputPeerEmpty() : new InputPeerUser(user.id(), hash));
    }

    private void note(Chat chat) {
        if (chat instanceof PlainChat || chat instanceof ChatForbidden || chat instanceof ChatEmpty) {
            pointers.put(new PeerChat(chat.id()), new InputPeerChat(chat.id()));
            return;
        }
        long hash = 0;
        if (chat instanceof Channel channel && !channel.min()) {
            hash = channel.accessHash().orElse(0L);
        } else if (chat instanceof ChannelForbidden channel) {
            hash = channel.accessHash();
        }
        pointers.put(
                new PeerChannel(chat.id()), hash == 0 ? new InputPeerEmpty() : new InputPeerChannel(chat.id(), hash));
    }

    private Optional<String> complaint() {
        return switch (end.verdict()) {
            case NOTHING_DUE -> Optional.empty();
            case NONE_FITS -> Optional.of("chats and users were not found at its end");
            case SEVERAL_FIT -> Optional.of("somebody's message pretends to be a list of users");
            case TOO_MUCH_WORK -> Optional.of("it is made to be hard to read");
            case FOUND ->
                dialogs.stream().allMatch(dialog -> pointers.containsKey(dialog.peer()))
                        ? Optional.empty()
                        : Optional.of("those it is about are not in it");
        };
    }

    /** Why nothing of this page may be taken; empty if it may. */
    Optional<String> whyNotTaken() {
        return complaint;
    }

    /** Whether chats and users ended in something that we do not know. */
    boolean hasUnknownEnd() {
        return end.verdict() == EndOfAnswer.Verdict.NONE_FITS;
    }

    /** How many dialogs there are in all, if this is not all of them. */
    OptionalInt inAll() {
        return inAll;
    }

    /** Whether Telegram says that this is all there is. */
    boolean isLast() {
        return last;
    }

    /** The dialogs with persons, groups and channels, as far as they could be read. */
    List<DialogHead> dialogs() {
        return dialogs;
    }

    /** How many more entries there are: folders and communities. */
    int others() {
        return others;
    }

    /** Whether nothing came. */
    boolean isEmpty() {
        return dialogs.isEmpty() && others == 0;
    }

    /** Groups and channels; none if the page may not be taken. */
    List<Chat> chats() {
        return complaint.isEmpty() ? end.found().chats() : List.of();
    }

    /** Users; none if the page may not be taken. */
    List<User> users() {
        return complaint.isEmpty() ? end.found().users() : List.of();
    }

    /**
     * Where to go on: behind the last dialog whose place in the order is known. Pinned ones stand outside the order.
     *
     * @param before where this page began
     */
    Optional<Offset> next(Offset before) {
        for (int i = dialogs.size() - 1; i >= 0; i--) {
            DialogHead dialog = dialogs.get(i);
            OptionalInt date = dates.of(dialog);
            boolean inOrder = before.date() == 0 || date.orElse(0) <= before.date();
            if (!dialog.pinned() && date.isPresent() && inOrder) {
                InputPeer pointer = complaint.isEmpty()
                        ? pointers.getOrDefault(dialog.peer(), new InputPeerEmpty())
                        : new InputPeerEmpty();
                return Optional.of(new Offset(date.getAsInt(), dialog.topMessage(), pointer));
            }
        }
        return Optional.empty();
    }
}
