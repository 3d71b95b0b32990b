package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a database page by page, without SQLite's library: no statement per row, no tree that is split again and again, no
 * library to load first.
 *
 * <p>For plain tables and indexes only, see {@link PlainSchema}; never WITHOUT ROWID. Plain indexes of a table so large that
 * its rows do not wait for its end, see {@link TableRows}, are made by SQLite at the end. What does not fit into that is an
 * {@link UncommonRowsException}, and then the library does all of it.
 *
 * <p>It earns its place: to convert a file with a million peers takes a third of the processor's time, to upgrade it
 * little more than half; {@code scripts/bench.d/many-files --other JAR} compares two builds.
 */
final class PageBuilder implements SqliteBuilder {
    /** A release of SQLite that made files just like these. */
    private static final int WRITTEN_BY = 3_040_001;

    private final PageSink sink;
    private final Optional<Path> file;
    private final PlainSchema schema = new PlainSchema();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, TableRows> tables = new HashMap<>();
    private final RecordWriter writer = new RecordWriter();
    private final List<String> forTheLibrary = new ArrayList<>();

    /** In memory. */
    PageBuilder() {
        this.sink = new PageSink();
        this.file = Optional.empty();
    }

    /** In a file that is there and empty. */
    PageBuilder(Path file) {
        this.sink = new PageSink(file);
        this.file = Optional.of(file);
    }

    /** A row of the table of tables, but for the root. */
    private record Entry(String type, String name, String owner, Optional<String> sql) {}

    @Override
    public void execute(String sql) {
        List<String> words = PlainSchema.words(sql);
        if (words.size() < 4) {
            throw new UncommonRowsException("no statement that makes a table");
        }
        String type = words.get(1).toLowerCase(Locale.ROOT);
        String name = words.get(2);
        String owner = type.equals("table") ? name : owner(words);
        add(new Entry(type, name, owner, Optional.of(sql)));
        if (type.equals("table")) {
            PlainSchema.Table table = schema.table(name).orElseThrow();
            tables.put(name.toLowerCase(Locale.ROOT), new TableRows(table, sink, file.isPresent()));
            for (int i = 0; i < table.indexes().size(); i++) {
                entries.add(new Entry("index", PlainSchema.AUTO_INDEX + name + "_" + (i + 1), name, Optional.empty()));
            }
        }
    }

    /** The table that an index or a trigger is on. */
    private static String owner(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase("on")) {
                return words.get(i + 1);
            }
        }
        throw new UncommonRowsException("neither a table nor on one");
    }

    private void add(Entry entry) {
        try {
            schema.add(entry.type(), entry.name(), entry.owner(), 0, entry.sql());
        } catch (UncommonFileException uncommon) {
            throw new UncommonRowsException(String.valueOf(uncommon.getMessage()));
        }
        entries.add(entry);
    }

    @Override
    public Rows rows(String table, int columns) {
        TableRows rows = tables.get(table.toLowerCase(Locale.ROOT));
        if (rows == null || rows.table().columns().size() != columns) {
            throw new UncommonRowsException("no table that takes such rows");
        }
        return rows;
    }

    @Override
    public byte[] toFile() {
        writeAll();
        return sink.toBytes();
    }

    @Override
    public void finish() throws UnwritableSessionException {
        writeAll();
        if (!forTheLibrary.isEmpty()) {
            sink.close();
            try (SqliteBuilder library = new LibraryBuilder(file.orElseThrow())) {
                forTheLibrary.forEach(library::execute);
                library.finish();
            }
        }
    }

    @Override
    public void close() {
        sink.close();
    }

    /** In the order of the statements, as SQLite would have laid them out; then the first page, which names the roots. */
    private void writeAll() {
        TreeBuilder.Page first = new TreeBuilder.Page(0x0d, 8, 100);
        Map<String, Integer> keys = new HashMap<>();
        int number = 0;
        for (Entry entry : entries) {
            int root = 0;
            if (!entry.type().equals("trigger")) {
                TableRows rows = tables.get(entry.owner().toLowerCase(Locale.ROOT));
                if (rows == null) {
                    throw new UncommonRowsException("an index without its table");
                }
                if (entry.type().equals("table")) {
                    root = rows.finish();
                } else if (rows.isStreaming()) {
                    forTheLibrary.add(entry.sql()
                            .orElseThrow(() ->
                                    new UncommonRowsException("more rows than can be looked through for their keys")));
                    continue;
                } else {
                    // The keys come first, in the order in which the table names them; then the others.
                    int place = keys.merge(entry.owner(), 1, Integer::sum) - 1;
                    root = rows.index(rows.table().indexes().get(place));
                }
            }
            writer.begin()
                    .text(entry.type())
                    .text(entry.name())
                    .text(entry.owner())
                    .number(root);
            writer.value(entry.sql().orElse(null)).finish();
            byte[] cell = new byte[writer.size() + 18];
            int length = RecordWriter.putVarint(cell, 0, writer.size());
            length = RecordWriter.putVarint(cell, length, ++number);
            System.arraycopy(writer.bytes(), writer.start(), cell, length, writer.size());
            if (!first.fits(length + writer.size()) || writer.size() > PageSink.PAGE_SIZE / 2) {
                throw new UncommonRowsException("more tables than the first page names");
            }
            first.add(cell, length + writer.size());
        }
        byte[] page = first.finished(0);
        writeHeader(page, number);
        sink.complete(page);
    }

    private void writeHeader(byte[] page, int cookie) {
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, page, 0, magic.length);
        page[16] = PageSink.PAGE_SIZE >> 8;
        // Versions of the file, for writing and for reading: with a rollback journal.
        page[18] = 1;
        page[19] = 1;
        page[21] = 64;
        page[22] = 32;
        page[23] = 32;
        // One change, so many pages, so many statements; tables of format 4, in UTF-8.
        TreeBuilder.putNumber(page, 24, 1);
        TreeBuilder.putNumber(page, 28, sink.pages());
        TreeBuilder.putNumber(page, 40, cookie);
        TreeBuilder.putNumber(page, 44, 4);
        TreeBuilder.putNumber(page, 56, 1);
        TreeBuilder.putNumber(page, 92, 1);
        TreeBuilder.putNumber(page, 96, WRITTEN_BY);
    }
}
