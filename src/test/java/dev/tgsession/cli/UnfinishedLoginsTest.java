package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.cli.UnfinishedLogins.Kept;
import dev.tgsession.cli.UnfinishedLogins.Label;
import dev.tgsession.cli.UnfinishedLogins.Unfinished;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.login.PendingLogin;
import dev.tgsession.login.PhoneNumber;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedLoginsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final DataCenter TELEGRAM = DataCenters.builtIn(Environment.PRODUCTION, 2, false);
    private static final String ANNA = "4917012345678";
    private static final String BOB = "4917012345679";

    @TempDir
    Path folder;

    @Test
    void whatOneRunKeepsTheNextOneFinds() throws Exception {
        Label label = new Label("data/anna\nof mine", "tgsession on Anna's laptop", "");
        PendingLogin login = login(ANNA, NOON);
        Kept kept = at(NOON).bookmark(label);
        assertThat(kept.isHolding()).isFalse();

        assertThat(kept.keep(login)).isTrue();

        assertThat(kept.isHolding()).isTrue();
        assertThat(at(NOON).find(Optional.empty(), Optional.empty())).isEqualTo(new Unfinished(label, login));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(file().getFileName().toString()).doesNotContain(ANNA);
        at(NOON).holding(new Unfinished(label, login), label).remove();
        assertThat(at(NOON).all()).isEmpty();
    }

    @Test
    void aNewCodeForTheSameNumberTakesThePlaceOfTheOld() throws Exception {
        keep("anna", login(ANNA, NOON));
        keep("other", login(ANNA, NOON.plusSeconds(9)));

        assertThat(at(NOON).all())
                .singleElement()
                .satisfies(one -> assertThat(one.login().at()).isEqualTo(NOON.plusSeconds(9)));
    }

    @Test
    void anotherNumberInTheSameRunEndsTheOneBefore() throws Exception {
        Kept kept = at(NOON).bookmark(new Label("anna", "device", ""));
        kept.keep(login(ANNA, NOON));
        kept.keep(login(BOB, NOON));

        assertThat(at(NOON).all())
                .extracting(one -> one.login().phone().digits())
                .containsExactly(BOB);
    }

    @Test
    void ofSeveralTheNumberOrTheNameTellsWhich() throws Exception {
        keep("anna", login(ANNA, NOON));
        keep("bob", login(BOB, NOON.plusSeconds(1)));
        UnfinishedLogins logins = at(NOON);

        assertThat(logins.all()).extracting(one -> one.label().name()).containsExactly("bob", "anna");
        assertThat(logins.find(Optional.of("anna"), Optional.empty()).label().name())
                .isEqualTo("anna");
        assertThat(logins.find(Optional.of("bob"), Optional.of("+49 170 12345679"))
                        .label()
                        .name())
                .isEqualTo("bob");
        assertThatThrownBy(() -> logins.find(Optional.empty(), Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("+" + ANNA + " (anna)")
                .hasMessageContaining("+" + BOB + " (bob)")
                .satisfies(refusal -> assertThat(((Refusal) refusal).hint())
                        .contains("Say which by its name: tgsession login --resume NAME; or with --phone NUMBER."));
        assertThatThrownBy(() -> logins.find(Optional.empty(), Optional.of("+49 170 1")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("for that number");
        assertThatThrownBy(() -> logins.find(Optional.of("anna"), Optional.of("+49 170 12345679")))
                .isInstanceOf(Refusal.class)
                .hasMessage("No login called anna waits; these do: +" + BOB + " (bob).");
    }

    @Test
    void whatNobodyNamedIsNotGoneOnWithEvenIfItIsTheOnlyOne() throws Exception {
        keep("anna", login(ANNA, NOON));
        UnfinishedLogins logins = at(NOON);

        assertThat(logins.find(Optional.empty(), Optional.empty()).label().name())
                .isEqualTo("anna");
        assertThatThrownBy(() -> logins.find(Optional.of("carl"), Optional.empty()))
                .isInstanceOf(Refusal.class)
                .hasMessage("No login called carl waits; these do: +" + ANNA + " (anna).");
    }

    @Test
    void eachPlaceHasItsOwn() throws Exception {
        DataCenter own = new DataCenter(2, "127.0.0.1", 4430, Environment.PRACTICE);
        keep("anna", login(ANNA, NOON, TELEGRAM));
        keep("practice", login(ANNA, NOON, own));

        assertThat(at(NOON).all()).hasSize(2);
        assertThat(at(NOON).latestAt(own).map(PendingLogin::dataCenter)).contains(own);
        assertThat(at(NOON).latestAt(own.at("127.0.0.1", 4431))).isEmpty();
        assertThat(at(NOON).latestAt(DataCenters.builtIn(Environment.PRODUCTION, 4, false)))
                .isPresent();
    }

    @Test
    void whatIsADayOldIsRemoved() throws Exception {
        keep("anna", login(ANNA, NOON));

        assertThat(at(NOON.plus(Duration.ofHours(23))).all()).hasSize(1);
        assertThat(at(NOON.plus(Duration.ofHours(25))).all()).isEmpty();

        assertThat(file()).doesNotExist();
    }

    @Test
    void whatIsDamagedIsNoneAndIsReplaced() throws Exception {
        keep("anna", login(ANNA, NOON));
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged :
                List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), new byte[1 << 19], new byte[] {-1, -2})) {
            Files.write(file, damaged);
            assertThat(at(NOON).all()).isEmpty();
            assertThatThrownBy(() -> at(NOON).find(Optional.empty(), Optional.empty()))
                    .isInstanceOf(Refusal.class);
        }
        keep("anna", login(ANNA, NOON));
        assertThat(at(NOON).all()).hasSize(1);
    }

    private void keep(String name, PendingLogin login) throws IOException {
        at(NOON).bookmark(new Label(name, "a device", "")).keep(login);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tgsession/logins"))) {
            return files.findFirst().orElse(folder.resolve("none"));
        }
    }

    private static PendingLogin login(String phone, Instant at) {
        return login(phone, at, TELEGRAM);
    }

    private static PendingLogin login(String phone, Instant at, DataCenter there) {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) 5);
        var sent = new PlainSentCode(new SentCodeTypeApp(5), "a hash", Optional.empty(), Optional.empty());
        return new PendingLogin(there, AuthKey.of(key), 12345, new PhoneNumber(phone), sent, at, false);
    }

    private UnfinishedLogins at(Instant now) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new UnfinishedLogins(new Given(
                Map.of("XDG_STATE_HOME", folder.toString()),
                folder,
                false,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                new StandardStreams(),
                new Endings(),
                Clock.fixed(now, ZoneOffset.UTC),
                SecureRandom::new,
                () -> {}));
    }
}
