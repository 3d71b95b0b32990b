package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One session of one key: what was heard in it, and what was said and not yet acknowledged. It outlives its connections.
 *
 * <p>Only remembers; numbering and sending is the {@link Outbox}'s, under this object's lock.
 */
final class PracticeSession {
    private static final int REMEMBERED = 400;
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final KnownKey key;
    private final long id;
    private final long firstMessageId;
    private final int firstLine;

    /** Message ids heard from the client, the oldest first. */
    private final Set<Long> heard = new LinkedHashSet<>();
    /** What was said and wants to be acknowledged, by its own message id, the oldest first. */
    private final Map<Long, Said> unacknowledged = new LinkedHashMap<>();
    /** Which of our messages answers which request. */
    private final Map<Long, Long> answers = new HashMap<>();

    private int contents;
    private int answerBytes;
    private Optional<Link> link = Optional.empty();
    private Instant lastUse;

    /**
     * A message of ours.
     *
     * @param about the request it answers, by name; empty if it answers none
     * @param requestId the request's message id, 0 if there is none
     */
    record Said(long messageId, int sequenceNumber, Bytes body, String about, long requestId, Instant at) {}

    PracticeSession(KnownKey key, long id, Instant now, long firstMessageId, int firstLine) {
        this.key = key;
        this.id = id;
        this.lastUse = now;
        this.firstMessageId = firstMessageId;
        this.firstLine = firstLine;
    }

    KnownKey key() {
        return key;
    }

    long id() {
        return id;
    }

    /**
     * Whether the client was told to say this anew: it was on its way over a line that has been given up, and was overtaken
     * by the message with which the session began.
     */
    boolean isOvertaken(long messageId, Link over) {
        return over.number() < firstLine && Long.compareUnsigned(messageId, firstMessageId) < 0;
    }

    /** Notes a message of the client; false if it was heard before. */
    synchronized boolean hear(long messageId) {
        trim(heard);
        return heard.add(messageId);
    }

    /** A message that was heard came to nothing, as its line broke. */
    synchronized void unhear(long messageId) {
        heard.remove(messageId);
    }

    synchronized boolean hasHeard(long messageId) {
        return heard.contains(messageId);
    }

    /** From now on answers and updates go here. True if the session came from another connection. */
    synchronized boolean attach(Link newLink, Instant now) {
        lastUse = now;
        boolean moved = link.isPresent() && link.get() != newLink;
        link = Optional.of(newLink);
        return moved;
    }

    synchronized Optional<Link> link() {
        return link;
    }

    synchronized void touch(Instant now) {
        lastUse = now;
    }

    synchronized Instant lastUse() {
        return lastUse;
    }

    /** 2n+1 for what wants to be acknowledged, 2n for the rest. */
    synchronized int nextSequenceNumber(boolean content) {
        return content ? 2 * contents++ + 1 : 2 * contents;
    }

    synchronized void keep(Said said) {
        unacknowledged.put(said.messageId(), said);
        answerBytes += said.body().size();
        if (said.requestId() != 0) {
            answers.put(said.requestId(), said.messageId());
        }
        Iterator<Said> oldest = unacknowledged.values().iterator();
        while ((unacknowledged.size() > REMEMBERED || answerBytes > MOST_ANSWER_BYTES) && oldest.hasNext()) {
            Said old = oldest.next();
            oldest.remove();
            forget(old);
        }
    }

    /** The client has these messages of ours; other ids mean nothing. */
    synchronized void acknowledged(List<Long> messageIds) {
        for (long each : messageIds) {
            Said said = unacknowledged.remove(each);
            if (said != null) {
                forget(said);
            }
        }
    }

    private void forget(Said said) {
        answerBytes -= said.body().size();
        answers.remove(said.requestId());
    }

    /** Our message with this id, if the client has not acknowledged it. */
    synchronized Optional<Said> said(long messageId) {
        return Optional.ofNullable(unacknowledged.get(messageId));
    }

    /** Our answer to this request, if the client has not acknowledged it. */
    synchronized Optional<Said> answerTo(long requestId) {
        Long messageId = answers.get(requestId);
        return messageId == null ? Optional.empty() : said(messageId);
    }

    /** All that the client has not acknowledged, the oldest first. */
    synchronized List<Said> unacknowledged() {
        return new ArrayList<>(unacknowledged.values());
    }

    private static void trim(Set<Long> ids) {
        Iterator<Long> oldest = ids.iterator();
        while (ids.size() >= REMEMBERED && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
