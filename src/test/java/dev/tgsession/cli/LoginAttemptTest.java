package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginAttemptTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Label ANNA = new Label("anna", "a device", "");
    private static final DataCenter TELEGRAM = DataCenters.builtIn(Environment.PRODUCTION, 2, false);
    private static final String COUNT = "the count of codes asked for";

    @TempDir
    Path folder;

    @Test
    void aHostThatForgetsIsSaidToForgetHowManyCodesWereAskedFor() {
        assertThat(said(TELEGRAM, Optional.empty()))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(COUNT));
    }

    @Test
    void codesOfOnesOwnServerAreNotCounted() {
        DataCenter own = new DataCenter(2, "127.0.0.1", 4430, Environment.PRACTICE);
        assertThat(said(own, Optional.empty())).isEmpty();
    }

    @Test
    void whoGoesOnAsksForNoCodeAndHearsOnlyWithWhichLogin() {
        var sent = new PlainSentCode(new SentCodeTypeApp(5), "a hash", Optional.empty(), Optional.empty());
        var login = new PendingLogin(
                TELEGRAM,
                AuthKey.of(new byte[AuthKey.SIZE]),
                12345,
                new PhoneNumber("4917012345678"),
                sent,
                NOON,
                false);
        assertThat(said(TELEGRAM, Optional.of(new Unfinished(ANNA, login))))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("+4917012345678").doesNotContain(COUNT));
    }

    private List<String> said(DataCenter start, Optional<Unfinished> begun) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Given given = new Given(
                Map.of("XDG_STATE_HOME", folder.toString(), "DYNO", "run.1234"),
                folder,
                false,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                new StandardStreams(),
                new Endings(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                SecureRandom::new,
                () -> {});
        Listener listener = new Listener(true);
        LoginAttempt.remembered(given, listener, start, new UnfinishedLogins(given), ANNA, begun);
        return listener.heard;
    }
}
