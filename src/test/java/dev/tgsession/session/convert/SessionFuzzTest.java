package dev.tgsession.session.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.fuzz.Fuzzed;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqlitePages;
import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.UnwritableSessionException;
import dev.tgsession.session.format.telethon.TelethonRepair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever somebody calls a session is read, described or refused; what was read can be written and read again. */
class SessionFuzzTest implements Fuzzed {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    private static final SessionFormats FORMATS = SessionFormats.standard(CLOCK);

    void files(byte[] input) throws IOException {
        SessionSource source = SessionSource.ofBytes("fuzzed", input);
        look(source);
        read(source);
    }

    /** What was read goes into every format, and comes out of it. */
    void conversions(byte[] input) throws IOException {
        Optional<Session> session = read(SessionSource.ofBytes("fuzzed", input));
        if (session.isPresent()) {
            writeAll(session.get());
        }
    }

    void pastedStrings(byte[] input) throws IOException {
        SessionSource source = SessionSource.ofText(new String(input, StandardCharsets.UTF_8));
        look(source);
        read(source);
    }

    /** Our own reader of pages, on files that SQLite itself would refuse. */
    void pages(byte[] input) throws IOException {
        SqlitePages pages = SqlitePages.of(input).orElse(null);
        if (pages == null) {
            return;
        }
        for (SqliteTable table : pages.tables()) {
            try {
                pages.read(table, table.columns(), row -> true);
            } catch (MalformedSessionException refused) {
                // As it should be.
            }
        }
        pages.readCutOff(row -> true);
    }

    void repairs(byte[] input) throws IOException {
        try {
            assertThat(TelethonRepair.examine(SessionSource.ofBytes("fuzzed", input), CLOCK)
                            .report()
                            .toJson())
                    .isNotEmpty();
        } catch (MalformedSessionException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    private static void look(SessionSource source) {
        Inspection inspection = FORMATS.inspect(source);
        assertThat(inspection.toJson()).isNotEmpty();
    }

    private static Optional<Session> read(SessionSource source) throws IOException {
        try {
            return Optional.of(FORMATS.read(source));
        } catch (MalformedSessionException refused) {
            return Optional.empty();
        }
    }

    private static void writeAll(Session session) throws IOException {
        List<String> lost = new ArrayList<>();
        for (SessionFormat format : FORMATS.all()) {
            try {
                Session again = FORMATS.read(format.write(session).toSource("written"));
                assertThat(again.authKey()).as(format.name()).isEqualTo(session.authKey());
                assertThat(again.dataCenter().id())
                        .as(format.name())
                        .isEqualTo(session.dataCenter().id());
            } catch (UnwritableSessionException refused) {
                lost.add(format.name());
            }
        }
        assertThat(lost).hasSizeLessThan(FORMATS.all().size());
    }
}
