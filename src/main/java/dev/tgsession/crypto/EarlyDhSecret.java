package dev.tgsession.crypto;

import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A half of an exchange that is made before the other side has named the group: in the one that Telegram's servers have
 * used for years. Should they name another, it is forgotten, and a half is drawn as ever.
 *
 * <p>A power of 2048 bits takes a fiftieth of a second in a program that has just begun, and as long as an answer is on its
 * way there is nothing else to do. The first power also has Java compile what the second one needs.
 */
public final class EarlyDhSecret implements DhSecrets {
    private static final DhGroup LIKELY = DhGroup.known();

    private final SecureRandom random;

    /** Empty once it was given away. */
    private final AtomicReference<FutureTask<DhSecret>> early;

    private EarlyDhSecret(SecureRandom random, FutureTask<DhSecret> early) {
        this.random = random;
        this.early = new AtomicReference<>(early);
    }

    /**
     * Begins to make it.
     *
     * @param aside where that happens; should it not have begun there when it is wanted, it happens where it is wanted
     */
    public static EarlyDhSecret begun(SecureRandom random, Executor aside) {
        FutureTask<DhSecret> task = new FutureTask<>(() -> DhSecret.draw(LIKELY, random));
        aside.execute(task);
        return new EarlyDhSecret(random, task);
    }

    /** Runs each thing in a thread of its own, which keeps nobody from ending the program. */
    public static Executor inBackground() {
        return work -> {
            Thread thread = new Thread(work, "early-secret");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** The one that was made early, if it fits and nobody has it yet; otherwise a new one. */
    @Override
    public DhSecret next(DhGroup group) {
        FutureTask<DhSecret> task = group.equals(LIKELY) ? early.getAndSet(null) : null;
        return task == null ? DhSecret.draw(group, random) : finished(task);
    }

    private static DhSecret finished(FutureTask<DhSecret> task) {
        // Does nothing if it has begun elsewhere.
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException stop) {
                    // It is a matter of milliseconds; whoever waits next will notice.
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw new IllegalStateException(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
