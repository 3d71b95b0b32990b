package dev.tgsession.session.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages of a database, by their numbers from 1 on: of one in memory, or of one in a file that nobody else changes,
 * of which a few pieces are kept. Not for several threads at once.
 */
final class PageFile implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    /** As much of a pass is in memory at once, and in the processor's own. */
    private static final int PASSED = 256 * 1024;

    /** A megabyte in all: most walks go through a file from front to back. */
    private static final int MOST_PIECES = 16;

    private final int pageSize;
    private final int count;
    private final byte[] memory;
    private final Pieces pieces;

    private PageFile(int pageSize, long size, byte[] memory, Pieces pieces) {
        this.pageSize = pageSize;
        this.count = (int) (size / pageSize);
        this.memory = memory;
        this.pieces = pieces;
    }

    /** Of a whole file in memory. */
    static PageFile of(byte[] content, int pageSize) {
        return new PageFile(pageSize, content.length, content, Pieces.NONE);
    }

    /** Of a file on disk. */
    static PageFile of(Path file, int pageSize) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        long size = channel.size();
        return new PageFile(pageSize, size, new byte[0], new Pieces(size, channel));
    }

    /** How many whole pages there are. */
    int count() {
        return count;
    }

    int pageSize() {
        return pageSize;
    }

    /** Some bytes with that page in them, see {@link #offset}; not to be changed. */
    byte[] bytes(int page) throws IOException {
        return pieces == Pieces.NONE ? memory : pieces.get((long) (page - 1) * pageSize / PIECE);
    }

    /** Takes many pages at once, which begin there in those bytes; they are good until the next are handed over. */
    @FunctionalInterface
    interface OnPages {
        /** From that page on so many. */
        void onPages(int first, int many, byte[] bytes, int at);
    }

    /**
     * Hands over all pages from front to back. Quicker than to ask for one by one: it takes large pieces,
     * and one array for all of them.
     */
    void pass(OnPages reader) throws IOException {
        if (pieces == Pieces.NONE) {
            reader.onPages(1, count, memory, 0);
            return;
        }
        int some = PASSED / pageSize;
        byte[] piece = new byte[Math.min(some, count) * pageSize];
        for (int first = 1; first <= count; first += some) {
            int many = Math.min(some, count - first + 1);
            pieces.read(piece, many * pageSize, (long) (first - 1) * pageSize);
            reader.onPages(first, many, piece, 0);
        }
    }

    /** Where in those bytes the page begins. */
    int offset(int page) {
        long at = (long) (page - 1) * pageSize;
        return (int) (pieces == Pieces.NONE ? at : at % PIECE);
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }

    /** The pieces last used; the oldest goes first. */
    private static final class Pieces {
        private static final Pieces NONE = new Pieces(0);

        /** When it was opened; it may be somebody's file that becomes shorter. */
        private final long size;

        private final FileChannel[] channel;
        private final Map<Long, byte[]> kept = new LinkedHashMap<>(2 * MOST_PIECES, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
                return size() > MOST_PIECES;
            }
        };

        private Pieces(long size, FileChannel... channel) {
            this.size = size;
            this.channel = channel;
        }

        byte[] get(long number) throws IOException {
            byte[] piece = kept.get(number);
            if (piece == null) {
                piece = read(number * PIECE);
                kept.put(number, piece);
            }
            return piece;
        }

        private byte[] read(long from) throws IOException {
            byte[] piece = new byte[(int) Math.min(PIECE, size - from)];
            read(piece, piece.length, from);
            return piece;
        }

        void read(byte[] to, int size, long from) throws IOException {
            ByteBuffer piece = ByteBuffer.wrap(to, 0, size);
            while (piece.hasRemaining()) {
                if (channel[0].read(piece, from + piece.position()) < 0) {
                    throw new EOFException("the file has become shorter");
                }
            }
        }

        void close() throws IOException {
            for (FileChannel one : channel) {
                one.close();
            }
        }
    }
}
