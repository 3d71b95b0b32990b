package dev.tgsession.practice;

import dev.tgsession.practice.IncomingRequest.Kind;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Remembers what clients did, so that a test can say what was never sent. Only names are kept, never contents. */
final class IncomingRequests {
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final FaultWatch watch;
    private final Deque<IncomingRequest> all = new ArrayDeque<>();

    IncomingRequests(InstantSource clock, FaultWatch watch) {
        this.clock = clock;
        this.watch = watch;
    }

    synchronized void add(Link link, Kind kind, String name) {
        if (all.size() == REMEMBERED) {
            all.removeFirst();
        }
        watch.heard(link, name);
        all.addLast(new IncomingRequest(clock.instant(), link.dc(), link.number(), kind, name));
    }

    /** The oldest first. */
    synchronized List<IncomingRequest> all() {
        return new ArrayList<>(all);
    }
}
