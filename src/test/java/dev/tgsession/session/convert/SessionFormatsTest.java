package dev.tgsession.session.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every format promises, asked of every format. */
class SessionFormatsTest {
    private static final SessionFormats FORMATS =
            SessionFormats.standard(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

    private static final Session SAMPLE = Session.of(
                    DataCenters.builtIn(Environment.PRODUCTION, 4, true), AuthKey.of(nines()))
            .withAccount(Account.of(5_000_000_001L, false));

    @TestFactory
    Stream<DynamicTest> everyFormatReadsWhatItWrote() {
        return forEach(format -> {
            Session read = format.read(format.write(SAMPLE).toSource("written"));
            // Whoever keeps no address finds the usual one by the number.
            boolean address = format.holds().contains(SessionPart.ADDRESS);
            assertThat(read.dataCenter())
                    .isEqualTo(address ? SAMPLE.dataCenter() : DataCenters.builtIn(Environment.PRODUCTION, 4, false));
            assertThat(read.authKey()).isEqualTo(SAMPLE.authKey());
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFormatIsKnownAgainAndByItselfOnly() {
        return forEach(format -> {
            SessionSource written = format.write(SAMPLE).toSource("written");
            assertThat(FORMATS.all().stream().filter(one -> one.recognises(written)))
                    .containsExactly(format);
            assertThat(FORMATS.recognise(written)).contains(format);
            assertThat(FORMATS.read(written).authKey()).isEqualTo(SAMPLE.authKey());
            assertThat(FORMATS.inspect(written).format()).contains(format.name());
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFormatKeepsTheKeyToItself() {
        return forEach(format -> {
            SessionContent content = format.write(SAMPLE);
            assertThat(content.toString() + content.toSource("written"))
                    .doesNotContain("0909")
                    .doesNotContain("CQkJ");
            assertThat(format.inspect(content.toSource("written")).toJson().toString())
                    .contains(SAMPLE.authKey().id().toHex())
                    .doesNotContain("0909")
                    .doesNotContain("CQkJ");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFormatRefusesWhatIsNone() {
        return forEach(format -> {
            for (SessionSource other : new SessionSource[] {
                SessionSource.ofText(""), SessionSource.ofText("hello"), SessionSource.ofBytes("zeros", new byte[5000])
            }) {
                assertThat(format.recognises(other)).isFalse();
                assertThatThrownBy(() -> format.read(other)).isInstanceOf(MalformedSessionException.class);
                assertThat(format.inspect(other).findings()).isNotEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFormatHasANameToTypeAndOneToRead() {
        return forEach(format -> {
            assertThat(format.name()).matches("[a-z][a-z0-9-]*");
            assertThat(format.title()).matches("[A-Z].*");
            assertThat(FORMATS.named(format.name())).contains(format);
        });
    }

    @Test
    void theUsualOneIsTelethonsFile() {
        assertThat(FORMATS.usual().name()).isEqualTo("telethon");
        assertThat(FORMATS.usual().form()).isEqualTo(SessionFormat.Form.FILE);
        assertThat(FORMATS.named("nothing")).isEmpty();
    }

    @Test
    void whatIsNoneOfOursIsDescribed() {
        SessionSource json = SessionSource.ofText("{\"dc\": 2}");

        assertThat(FORMATS.recognise(json)).isEmpty();
        assertThat(FORMATS.inspect(json).format()).isEmpty();
        assertThat(FORMATS.inspect(json).findings()).extracting(Finding::code).containsExactly("not-sqlite");
        assertThatThrownBy(() -> FORMATS.read(json)).hasMessageContaining("a JSON file");
    }

    @Test
    void textAndFilesAreNotMixedUp() throws IOException {
        SessionContent line = FORMATS.named("telethon-string").orElseThrow().write(SAMPLE);
        SessionContent file = FORMATS.usual().write(SAMPLE);

        assertThat(line.toText()).hasSize(369);
        assertThat(line.toFileBytes()).hasSize(370).endsWith('\n');
        assertThat(file.toFileBytes()).hasSize(file.size());
        assertThatThrownBy(file::toText).isInstanceOf(IllegalStateException.class);
    }

    private static Stream<DynamicTest> forEach(Check check) {
        return FORMATS.all().stream().map(format -> dynamicTest(format.name(), () -> check.of(format)));
    }

    private static byte[] nines() {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) 9);
        return key;
    }

    private interface Check {
        void of(SessionFormat format) throws IOException;
    }
}
