package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;
import java.util.ArrayList;
import java.util.List;

/** Lays the messages of a packet side by side, out of containers and compression, in the order they were sent. */
public final class Unpacker {
    /**
     * A container stands in no other by the rules, but all the libraries we know forgive one level more.
     */
    private static final int DEEPEST = 2;

    private final int limit;

    /** An unpacker that lets one packet grow to {@code limit} bytes at most. */
    public Unpacker(int limit) {
        this.limit = limit;
    }

    /**
     * The messages in this one.
     *
     * @throws MalformedTlException if a container or a compressed object is broken, too deep or too large
     */
    public List<ContainedMessage> unpack(Message message) throws MalformedTlException {
        List<ContainedMessage> found = new ArrayList<>();
        new Run(found).add(new ContainedMessage(message.id(), message.sequenceNumber(), message.body()), 0);
        return found;
    }

    private final class Run {
        private final List<ContainedMessage> found;
        private int left = limit;

        Run(List<ContainedMessage> found) {
            this.found = found;
        }

        void add(ContainedMessage message, int depth) throws MalformedTlException {
            Bytes body = message.body();
            if (Inflation.isPacked(body)) {
                body = new Inflation(left).inflate(body);
                left -= body.size();
            }
            ContainedMessage plain = new ContainedMessage(message.id(), message.sequenceNumber(), body);
            if (plain.constructor() != Container.ID) {
                found.add(plain);
                return;
            }
            if (depth == DEEPEST) {
                throw new MalformedTlException("containers stand in each other more than " + DEEPEST + " deep");
            }
            for (ContainedMessage inner : Container.unpack(body)) {
                add(inner, depth + 1);
            }
        }
    }
}
