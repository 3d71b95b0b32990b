package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.TlMethod;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A call that waits for its answer, under every message id it was sent with. */
final class PendingCall {
    private final TlMethod<?> method;
    private final Set<Long> ids = new HashSet<>();
    private long newestId;
    private int newestNumber;
    private Bytes newestBody = Bytes.of();
    private int sendings;
    private boolean received;
    private boolean lineChanged;
    private Optional<Bytes> result = Optional.empty();

    PendingCall(TlMethod<?> method) {
        this.method = method;
    }

    TlMethod<?> method() {
        return method;
    }

    /** The call goes out once more, as this message. */
    void sentAs(long id, int sequenceNumber, Bytes body) {
        ids.add(id);
        newestId = id;
        newestNumber = sequenceNumber;
        newestBody = body;
        sentOnceMore();
    }

    /** The newest message goes out once more, as it is. */
    void sentOnceMore() {
        sendings++;
        received = false;
        lineChanged = false;
    }

    int timesSent() {
        return sendings;
    }

    int newestSequenceNumber() {
        return newestNumber;
    }

    Bytes newestBody() {
        return newestBody;
    }

    boolean wasSentAs(long id) {
        return ids.contains(id);
    }

    long newestId() {
        return newestId;
    }

    /** The server has it for certain. */
    void received() {
        received = true;
    }

    boolean isReceived() {
        return received;
    }

    /** The line it was sent on is gone; whether it arrived is open. */
    void lineChanged() {
        lineChanged = true;
    }

    /** Whether it is certain that nobody acts on it twice if it is sent again. */
    boolean mayBeSentAgain() {
        return !received && (!lineChanged || Repeatable.isHarmless(method));
    }

    void answeredBy(Bytes object) {
        result = Optional.of(object);
    }

    Optional<Bytes> result() {
        return result;
    }
}
