package dev.tgsession.session.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every session of every library there is a fixture of: known by one format and left alone by all others. */
class RecognitionTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(() -> Instant.EPOCH);

    /** A pickle can run any code, so it is named and not read. */
    private static final String PICKLE = "telethon-0.9-pickle.session";

    private static Stream<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(RecognitionTest.class
                        .getResource("/dev/tgsession/session/format/pyrogram/README.md")
                        .toURI())
                .resolveSibling("..")
                .normalize();
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(file -> file.toString().endsWith(".session")
                            || file.toString().endsWith(".txt"))
                    .toList();
        }
        assertThat(all).hasSizeGreaterThan(100);
        return all.stream().map(folder::relativize);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isKnownByItsOwnFormatOnly(Path name) throws IOException {
        Path file = Path.of("src/test/resources/dev/tgsession/session/format").resolve(name);
        List<String> takers = FORMATS.all().stream()
                .filter(format -> format.recognises(SessionSource.ofFile(file)))
                .map(SessionFormat::name)
                .toList();

        String library = name.getName(0).toString();
        boolean line = name.toString().endsWith(".txt");
        if (name.endsWith(PICKLE)) {
            assertThat(takers).isEmpty();
        } else if (library.equals("telethon2")) {
            assertThat(takers).containsExactly("telethon");
        } else if (name.toString().contains("broken")) {
            assertThat(takers).hasSizeLessThan(2);
        } else if (library.equals("pyrogram")) {
            boolean kurigram = name.getName(1).toString().equals("kurigram");
            assertThat(takers).containsExactly(line ? "pyrogram-string" : kurigram ? "kurigram" : "pyrogram");
        } else {
            assertThat(takers).containsExactly(line ? library + "-string" : library);
        }
        assertThat(FORMATS.recognise(SessionSource.ofFile(file)).map(SessionFormat::name))
                .isEqualTo(takers.stream().findFirst());
    }
}
