package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a meeting.
 *
 * @param files what is in the folder afterwards
 * @param asked what the person was asked, in order
 * @param requests all that the server heard
 * @param requestsAfter what the server heard after it did wrong
 * @param bytesAfter how many bytes the client sent after the server did wrong
 * @param connections how often the client connected
 * @param sprung whether the server came to do wrong at all
 */
record Outcome(
        Optional<Session> session,
        Optional<Throwable> thrown,
        Duration took,
        List<String> files,
        List<String> asked,
        List<IncomingRequest> requests,
        List<IncomingRequest> requestsAfter,
        long bytesAfter,
        int connections,
        int framesUp,
        int framesDown,
        boolean sprung) {

    /** Before any patience of an {@link Encounter} runs out, however busy the machine is. */
    private static final Duration SOON = Duration.ofSeconds(45);

    /** A code, a proof, an api_hash: what a server that did wrong must never get again. */
    private static final Set<String> SECRETS = Set.of(
            "auth.sendCode",
            "auth.resendCode",
            "auth.signIn",
            "auth.checkPassword",
            "auth.importBotAuthorization",
            "auth.checkRecoveryPassword",
            "auth.recoverPassword");

    /**
     * Ended at this check: nothing more was sent, not a byte, and nothing written.
     *
     * @param what how the rest of the message begins
     */
    void failedAt(String step, String what) {
        failedAt(step, what, List.of());
    }

    /** The same, where these requests were on their way when the server did wrong. */
    void failedAt(String step, String what, List<String> underWay) {
        failed(step, what, underWay);
        assertThat(bytesAfter).as("bytes from the client after the fault").isZero();
    }

    private void failed(String step, String what, List<String> requestsThen) {
        assertThat(sprung).as("the server did wrong").isTrue();
        assertThat(session).as("a session").isEmpty();
        assertThat(thrown)
                .as("what the login ended with")
                .get()
                .isInstanceOf(FailedCheckException.class)
                .extracting(Throwable::getMessage, STRING)
                .startsWith(step + ": " + what);
        assertThat(((FailedCheckException) thrown.get()).step()).isEqualTo(step);
        assertThat(requestsAfter)
                .as("requests after the fault")
                .extracting(IncomingRequest::name)
                .isEqualTo(requestsThen);
        assertThat(connections).as("connections").isEqualTo(1);
        leftNothing();
    }

    /** Ended because the server talks nonsense or nothing: an exception that is no mere mistake of ours. */
    IOException gaveUp() {
        assertThat(session).as("a session").isEmpty();
        assertThat(thrown).as("what the login ended with").get().isInstanceOf(IOException.class);
        assertThat(thrown.get().getMessage()).as("its message").isNotBlank();
        keptItsSecrets();
        leftNothing();
        return (IOException) thrown.get();
    }

    /** The same over a wire that spoils what comes down from this frame on. */
    IOException gaveUp(int fromFrame) {
        assertThat(session).as("a session").isEmpty();
        assertThat(thrown).as("what the login ended with").get().isInstanceOf(IOException.class);
        assertThat(thrown.get().getMessage()).as("its message").isNotBlank();
        if (fromFrame < 4) {
            assertThat(calls()).as("calls without a key").isEmpty();
        }
        didNothingTwice();
        leftNothing();
        return (IOException) thrown.get();
    }

    /** What uses up an attempt or sends a message was carried out once at most. */
    void didNothingTwice() {
        for (String method : SECRETS) {
            assertThat(executed(method)).as(method).isLessThanOrEqualTo(1);
        }
    }

    /** Ended with a sentence for the person, fit for a screen, because the server refuses or talks nonsense. */
    LoginRefusedException refused() {
        assertThat(session).as("a session").isEmpty();
        assertThat(thrown).as("what the login ended with").get().isInstanceOf(LoginRefusedException.class);
        assertThat(thrown.get().getMessage()).as("its message").isNotBlank().hasSizeLessThan(1000);
        assertThat(thrown.get().getMessage().chars())
                .as("characters of its message")
                .noneMatch(Character::isISOControl);
        leftNothing();
        return (LoginRefusedException) thrown.get();
    }

    /** No code, proof or api_hash went out after the fault. */
    void keptItsSecrets() {
        assertThat(callsAfter()).as("calls after the fault").doesNotContainAnyElementsOf(SECRETS);
    }

    private void leftNothing() {
        assertThat(files).as("files").isEmpty();
        assertThat(took).as("time").isLessThan(SOON);
    }

    /** Ended in a login, in spite of all. */
    void loggedIn() {
        assertThat(thrown).as("what the login ended with").isEmpty();
        assertThat(session.flatMap(Session::account).map(account -> account.userId()))
                .as("who is logged in")
                .get()
                .asString()
                .startsWith("99966");
        assertThat(files).as("files").containsExactly("login.practice.session");
    }

    /** The calls the server carried out, by name. */
    List<String> calls() {
        return named(requests, Kind.CALL);
    }

    private List<String> callsAfter() {
        return named(requestsAfter, Kind.CALL);
    }

    long executed(String method) {
        return calls().stream().filter(method::equals).count();
    }

    private static List<String> named(List<IncomingRequest> from, Kind kind) {
        return from.stream()
                .filter(request -> request.kind() == kind)
                .map(IncomingRequest::name)
                .toList();
    }
}
