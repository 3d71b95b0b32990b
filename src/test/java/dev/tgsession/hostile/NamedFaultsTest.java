package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client meets everything the practice server can be told to do by name. */
class NamedFaultsTest {
    private static final String DH_PARAMS = "key exchange, server_DH_params";

    /** Which check has to hold; what is not listed is harmless. */
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry("res-pq-nonce", "key exchange, resPQ"),
            Map.entry("dh-nonce", DH_PARAMS),
            Map.entry("dh-inner-nonce", DH_PARAMS),
            Map.entry("dh-hash", DH_PARAMS),
            Map.entry("dh-padding", DH_PARAMS),
            Map.entry("ga-end", DH_PARAMS),
            Map.entry("ga-small", DH_PARAMS),
            Map.entry("prime-composite", DH_PARAMS),
            Map.entry("g-residue", DH_PARAMS),
            Map.entry("g-eight", DH_PARAMS),
            Map.entry("gen-hash", "key exchange, dh_gen"),
            Map.entry("session-id", "encrypted message"),
            Map.entry("message-key", "encrypted message"),
            Map.entry("message-id-even", "encrypted message"),
            Map.entry("length-large", "encrypted message"),
            Map.entry("padding-short", "encrypted message"),
            Map.entry("padding-long", "encrypted message"));

    private static final Set<String> HARMLESS = Set.of("prime-other", "gen-retry", "exchange-cut", "twice");

    /** Answers that come from the past or the future are passed over while there is time for a better one. */
    private static final Set<String> PASSED_OVER = Set.of("message-id-old", "message-id-ahead");

    /** What the server may say, and nothing comes of it. */
    private static final Map<String, String> REFUSALS =
            Map.of("gen-fail", "dh_gen_fail", "params-fail", "server_DH_params_fail");

    /** Scenarios in which a login comes to nothing, with what is said then. */
    private static final Map<String, String> HOPELESS = Map.of(
            "salt-20", "refused the same message",
            "container-2000", "a container of 72008 bytes says it holds 2000 messages",
            "gzip-bomb", "a compressed object is larger than",
            "silent", "did not answer SendCode in time",
            "unknown-ctor", "#7fffff19 came",
            "layer-future", "#7fffff19 came",
            "wrong-dc", "transport error -444");

    /** Scenarios in which the server loses the first request before it is carried out. */
    private static final Set<String> LOST = Set.of("cut-before", "new-session");

    @TempDir
    Path folder;

    static List<NamedFaults> noticed() {
        return faults(STEPS.keySet());
    }

    static List<NamedFaults> harmless() {
        return faults(HARMLESS);
    }

    static List<NamedFaults> passedOver() {
        return faults(PASSED_OVER);
    }

    static List<NamedFaults> refusals() {
        return faults(REFUSALS.keySet());
    }

    static List<NamedFaults> scenarios() {
        return Repertoire.scenarios();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noticed")
    void aFaultIsNoticedAndNamedAndTheLastThingThatHappens(NamedFaults fault) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .settings(settings -> settings.withFaults(fault.make()))
                .run(folder);
        assertThat(outcome.session()).isEmpty();
        assertThat(outcome.thrown())
                .get()
                .isInstanceOfSatisfying(
                        FailedCheckException.class,
                        failed -> assertThat(failed.step()).isEqualTo(STEPS.get(fault.name())));
        assertThat(outcome.connections()).isOne();
        assertThat(outcome.files()).isEmpty();
        assertThat(outcome.calls()).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatIsNoFaultIsTaken(NamedFaults fault) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .settings(settings -> settings.withFaults(fault.make()))
                .run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passedOver")
    void whatIsOutOfTimeIsPassedOver(NamedFaults fault) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .settings(settings -> settings.withFaults(fault.make()))
                .patience(Duration.ofSeconds(10), Duration.ofSeconds(2))
                .run(folder);
        gaveUp(outcome, "its date is not within 300 seconds before and 30 after");
        assertThat(outcome.executed("auth.sendCode")).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aServerThatWantsNoKeyGetsNoSecond(NamedFaults fault) throws Exception {
        Outcome outcome = Encounter.withGoodServer()
                .settings(settings -> settings.withFaults(fault.make()))
                .run(folder);
        gaveUp(outcome, REFUSALS.get(fault.name()));
        assertThat(outcome.connections()).isLessThanOrEqualTo(3);
        assertThat(outcome.calls()).isEmpty();
    }

    @Test
    void nothingIsForgotten() {
        assertThat(Repertoire.faults().stream().map(NamedFaults::name))
                .allMatch(name -> STEPS.containsKey(name)
                        || HARMLESS.contains(name)
                        || PASSED_OVER.contains(name)
                        || REFUSALS.containsKey(name));
        assertThat(Repertoire.scenarios().stream().map(NamedFaults::name)).containsAll(HOPELESS.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theLoginEndsWellOrSaysWhyNotAndNothingIsDoneTwice(NamedFaults scenario) throws Exception {
        String name = scenario.name();
        // It takes 20 seconds to find out that the client waits for 20 seconds.
        assumeTrue(!name.equals("ack-only") || Boolean.getBoolean("tgsession.thorough"));
        int number = Repertoire.FIRST_NUMBER
                + Repertoire.scenarios().stream()
                        .map(NamedFaults::name)
                        .toList()
                        .indexOf(name);
        Outcome outcome = Encounter.withGoodServer()
                .number("+9996620" + number)
                .patience(Duration.ofSeconds(10), Duration.ofSeconds(name.equals("silent") ? 2 : 30))
                .run(folder);
        if (name.equals("key-lost")) {
            assertThat(outcome.refused().sentence()).endsWith("the session is gone.");
        } else if (HOPELESS.containsKey(name)) {
            gaveUp(outcome, HOPELESS.get(name));
        } else {
            outcome.loggedIn();
        }
        assertThat(outcome.executed("auth.sendCode")).isEqualTo(LOST.contains(name) ? 2 : 1);
        assertThat(outcome.executed("auth.signIn")).isLessThanOrEqualTo(1);
        assertThat(outcome.connections()).isLessThanOrEqualTo(3);
    }

    private static void gaveUp(Outcome outcome, String why) {
        assertThat(outcome.session()).isEmpty();
        assertThat(outcome.thrown())
                .get()
                .isInstanceOfSatisfying(
                        IOException.class, thrown -> assertThat(thrown).hasMessageContaining(why));
        assertThat(outcome.files()).isEmpty();
    }

    private static List<NamedFaults> faults(Set<String> names) {
        return Repertoire.faults().stream()
                .filter(fault -> names.contains(fault.name()))
                .toList();
    }
}
