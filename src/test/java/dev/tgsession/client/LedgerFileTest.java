package dev.tgsession.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.CodeHistory;
import dev.tgsession.login.Ledger;
import dev.tgsession.login.PhoneNumber;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFileTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final PhoneNumber ANNA = new PhoneNumber("4917012345678");
    private static final PhoneNumber BOB = new PhoneNumber("4917012345679");
    private static final DataCenter TELEGRAM = DataCenters.builtIn(Environment.PRODUCTION, 2, false);

    @TempDir
    Path temporary;

    private final List<String> said = new ArrayList<>();

    @Test
    void whatOneProcessNotesTheNextOneKnows() throws IOException {
        ledger().update(ANNA, history -> history.withCode(NOON).withWait(NOON.plusSeconds(60)));
        ledger().update(ANNA, history -> history.withCode(NOON.plusSeconds(1)).withRefusal(NOON));

        assertThat(ledger().of(ANNA))
                .isEqualTo(CodeHistory.NONE
                        .withCode(NOON)
                        .withCode(NOON.plusSeconds(1))
                        .withWait(NOON.plusSeconds(60))
                        .withRefusal(NOON));
        assertThat(ledger().of(BOB)).isEqualTo(CodeHistory.NONE);
        assertThat(said).isEmpty();
        assertForOwnerOnly();
    }

    @Test
    void lookingAloneMakesNoFile() {
        assertThat(ledger().of(ANNA)).isEqualTo(CodeHistory.NONE);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void noNumberStandsInItAndTwoMachinesHashDifferently() throws IOException {
        ledger().update(ANNA, history -> history.withCode(NOON));
        String here = Files.readString(folder().resolve("ledger"));
        assertThat(here).doesNotContain(ANNA.digits(), ANNA.digits().substring(2));
        Files.delete(folder().resolve("ledger"));
        Files.delete(folder().resolve("ledger.key"));

        ledger().update(ANNA, history -> history.withCode(NOON));

        assertThat(Files.readString(folder().resolve("ledger"))).isNotEqualTo(here);
    }

    @Test
    void telegramItsTestServersAndServersOfOnesOwnHaveNothingToDoWithEachOther() {
        List<DataCenter> places = List.of(
                TELEGRAM,
                DataCenters.builtIn(Environment.TEST, 2, false),
                new DataCenter(2, "127.0.0.1", 4430, Environment.PRACTICE),
                new DataCenter(2, "127.0.0.1", 4431, Environment.PRACTICE));
        for (DataCenter place : places) {
            assertThat(ledger(place, NOON).of(ANNA)).isEqualTo(CodeHistory.NONE);
            ledger(place, NOON).update(ANNA, history -> history.withCode(NOON));
        }
        // Where at Telegram a login begins does not matter.
        assertThat(ledger(DataCenters.builtIn(Environment.PRODUCTION, 4, true), NOON)
                        .of(ANNA)
                        .codes())
                .hasSize(1);
    }

    @Test
    void whatNoLongerCountsIsNotKept() throws IOException {
        ledger().update(ANNA, history -> history.withCode(NOON).withWait(NOON.plusSeconds(60)));

        ledger(TELEGRAM, NOON.plus(Duration.ofHours(25)))
                .update(BOB, history -> history.withCode(NOON.plus(Duration.ofHours(25))));

        assertThat(Files.readAllLines(folder().resolve("ledger"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\n", "a b c\n", "\u0000\u0000\u0000", "deadbeef code 2026-11-24T12:00:00Z\n"})
    void damageIsSetAsideAndSaidAndTheRestStillCounts(String damage) throws IOException {
        ledger().update(ANNA, history -> history.withCode(NOON));
        Path file = folder().resolve("ledger");
        Files.writeString(file, Files.readString(file) + damage);
        byte[] before = Files.readAllBytes(file);

        assertThat(ledger().of(ANNA).codes()).containsExactly(NOON);

        assertThat(said).singleElement().asString().contains("is damaged", "ledger.damaged");
        assertThat(folder().resolve("ledger.damaged")).hasBinaryContent(before);
        said.clear();
        assertThat(ledger().of(ANNA).codes()).hasSize(1);
        assertThat(said).as("said once").isEmpty();
        assertForOwnerOnly();
    }

    @Test
    void aFileOfAnySizeOrContentBlocksNobody() throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve("ledger"), new byte[(1 << 20) + 1]);
        Files.write(folder().resolve("ledger.key"), new byte[7]);

        assertThat(ledger().of(ANNA)).isEqualTo(CodeHistory.NONE);
        ledger().update(ANNA, history -> history.withCode(NOON));

        assertThat(ledger().of(ANNA).codes()).hasSize(1);
    }

    @Test
    void whereNothingCanBeWrittenThatIsSaidOnceAndNothingFails() throws IOException {
        // A file where the folder should be: not even root can write there.
        Files.writeString(temporary.resolve("state"), "in the way");
        LedgerFile ledger = ledger();

        ledger.update(ANNA, history -> history.withCode(NOON));
        ledger.update(ANNA, history -> history.withCode(NOON));

        assertThat(ledger.of(ANNA)).isEqualTo(CodeHistory.NONE);
        assertThat(said).singleElement().asString().contains("cannot be remembered in " + folder());
    }

    @Test
    void twoAtOnceLoseNothing() throws Exception {
        Ledger one = ledger();
        ExecutorService two = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 20; i++) {
            Instant when = NOON.plusMillis(i);
            two.execute(() -> one.update(ANNA, history -> history.withCode(when)));
        }
        two.shutdown();
        assertThat(two.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ledger().of(ANNA).codes()).hasSize(20);
    }

    private void assertForOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        for (String name : List.of("ledger", "ledger.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    private Path folder() {
        return temporary.resolve("state");
    }

    private LedgerFile ledger() {
        return ledger(TELEGRAM, NOON);
    }

    private LedgerFile ledger(DataCenter start, Instant now) {
        return new LedgerFile(folder(), start, new SecureRandom(), InstantSource.fixed(now), said::add);
    }
}
