package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** Takes the pages of a new database one after the other, and the first page last; in memory or into a file. */
final class PageSink implements AutoCloseable {
    static final int PAGE_SIZE = 4096;

    private static final int PIECE = 64 * PAGE_SIZE;

    private final Optional<FileChannel> channel;
    private byte[] bytes;
    private int filled = PAGE_SIZE;
    private int pages = 1;

    /** In memory. */
    PageSink() {
        this.channel = Optional.empty();
        this.bytes = new byte[8 * PAGE_SIZE];
    }

    /** Into a file that is there; it is not made anew: if it is gone, somebody has taken the work back. */
    PageSink(Path file) {
        try {
            this.channel = Optional.of(FileChannel.open(file, StandardOpenOption.WRITE));
        } catch (IOException gone) {
            throw new UnwrittenException(gone);
        }
        this.bytes = new byte[8 * PAGE_SIZE];
    }

    /** How many there are so far. */
    int pages() {
        return pages;
    }

    /** Adds a page; what number it has got. */
    int add(byte[] page) {
        if (filled == bytes.length) {
            if (channel.isPresent() && filled == PIECE) {
                flush();
            } else {
                bytes = Arrays.copyOf(bytes, 2 * filled);
            }
        }
        System.arraycopy(page, 0, bytes, filled, PAGE_SIZE);
        filled += PAGE_SIZE;
        return ++pages;
    }

    /** Puts the first page in its place. Nothing may follow. */
    void complete(byte[] first) {
        boolean allHere = filled == pages * (long) PAGE_SIZE;
        if (allHere) {
            System.arraycopy(first, 0, bytes, 0, PAGE_SIZE);
        }
        if (channel.isPresent()) {
            flush();
            if (!allHere) {
                write(first, PAGE_SIZE, 0);
            }
        }
    }

    /** The whole file, if it is in memory. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, filled);
    }

    private void flush() {
        write(bytes, filled, (long) pages * PAGE_SIZE - filled);
        filled = 0;
    }

    private void write(byte[] from, int length, long to) {
        try {
            ByteBuffer piece = ByteBuffer.wrap(from, 0, length);
            while (piece.hasRemaining()) {
                channel.orElseThrow().write(piece, to + piece.position());
            }
        } catch (IOException failed) {
            throw new UnwrittenException(failed);
        }
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } catch (IOException failed) {
            throw new UnwrittenException(failed);
        }
    }
}
