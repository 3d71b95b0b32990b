package dev.tgsession.session.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last few tables of tables that were understood, by the page on which they stand: of thousands of files that one
 * program made, the first page is the same to the byte behind its header, and to take its statements apart is more work than
 * all the rest of a small file.
 *
 * <p>The rows of {@code scripts/bench files} show it.
 *
 * <p>Nothing is believed that was not compared: the same bytes, with the same room on a page and as many pages, can only be
 * understood in the same way.
 */
final class KnownSchemas {
    /** A larger page is not kept. */
    private static final int LARGEST_PAGE = 8 * 1024;

    /** A folder holds files of a few releases of a few programs. */
    private static final int MOST = 8;

    private static final AtomicReferenceArray<Known> KNOWN = new AtomicReferenceArray<>(MOST);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private KnownSchemas() {}

    /** What the first page of such a database says. */
    private static final class Known {
        private final byte[] page;
        private final int usable;
        private final int pages;
        private final PlainSchema schema;

        Known(byte[] page, int usable, int pages, PlainSchema schema) {
            this.page = page;
            this.usable = usable;
            this.pages = pages;
            this.schema = schema;
        }
    }

    /** The schema, if this is a first page like one that was understood. */
    static Optional<PlainSchema> find(PageFile pages, int usable) throws IOException {
        if (pages.count() == 0 || pages.pageSize() > LARGEST_PAGE) {
            return Optional.empty();
        }
        byte[] bytes = pages.bytes(1);
        int at = pages.offset(1);
        for (int i = 0; i < MOST; i++) {
            Known one = KNOWN.get(i);
            if (one != null
                    && one.usable == usable
                    && one.pages == pages.count()
                    && one.page.length == pages.pageSize() - SqliteFile.HEADER_SIZE
                    && Arrays.equals(
                            bytes, at + SqliteFile.HEADER_SIZE, at + pages.pageSize(), one.page, 0, one.page.length)) {
                return Optional.of(one.schema);
            }
        }
        return Optional.empty();
    }

    /** Keeps a complete schema that stands on the first page alone. */
    static void remember(PageFile pages, int usable, PlainSchema schema) throws IOException {
        if (pages.pageSize() <= LARGEST_PAGE) {
            int at = pages.offset(1);
            byte[] page = Arrays.copyOfRange(pages.bytes(1), at + SqliteFile.HEADER_SIZE, at + pages.pageSize());
            KNOWN.set(Math.floorMod(NEXT.getAndIncrement(), MOST), new Known(page, usable, pages.count(), schema));
        }
    }
}
