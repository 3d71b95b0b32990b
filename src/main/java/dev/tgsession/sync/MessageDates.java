package dev.tgsession.sync;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.sync.MessageHeads.DialogHead;
import dev.tgsession.sync.MessageHeads.Head;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * When the last message of a dialog was written, read off messages that cannot be read to their ends.
 *
 * <p>Between dialogs and chats every word that is the id of a message is tried as its head; what has the number and the peer
 * of a dialog's last message is that message. A text may pretend to be one: if two claim other dates, neither counts. Nobody
 * is ever stored because of a date. It only says where the next page begins, so that the worst a forged one can do is to make
 * us ask for too little, and that shows by the number of dialogs Telegram says there are.
 */
final class MessageDates {
    private record Key(Peer peer, int id) {}

    private final Map<Key, Integer> dates = new HashMap<>();
    private final Set<Key> disputed = new HashSet<>();

    private MessageDates() {}

    /**
     * The dates of the last messages of these dialogs.
     *
     * @param from the first byte of the messages, a multiple of four
     * @param to the first byte behind them
     */
    static MessageDates of(TlCodec heads, Bytes answer, int from, int to, List<DialogHead> dialogs) {
        MessageDates found = new MessageDates();
        Set<Key> wanted = new HashSet<>();
        dialogs.forEach(dialog -> wanted.add(new Key(dialog.peer(), dialog.topMessage())));
        long work = 0;
        for (int at = from; at <= to - 4; at += 4) {
            int id = answer.intAt(at);
            if (id != MessageHeads.MESSAGE && id != MessageHeads.SERVICE_MESSAGE) {
                continue;
            }
            TlReader reader = TlReader.at(answer, at);
            try {
                if (heads.read(reader) instanceof Head head) {
                    Key key = new Key(head.peerId(), head.id());
                    if (wanted.contains(key)) {
                        found.note(key, head.date());
                    }
                }
            } catch (MalformedTlException noMessage) {
                // The same four bytes by chance, or a message with something in front of its date that we do not know.
            }
            work += reader.position() - at;
            if (work > (long) EndOfAnswer.MOST_WORK * answer.size()) {
                break;
            }
        }
        return found;
    }

    private void note(Key key, int date) {
        Integer before = dates.putIfAbsent(key, date);
        if (before != null && before != date) {
            disputed.add(key);
        }
    }

    /** When the last message of this dialog was written, in Unix seconds, if that is certain enough. */
    OptionalInt of(DialogHead dialog) {
        Key key = new Key(dialog.peer(), dialog.topMessage());
        Integer date = dates.get(key);
        return date == null || date <= 0 || disputed.contains(key) ? OptionalInt.empty() : OptionalInt.of(date);
    }
}
