package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tgsession.cli.terminal.NoConsoleException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    private static final Path HERE = Path.of("/app");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DYNO=run.1234                        | Heroku dyno       | heroku run -a APP -- scripts/tgsession login",
                "DYNO=web-848cd4f64d-pvpr2            | Heroku dyno       | heroku run -a APP",
                "DYNO=run.1 HEROKU_APP_NAME=my-bot    | Heroku dyno       | heroku run -a my-bot --",
                "DYNO=run.1 HEROKU_APP_NAME=x;reboot  | Heroku dyno       | heroku run -a APP --",
                "RAILWAY_REPLICA_ID=a                 | Railway service   | railway run scripts/tgsession login",
                "RENDER=true                          | Render service    | in the service's Shell",
                "FLY_MACHINE_ID=1 FLY_APP_NAME=my-bot | Fly machine       | fly ssh console -a my-bot --pty -C",
                "KOYEB_INSTANCE_ID=1                  | Koyeb instance    | in the service's Console",
                "AWS_LAMBDA_FUNCTION_NAME=f           | Lambda function   | on your own computer",
                "COLAB_RELEASE_TAG=release            | Colab runtime     | in the Terminal",
                "ECS_CONTAINER_METADATA_URI_V4=http:  | ECS task          | aws ecs execute-command --interactive",
                "KUBERNETES_SERVICE_HOST=10.0.0.1     | Kubernetes pod    | kubectl exec -it POD -- tgsession login",
                "/.dockerenv                          | container         | docker run -it",
                "/run/.containerenv                   | container         | docker run -it",
            })
    void aHostThatForgetsIsKnownByItsSignsAndHasAWayToAPrompt(String signs, String title, String way) {
        Host host = host(signs);
        assertThat(host.forgets(HERE)).isTrue();
        assertThat(host.warning(HERE).orElseThrow())
                .startsWith("This is a")
                .contains(" " + title + ": a file written here is gone")
                .endsWith(".");
        assertThat(host.shelf()).isPresent();
        assertThat(host.advice()).contains(way);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOME=/home/anna", "CODESPACES=true /.dockerenv", "RAILWAY_PROJECT_ID=a"})
    void whereFilesLastNothingIsSaid(String signs) {
        assertThat(host(signs).forgets(HERE)).isFalse();
        assertThat(host(signs).warning(HERE)).isEmpty();
        assertThat(host(signs).shelf()).isEmpty();
    }

    /** Fly, Railway and newer Heroku run on Kubernetes, and all of them in containers. */
    @Test
    void theMoreSpecialNameWins() {
        assertThat(host("FLY_MACHINE_ID=1 KUBERNETES_SERVICE_HOST=10.0.0.1 /.dockerenv")
                        .warning(HERE))
                .hasValueSatisfying(words -> assertThat(words).contains("Fly machine"));
    }

    @Test
    void aVolumeOutlivesItsContainerButADynoHasNone() {
        assertThat(Host.of(Map.of("FLY_MACHINE_ID", "1"), file -> false, HERE::equals)
                        .forgets(HERE))
                .isFalse();
        assertThat(Host.of(Map.of("FLY_MACHINE_ID", "1"), file -> false, HERE::equals)
                        .forgets(Path.of("/root")))
                .isTrue();
        assertThat(Host.of(Map.of("DYNO", "run.1"), file -> false, HERE::equals).forgets(HERE))
                .isTrue();
    }

    @Test
    void theRootOfARealMachineIsNoVolumeAndAFolderThatIsNotThereNeither() {
        Host host = Host.of(Map.of("RENDER", "true"));
        assertThat(host.forgets(Path.of("/"))).isTrue();
        assertThat(host.forgets(folder.resolve("none"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.1", "worker.2", "release.1234", "scheduler.77", "run-bot.1", "web-848cd4f64d-pvpr2"})
    void aDynoThatIsNotForPeopleIsRefused(String dyno) {
        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> host("DYNO=" + dyno).mustBeForPeople(false));
        assertThat(refusal.code()).isEqualTo(ExitCode.WRONG_PROCESS);
        assertThat(refusal).hasMessageContaining("process \"" + dyno.split("[.]|-[0-9a-f]{5}", 2)[0] + "\"");
        assertThat(refusal.hint().orElseThrow())
                .contains("heroku run -a APP -- scripts/tgsession login", "Run console");
    }

    @ParameterizedTest
    @CsvSource({"DYNO=run.1234, false", "DYNO=run-5d9c-x2, false", "DYNO=web.1, true", "RENDER=true, false"})
    void whoeverMayBeThereIsNotSentAway(String signs, boolean watched) {
        assertThatCode(() -> host(signs).mustBeForPeople(watched)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "DYNO=run.1234, WRONG_PROCESS, heroku run",
        "KUBERNETES_SERVICE_HOST=1, WRONG_PROCESS, kubectl exec -it",
        "/.dockerenv, NO_CONSOLE, docker run -it",
        "CODESPACES=true, NO_CONSOLE, in the terminal of the codespace",
        "HOME=/root, NO_CONSOLE, one a line"
    })
    void silenceHasTheHostsOwnWayAndAMachineThatStartsThingsAgainItsOwnNumber(String signs, ExitCode code, String way) {
        Complaint complaint = Complaint.about(new NoConsoleException(), host(signs));
        assertThat(complaint.code()).isEqualTo(code);
        assertThat(complaint.sentence())
                .hasValueSatisfying(words -> assertThat(words).startsWith("Nobody can answer here"));
        assertThat(complaint.hint())
                .hasValueSatisfying(words -> assertThat(words).contains(way));
    }

    /** Not even the answers on a pipe count there: with the first of them a code would be sent, at every restart. */
    @ParameterizedTest
    @ValueSource(strings = {"web.1", "worker.1", "release.4"})
    void aLoginInSuchADynoEndsBeforeItReadsAnything(String dyno) {
        Run run = Run.with(
                folder, Map.of("DYNO", dyno), "+9996620001\n22222\n", "login", "--server", "127.0.0.1:1", "--practice");
        assertThat(run.code()).isEqualTo(13);
        assertThat(run.error()).startsWith("error: This is the process \"").contains("hint: Nothing was asked");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPersonIsToldBeforeTheFirstQuestionThatTheFileWillVanish() {
        Run run = Run.with(
                folder,
                Map.of("DYNO", "run.1234", "HEROKU_APP_NAME", "my-bot", "XDG_STATE_HOME", folder.toString()),
                "+9996620001\n22222\n",
                "login",
                "--practice");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.error())
                .contains("This is a Heroku dyno: a file written here is gone when this console closes.");
        assertThat(run.error().indexOf("Heroku dyno")).isLessThan(run.error().indexOf("Phone number"));
    }

    /** Words with an equals sign are variables, words with a slash files. */
    private static Host host(String signs) {
        Map<String, String> environment = new HashMap<>();
        for (String sign : signs.strip().split(" ", -1)) {
            if (!sign.startsWith("/")) {
                environment.put(sign.split("=", 2)[0], sign.split("=", 2)[1]);
            }
        }
        return Host.of(
                environment,
                file -> signs.contains(" " + file) || signs.strip().startsWith(file.toString()),
                folder -> false);
    }
}
