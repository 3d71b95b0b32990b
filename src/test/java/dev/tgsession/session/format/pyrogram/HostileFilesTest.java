package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a file, we read it or say in a sentence why not. */
class HostileFilesTest {
    private static final List<SessionFormat> FORMATS = List.of(
            new PyrogramSqlite(() -> java.time.Instant.EPOCH),
            new KurigramSqlite(() -> java.time.Instant.EPOCH),
            new PyrogramString());
    private static final List<String> FILES = List.of(
            "pyrogram/v2.session",
            "pyrogram/v3.session",
            "pyrogram/v0_json.session",
            "pyrogram/string_current.txt",
            "pyrofork/v4.session",
            "kurigram/v4.session",
            "kurigram/v7.session");

    /** Seeds that are their own names: a failure can be run again. */
    private static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDamagedFileNeverThrowsUsOff(int seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = Files.readAllBytes(Fixtures.file(FILES.get(random.nextInt(FILES.size()))));
        for (int i = random.nextInt(20); i >= 0; i--) {
            content[random.nextInt(content.length)] = (byte) random.nextInt();
        }
        byte[] damaged = random.nextInt(4) == 0 ? Arrays.copyOf(content, random.nextInt(content.length)) : content;
        byte[] before = damaged.clone();

        for (SessionFormat format : FORMATS) {
            SessionSource source = SessionSource.ofBytes("damaged", damaged);
            Inspection inspection = format.inspect(source);
            assertThat(inspection.findings())
                    .allMatch(finding -> !finding.message().isEmpty());
            format.recognises(source);
            try {
                assertThat(format.read(source).authKey().id().size()).isEqualTo(8);
            } catch (MalformedSessionException refused) {
                assertThat(refused.finding().message()).endsWith(".");
            }
        }
        assertThat(damaged).isEqualTo(before);
    }
}
