package dev.tgsession.login;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bookmark without a disk, which goes through the same text as one on a disk would. */
final class MemoryBookmark implements Bookmark {
    final List<String> texts = new ArrayList<>();
    private Optional<String> kept = Optional.empty();
    private Optional<IOException> fault = Optional.empty();

    @Override
    public boolean keep(PendingLogin pending) throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
        kept = Optional.of(pending.toText());
        texts.add(pending.toText());
        return true;
    }

    @Override
    public void remove() {
        kept = Optional.empty();
    }

    /** From now on nothing can be kept. */
    void fails(IOException why) {
        fault = Optional.of(why);
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** What another process would find. */
    PendingLogin found() throws IOException {
        return PendingLogin.ofText(kept.orElseThrow());
    }
}
