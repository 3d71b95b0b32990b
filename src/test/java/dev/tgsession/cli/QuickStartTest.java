package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done in another way so that the program starts sooner does the same as the usual way. */
class QuickStartTest {
    @TempDir
    Path folder;

    /** Behind two dashes there are no options, but that takes the parser. */
    @ParameterizedTest
    @ValueSource(strings = {"inspect no-such-file", "inspect some", "inspect .", "login", "login anna", "login a/b"})
    void aFormOfEveryDayDoesWhatTheParserMakesOfIt(String line) throws IOException {
        Files.writeString(folder.resolve("some"), "no session");
        List<String> words = List.of(line.split(" ", -1));
        List<String> parsed = new java.util.ArrayList<>(words);
        parsed.add(1, "--");
        assertThat(EverydayForms.include(words)).isTrue();
        assertThat(EverydayForms.include(parsed)).isFalse();
        assertThat(run(words)).isEqualTo(run(parsed));
    }

    @Test
    void optionsAndTheLikeAreLeftToTheParser() {
        for (String line : List.of(
                "inspect -", "inspect a b", "inspect --json", "inspect @a", "login -h", "login a b", "help login")) {
            assertThat(EverydayForms.include(List.of(line.split(" ", -1))))
                    .as(line)
                    .isFalse();
        }
        assertThat(EverydayForms.include(List.of())).isTrue();
    }

    @Test
    void theLateDiceFallDifferentlyEachTime() {
        LateDice dice = new LateDice();
        Set<Long> thrown = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            thrown.add(dice.nextLong());
        }
        assertThat(thrown).hasSize(100);
        assertThat(dice.generateSeed(16)).hasSize(16).isNotEqualTo(new byte[16]);
        dice.setSeed(new byte[8]);
        assertThat(dice.nextLong()).isNotEqualTo(new LateDice().nextLong());
    }

    @Test
    void theLocalClockIsTheSystems() {
        Clock clock = new LocalClock();
        assertThat(clock.getZone()).isEqualTo(ZoneId.systemDefault());
        assertThat(Duration.between(clock.instant(), Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(clock.withZone(ZoneOffset.UTC).getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void theNativeCodeOfThisMachineIsUnpacked() throws IOException {
        NativeCode.unpack(folder);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(System.mapLibraryName("sqlitejdbc"), System.mapLibraryName("jlinenative"));
    }

    private String run(List<String> words) {
        var output = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        int code = Main.run(
                words,
                Map.of("HOME", folder.toString(), "TG_API_ID", "1", "TG_API_HASH", "0".repeat(32)),
                folder,
                new ByteArrayInputStream(new byte[0]),
                output,
                error);
        return code + "\n" + output.toString(StandardCharsets.UTF_8) + "---\n" + error.toString(StandardCharsets.UTF_8);
    }
}
