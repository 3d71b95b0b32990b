package dev.tgsession.travel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes what a server sends only up to a limit, whatever it said before about how much that would be. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final int limit;
    private final boolean cut;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** There was more. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private LimitedBody(int limit, boolean cut) {
        this.limit = limit;
        this.cut = cut;
    }

    /** Fails with {@link TooLargeException} if more comes. */
    static LimitedBody failingAbove(int limit) {
        return new LimitedBody(limit, false);
    }

    /** Is content with the beginning. */
    static LimitedBody cutAt(int limit) {
        return new LimitedBody(limit, true);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            int room = limit - received.size();
            byte[] part = new byte[Math.min(buffer.remaining(), room)];
            boolean more = buffer.remaining() > room;
            buffer.get(part);
            received.writeBytes(part);
            if (more) {
                stop();
                return;
            }
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failed) {
        result.completeExceptionally(failed);
    }

    @Override
    public void onComplete() {
        result.complete(received.toByteArray());
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        if (cut) {
            result.complete(received.toByteArray());
        } else {
            result.completeExceptionally(new TooLargeException());
        }
    }
}
