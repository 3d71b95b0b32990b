package dev.tgsession.practice.faults;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.Message;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a client has to notice about encrypted messages, or it takes the words of somebody else for the server's. What
 * bootstraps a session, salts and notifications, is left as it is, as some rules do not hold for it.
 *
 * <pre>
 *   0      8         16           24    28       32
 *   +------+---------+------------+-----+--------+-------------+---------+
 *   | salt | session | message id | seq | length | body ...    | padding |
 *   +------+---------+------------+-----+--------+-------------+---------+
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages">Security
 * Guidelines</a>.
 */
final class MessageFaults {
    private static final int SESSION = 8;
    private static final int ID = 16;
    private static final int LENGTH = 28;
    private static final int BODY = 32;
    private static final int BLOCK = 16;
    private static final int TOO_LONG = 4096;
    private static final int TOO_MUCH_PADDING = 2048;
    private static final int MESSAGE_KEY = 8;

    private MessageFaults() {}

    static List<NamedFaults> all() {
        return List.of(
                plaintext("session-id", "answers come with another session_id", due -> flipped(due, SESSION)),
                new NamedFaults("message-key", "the msg_key of answers differs by one bit", () -> new OnAnswers() {
                    @Override
                    public Bytes sealed(Place place, Bytes due) {
                        return isAnswer(place) ? flipped(due, MESSAGE_KEY) : due;
                    }
                }),
                messages("message-id-even", "answers have an even msg_id, as clients' messages do", due -> {
                    return List.of(withId(due, due.id() & ~3L));
                }),
                messages("message-id-old", "answers have a msg_id of 400 seconds ago", due -> {
                    return List.of(withId(due, due.id() - (400L << 32)));
                }),
                messages("message-id-ahead", "answers have a msg_id of in 60 seconds", due -> {
                    return List.of(withId(due, due.id() + (60L << 32)));
                }),
                messages(
                        "twice",
                        "every answer comes twice with the same msg_id; the second one is to be ignored",
                        due -> {
                            return List.of(due, due);
                        }),
                plaintext(
                        "length-large",
                        "the length inside answers is 4096 too large",
                        due -> Bytes.join(
                                due.first(LENGTH), Bytes.ofInt(due.intAt(LENGTH) + TOO_LONG), due.from(BODY))),
                plaintext(
                        "padding-short",
                        "answers have less than 12 bytes of padding",
                        MessageFaults::withLittlePadding),
                plaintext(
                        "padding-long",
                        "answers have more than 1024 bytes of padding",
                        due -> due.plus(Bytes.of(new byte[TOO_MUCH_PADDING]))));
    }

    /** What answers a call. */
    private abstract static class OnAnswers implements Faults {
        static boolean isAnswer(Place place) {
            return place.about().indexOf('.') > 0;
        }
    }

    private static NamedFaults messages(String name, String story, Function<Message, List<Message>> change) {
        return new NamedFaults(name, story, () -> new OnAnswers() {
            @Override
            public List<Message> message(Place place, Message due) {
                return isAnswer(place) ? change.apply(due) : List.of(due);
            }
        });
    }

    private static NamedFaults plaintext(String name, String story, UnaryOperator<Bytes> change) {
        return new NamedFaults(name, story, () -> new OnAnswers() {
            @Override
            public Bytes plaintext(Place place, Bytes due) {
                return isAnswer(place) ? change.apply(due) : due;
            }
        });
    }

    private static Message withId(Message due, long id) {
        return new Message(due.salt(), due.sessionId(), id, due.sequenceNumber(), due.body());
    }

    /** What is left of the padding once every whole block that can go is gone: 0 to 11 bytes. */
    private static Bytes withLittlePadding(Bytes due) {
        int end = BODY + due.intAt(LENGTH);
        int padding = (BLOCK - end % BLOCK) % BLOCK;
        if (padding < 12) {
            return due.first(end + padding);
        }
        // A body that leaves 12 bytes or more of its last block free grows by one word, which nobody reads.
        int length = due.intAt(LENGTH) + 4;
        return Bytes.join(due.first(LENGTH), Bytes.ofInt(length), due.slice(BODY, length), due.slice(end, padding - 4));
    }

    private static Bytes flipped(Bytes bytes, int at) {
        return Bytes.join(bytes.first(at), Bytes.of((byte) (bytes.at(at) ^ 1)), bytes.from(at + 1));
    }
}
