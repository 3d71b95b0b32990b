package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.cli.terminal.EndOfInputException;
import dev.tgsession.cli.terminal.HungUpException;
import dev.tgsession.cli.terminal.NoConsoleException;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.mtproto.handshake.HandshakeException;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.UnwritableSessionException;
import dev.tgsession.session.store.NoSuchSessionException;
import dev.tgsession.session.store.SessionExistsException;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.transport.MalformedPacketException;
import dev.tgsession.transport.PeerClosedException;
import dev.tgsession.transport.TransportRefusedException;
import dev.tgsession.travel.Seal;
import dev.tgsession.travel.Sealed;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComplaintTest {
    static Stream<Arguments> troublesWithTheirCodes() {
        return Stream.of(
                Arguments.of(new Refusal(ExitCode.USAGE, "No.", "Yes."), ExitCode.USAGE),
                Arguments.of(new NoConsoleException(), ExitCode.NO_CONSOLE),
                Arguments.of(new EndOfInputException(), ExitCode.END_OF_INPUT),
                Arguments.of(new PersonInterruptedException(), ExitCode.INTERRUPTED),
                Arguments.of(new FailedCheckException("resPQ", "another nonce"), ExitCode.SECURITY),
                Arguments.of(new MalformedTlException("nonsense"), ExitCode.SECURITY),
                Arguments.of(new MalformedPacketException("too long"), ExitCode.SECURITY),
                Arguments.of(new TransportRefusedException(-404), ExitCode.NETWORK),
                Arguments.of(new TransportRefusedException(-429), ExitCode.NETWORK),
                Arguments.of(new TransportRefusedException(-444), ExitCode.NETWORK),
                Arguments.of(new TransportRefusedException(-403), ExitCode.NETWORK),
                Arguments.of(new UnknownHostException("nowhere.example"), ExitCode.NETWORK),
                Arguments.of(new SocketTimeoutException("Read timed out"), ExitCode.NETWORK),
                Arguments.of(new ConnectException("Connection refused"), ExitCode.NETWORK),
                Arguments.of(new NoRouteToHostException("No route to host"), ExitCode.NETWORK),
                Arguments.of(new SocketException("Connection reset"), ExitCode.NETWORK),
                Arguments.of(new PeerClosedException(3), ExitCode.NETWORK),
                Arguments.of(new EOFException(), ExitCode.NETWORK),
                Arguments.of(new HandshakeException("dh_gen_fail"), ExitCode.NETWORK),
                Arguments.of(new SessionExistsException("login.session"), ExitCode.WOULD_OVERWRITE),
                Arguments.of(new NoSuchSessionException("login.session"), ExitCode.BAD_FILE),
                Arguments.of(
                        new MalformedSessionException(Finding.error("no-session", "This is no session.", "Look.")),
                        ExitCode.BAD_FILE),
                Arguments.of(wrongPassphrase(), ExitCode.BAD_FILE),
                Arguments.of(new UnwritableSessionException("Too long.", "Shorten it."), ExitCode.FAILED),
                Arguments.of(new NoSuchFileException("x.pem"), ExitCode.BAD_FILE),
                Arguments.of(new AccessDeniedException("x.pem"), ExitCode.BAD_FILE),
                Arguments.of(new FileSystemException("x", null, "Too many links"), ExitCode.BAD_FILE),
                Arguments.of(new IOException("something else"), ExitCode.FAILED),
                Arguments.of(new IllegalStateException("a mistake"), ExitCode.FAILED));
    }

    private static Exception wrongPassphrase() {
        byte[] message = new Seal(new SecureRandom())
                .withPassphrase(Password.of("right"))
                .seal(new byte[0]);
        try {
            Sealed.of(message).open(Password.of("wrong"));
        } catch (IOException wrong) {
            return wrong;
        }
        throw new AssertionError("it opened");
    }

    @ParameterizedTest
    @MethodSource("troublesWithTheirCodes")
    void everyTroubleHasItsCodeAndAWholeSentence(Exception trouble, ExitCode code) {
        Complaint complaint = Complaint.about(trouble);
        assertThat(complaint.code()).isEqualTo(code);
        assertThat(complaint.sentence().orElseThrow())
                .endsWith(".")
                .doesNotContain("null")
                .doesNotEndWith("..");
    }

    @Test
    void afterAHangUpThereIsNobodyToTell() {
        Complaint complaint = Complaint.about(new HungUpException());
        assertThat(complaint.code()).isEqualTo(ExitCode.HUNG_UP);
        assertThat(complaint.sentence()).isEmpty();
        assertThat(complaint.hint()).isEmpty();
    }

    @Test
    void aFailedCheckIsNamedWithItsStep() {
        Complaint complaint = Complaint.about(new FailedCheckException("server_DH_inner_data", "g_a is out of range"));
        assertThat(complaint.sentence().orElseThrow()).contains("server_DH_inner_data", "g_a is out of range");
        assertThat(complaint.hint().orElseThrow()).contains("nothing was saved");
    }

    @Test
    void aMistakeOfOursIsOwnedUpTo() {
        Complaint complaint = Complaint.about(new IllegalStateException("state 7"));
        assertThat(complaint.sentence().orElseThrow()).contains("mistake in tgsession", "IllegalStateException");
        assertThat(complaint.hint().orElseThrow()).contains("--debug");
    }

    @Test
    void numbersAreNeverChanged() {
        int[] promised = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 65, 129, 130, 143};
        assertThat(Stream.of(ExitCode.values()).mapToInt(ExitCode::number)).containsExactly(box(promised));
    }

    private static Integer[] box(int[] numbers) {
        Integer[] boxed = new Integer[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }
}
