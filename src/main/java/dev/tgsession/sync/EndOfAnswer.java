package dev.tgsession.sync;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the chats and users at the end of an answer when what stands before them cannot be read.
 *
 * <pre>
 *   ... dialogs | messages: hundreds of types, none of them known here | Vector&lt;Chat&gt; Vector&lt;User&gt; | end
 *                 ^ from                                               ^ start, to be found
 * </pre>
 *
 * <p>A start <em>fits</em> if from there a vector of chats and then a vector of users can be read, every object by its own
 * line of the schema, and the second one ends exactly where the answer ends. All of TL is laid out in words of four bytes, so
 * every word behind {@code from} that is the id of a vector is tried as a start, wherever it lies.
 *
 * <p>Found is only what fits at <em>one</em> start. That is sound:
 *
 * <ol>
 *   <li>The true start is among those that are tried: it lies behind {@code from}, on a multiple of four.
 *   <li>The true start fits: in the layer we declared Telegram writes chats and users by the lines that we read them by, and
 *       behind the users nothing follows.
 *   <li>So if one start fits and no other, it is the true one.
 * </ol>
 *
 * <p>Nothing is asked of the messages, and so nothing about them needs to be true. Somebody who writes to the account may put
 * any bytes into a text, the name of a file or the data of a button; even a whole vector of users with hashes of his choice,
 * whose last string swallows all that follows up to the very end. He can make a second start fit. He cannot keep the true
 * one from fitting: it lies behind all that is his, byte for byte as Telegram wrote it. Then two fit, and none is taken.
 *
 * <p>Should Telegram one day break the second assumption and send a chat or user that we do not know, the true start fits no
 * more and a forged one could stand alone. For that case the caller asks whether the peers of the dialogs in the same answer
 * are among those found: they always are in a true answer, and the writer does not know whom else the account talks to. (Once
 * that has happened, {@link PeerSync} asks for no page of a single dialog any more, whose peer may be the writer himself.)
 *
 * <p>Reading attempts must not become a weapon either: together they may read over {@value #MOST_WORK} times the size of the
 * answer, which an honest one needs a few times; then it is given up, and nothing is taken.
 */
final class EndOfAnswer {
    /** As a {@code Vector} begins. */
    static final int VECTOR = 0x1cb5c415;

    /** How often each byte may be read over, on an average. */
    static final int MOST_WORK = 64;

    /** Two vectors, each with its id and its count. */
    private static final int SHORTEST = 16;

    private static final int SMALLEST_OBJECT = 4;

    /** What becomes of the search. */
    enum Verdict {
        FOUND,
        /** The answer is of a kind that has no such end. */
        NOTHING_DUE,
        /** No start fits. */
        NONE_FITS,
        /** More than one start fits, so somebody has forged one. */
        SEVERAL_FIT,
        /** It took too much reading. */
        TOO_MUCH_WORK
    }

    private final Verdict verdict;
    private final Found found;

    /**
     * The two vectors.
     *
     * @param start where they begin, in bytes from the beginning of the answer
     */
    record Found(int start, List<Chat> chats, List<User> users) {}

    private static final Found NOTHING = new Found(0, List.of(), List.of());

    private EndOfAnswer(Verdict verdict, Found found) {
        this.verdict = verdict;
        this.found = found;
    }

    /** Of an answer that has neither chats nor users. */
    static EndOfAnswer nothing() {
        return new EndOfAnswer(Verdict.NOTHING_DUE, NOTHING);
    }

    /**
     * Looks for the end.
     *
     * @param from the first byte at which it may begin, a multiple of four
     */
    static EndOfAnswer of(Bytes answer, int from) {
        Optional<Found> only = Optional.empty();
        long work = 0;
        for (int start = from; start <= answer.size() - SHORTEST; start += 4) {
            if (answer.intAt(start) != VECTOR) {
                continue;
            }
            TlReader reader = TlReader.at(answer, start);
            Optional<Found> fitting = tryAt(reader, start);
            work += reader.position() - start;
            if (fitting.isPresent() && only.isPresent()) {
                return new EndOfAnswer(Verdict.SEVERAL_FIT, NOTHING);
            }
            if (work > (long) MOST_WORK * answer.size()) {
                return new EndOfAnswer(Verdict.TOO_MUCH_WORK, NOTHING);
            }
            only = only.or(() -> fitting);
        }
        return only.map(one -> new EndOfAnswer(Verdict.FOUND, one))
                .orElseGet(() -> new EndOfAnswer(Verdict.NONE_FITS, NOTHING));
    }

    /** Whether this start by itself fits. */
    static boolean fitsAt(Bytes answer, int start) {
        return tryAt(TlReader.at(answer, start), start).isPresent();
    }

    Verdict verdict() {
        return verdict;
    }

    boolean isFound() {
        return verdict == Verdict.FOUND;
    }

    /** The chats and users; none unless they were found. */
    Found found() {
        return found;
    }

    private static Optional<Found> tryAt(TlReader in, int start) {
        try {
            List<Chat> chats = vector(in, Chat.class);
            List<User> users = vector(in, User.class);
            return in.remaining() == 0 ? Optional.of(new Found(start, chats, users)) : Optional.empty();
        } catch (MalformedTlException somethingElse) {
            return Optional.empty();
        }
    }

    private static <T> List<T> vector(TlReader in, Class<T> type) throws MalformedTlException {
        int count = in.readVectorCount(SMALLEST_OBJECT);
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object each = Schema.codec().read(in);
            if (!type.isInstance(each)) {
                throw new MalformedTlException("another type was due");
            }
            all.add(type.cast(each));
        }
        return all;
    }
}
