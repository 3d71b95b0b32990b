package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.transport.TransportRefusedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that forgets a good key: whatever it belonged to is gone, and nobody makes another one in silence. */
class KeyLostTest {
    @TempDir
    Path folder;

    /** Answers that call, and knows the key no more. */
    private static final class Forgetting extends Trap {
        private final String about;

        Forgetting(String about) {
            this.about = about;
        }

        @Override
        public List<Bytes> result(Place place, Bytes due) {
            if (place.about().equals(about)) {
                place.forgetKey();
                sprung(due);
            }
            return List.of(due);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth.signIn", "users.getUsers"})
    void aLoginThatWasWonIsSaidToBeGoneAndNotKept(String moment) throws Exception {
        Outcome outcome = Encounter.with(new Forgetting(moment)).run(folder);

        LoginRefusedException gone = outcome.refused();
        assertThat(gone.kind()).isEqualTo(LoginRefusedException.Kind.NOT_AUTHORISED);
        assertThat(gone.sentence()).contains("-404").endsWith("the session is gone.");
        madeOneKeyOnly(outcome);
        outcome.keptItsSecrets();
    }

    @Test
    void aPasswordDoesNotChangeThat() throws Exception {
        Outcome outcome = Encounter.with(new Forgetting("auth.checkPassword"))
                .number(Encounter.TWO_STEP_NUMBER)
                .run(folder);

        assertThat(outcome.refused().sentence()).endsWith("the session is gone.");
        madeOneKeyOnly(outcome);
        outcome.keptItsSecrets();
    }

    /** The code belongs to the key: under another one it is worth nothing, so it is not even tried. */
    @Test
    void aCodeWhoseKeyIsLostIsNotBroughtToAnother() throws Exception {
        Outcome outcome = Encounter.with(new Forgetting("auth.sendCode")).run(folder);

        assertThat(outcome.gaveUp())
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(TransportRefusedException.NOT_FOUND));
        madeOneKeyOnly(outcome);
    }

    private static void madeOneKeyOnly(Outcome outcome) {
        assertThat(outcome.requests())
                .extracting(IncomingRequest::name)
                .filteredOn("req_pq_multi"::equals)
                .hasSize(1);
        outcome.didNothingTwice();
        assertThat(outcome.connections()).isLessThanOrEqualTo(3);
    }
}
