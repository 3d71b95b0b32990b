package dev.tgsession.practice.faults;

import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.SequenceNumbers;
import dev.tgsession.schema.MtprotoSchema;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.Tl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps a client to the rules about sequence numbers, which the practice server does not care for as a rule: real clients
 * break them, and Telegram lets them.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages_about_messages">Service Messages about
 * Messages</a>, the error codes 32 to 35.
 */
final class SequenceRules implements Faults {
    private static final int TOO_LOW = 32;
    private static final int TOO_HIGH = 33;
    private static final int EVEN_WAS_DUE = 34;
    private static final int ODD_WAS_DUE = 35;

    private static final int ACK = Schema.codec().write(new MsgsAck(List.of())).intAt(0);

    private static final int HEX = 16;
    /** All that is said about sessions and messages; whatever else comes is a call. */
    private static final Set<Integer> SERVICE = serviceMessages();

    private static final int REMEMBERED = 1_000;
    private static final int MOST_SESSIONS = 100;

    /** By session: sequence numbers by message id. */
    private final Map<Long, TreeMap<Long, Integer>> sessions = new HashMap<>();

    @Override
    public synchronized int judgement(Place place, Message message, int due) {
        if (due != 0) {
            return due;
        }
        if (sessions.size() >= MOST_SESSIONS) {
            sessions.clear();
        }
        TreeMap<Long, Integer> seen = sessions.computeIfAbsent(message.sessionId(), id -> new TreeMap<>());
        for (ContainedMessage each : contents(message)) {
            int fault = judge(each, seen);
            if (fault != 0) {
                return fault;
            }
        }
        for (ContainedMessage each : contents(message)) {
            seen.put(each.id(), each.sequenceNumber());
        }
        while (seen.size() > REMEMBERED) {
            seen.pollFirstEntry();
        }
        return 0;
    }

    private static int judge(ContainedMessage message, TreeMap<Long, Integer> seen) {
        if (seen.containsKey(message.id())) {
            return 0; // sent again, as it was
        }
        boolean odd = SequenceNumbers.isContent(message.sequenceNumber());
        if (message.constructor() == ACK || message.constructor() == Container.ID) {
            if (odd) {
                return EVEN_WAS_DUE;
            }
        } else if (isCall(message) && !odd) {
            return ODD_WAS_DUE;
        }
        Map.Entry<Long, Integer> before = seen.lowerEntry(message.id());
        if (before != null && before.getValue() > limit(message.sequenceNumber(), before.getValue())) {
            return TOO_LOW;
        }
        Map.Entry<Long, Integer> after = seen.higherEntry(message.id());
        return after != null && message.sequenceNumber() > limit(after.getValue(), message.sequenceNumber())
                ? TOO_HIGH
                : 0;
    }

    /** What the earlier number may be at most: two contents never share one. */
    private static int limit(int later, int earlier) {
        return SequenceNumbers.isContent(later) && SequenceNumbers.isContent(earlier) ? later - 1 : later;
    }

    /** Service messages are left alone: clients agree about none of them but acknowledgements. */
    private static boolean isCall(ContainedMessage message) {
        return message.constructor() != Inflation.ID && !SERVICE.contains(message.constructor());
    }

    private static Set<Integer> serviceMessages() {
        Set<Integer> ids = new HashSet<>();
        for (Class<?> record : MtprotoSchema.class.getDeclaredClasses()) {
            for (Tl tl : record.getAnnotationsByType(Tl.class)) {
                String line = tl.value();
                ids.add(Integer.parseUnsignedInt(line, line.indexOf('#') + 1, line.indexOf(' '), HEX));
            }
        }
        return Set.copyOf(ids);
    }

    private static List<ContainedMessage> contents(Message message) {
        ContainedMessage whole = new ContainedMessage(message.id(), message.sequenceNumber(), message.body());
        if (whole.constructor() != Container.ID) {
            return List.of(whole);
        }
        try {
            List<ContainedMessage> all = new ArrayList<>(Container.unpack(message.body()));
            all.add(whole);
            return all;
        } catch (MalformedTlException e) {
            return List.of(whole); // refused elsewhere
        }
    }
}
