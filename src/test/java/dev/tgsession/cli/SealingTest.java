package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.travel.Sealed;
import dev.tgsession.travel.SecretKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SealingTest {
    private static final byte[] FILE = {1, 2, 3};

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void tenWordsAreToldToThePersonOnceAndNowhereElse() throws Exception {
        Sealing sealing = sealing("--seal");
        Listener person = new Listener(true);

        sealing.prepare(given(Map.of()), person);
        sealing.prepare(given(Map.of()), person);

        assertThat(person.heard).hasSize(2);
        String words = person.heard.get(1).strip();
        assertThat(words).matches("([a-z]{3,8}-){9}[a-z]{3,8}");
        assertThat(Sealed.of(sealing.seal(FILE)).open(Password.of(words))).isEqualTo(FILE);
        assertThat(Sealed.of(sealing.sealText(FILE)).open(Password.of(words))).isEqualTo(FILE);
        assertThat(output.size() + error.size()).isZero();
        assertThat(sealing.toString()).doesNotContain(words);
    }

    @Test
    void whereNobodyReadsNothingIsSealedWithWordsThatNobodyKnows() {
        assertThatThrownBy(() -> sealing("--seal").prepare(given(Map.of()), new Listener(false)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Nobody is there");
        assertThatThrownBy(() -> sealing("--seal").prepare(given(Map.of()))).isInstanceOf(Refusal.class);
        assertThat(output.size() + error.size()).isZero();
    }

    @Test
    void theVariableComesFirstAndNothingIsToldThen() throws Exception {
        Sealing sealing = sealing("--seal");
        Listener person = new Listener(true);

        sealing.prepare(given(Map.of("TGSESSION_PASSPHRASE", " as it is ")), person);

        assertThat(person.heard).isEmpty();
        assertThat(Sealed.of(sealing.seal(FILE)).open(Password.of(" as it is ")))
                .isEqualTo(FILE);
    }

    @Test
    void whoIsToOpenItIsSaidAndOpensIt() throws Exception {
        copy("anna.asc");
        copy("zoe.gpg");
        Sealing sealing = sealing("--seal-for", "anna.asc", "--seal-for", "zoe.gpg");

        Listener nobody = new Listener(false);
        sealing.prepare(given(Map.of()), nobody);

        assertThat(nobody.heard)
                .satisfiesExactly(
                        line -> assertThat(line).contains("Anna <anna@example.org>"),
                        line -> assertThat(line).contains("Zoë <zoe@example.org>"));
        Sealed sealed = Sealed.of(sealing.seal(FILE));
        assertThat(sealed.takesPassphrase()).isFalse();
        SecretKeys anna = SecretKeys.read(fixture("anna-secret.asc"));
        assertThat(sealed.open(anna, Optional.empty())).isEqualTo(FILE);
    }

    @Test
    void aKeyThatDoesNotFitIsKnownBeforeAnythingElse() throws IOException {
        copy("expired.asc");
        assertThatThrownBy(() -> sealing("--seal-for", "expired.asc").prepare(given(Map.of()), new Listener(true)))
                .isInstanceOf(MalformedSessionException.class);
        assertThatThrownBy(() -> sealing("--seal-for", "none.asc").prepare(given(Map.of()), new Listener(true)))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> sealing("--seal-for", ".").prepare(given(Map.of()), new Listener(true)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void withoutAWordNothingIsAsked() throws Exception {
        Sealing sealing = sealing();
        assertThat(sealing.isAsked()).isFalse();
        Listener person = new Listener(true);
        sealing.prepare(given(Map.of()), person);
        assertThat(person.heard).isEmpty();
        assertThat(sealing("--seal").isAsked()).isTrue();
    }

    private static Sealing sealing(String... words) {
        return CommandLine.populateCommand(new Sealing(), words);
    }

    private Given given(Map<String, String> environment) {
        return new Given(
                environment,
                folder,
                false,
                InputStream.nullInputStream(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                new StandardStreams(),
                new Endings(),
                Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC),
                SecureRandom::new,
                () -> {});
    }

    private void copy(String name) throws IOException {
        Files.write(folder.resolve(name), fixture(name));
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = SealingTest.class.getResourceAsStream("/dev/tgsession/travel/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
