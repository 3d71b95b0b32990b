package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.practice.PhoneMessage;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts the commands are put together from. */
class CliPartsTest {
    private static final DataCenter TELEGRAM = DataCenters.builtIn(Environment.PRODUCTION, 2, false);

    @TempDir
    Path folder;

    @Test
    void everyTransportHasANameThatLeadsBackToIt() {
        for (TransportChoice choice : TransportChoice.all()) {
            assertThat(Transports.named(Transports.nameOf(choice))).contains(choice);
        }
        assertThat(Transports.named("obfuscated-intermediate")).contains(TransportChoice.DEFAULT);
        assertThat(Transports.named("obfuscated-full")).isEmpty();
        assertThat(Transports.names()).hasSameSizeAs(TransportChoice.all()).doesNotHaveDuplicates();
    }

    @Test
    void aDeviceIsNamedAfterItsHost() {
        assertThat(DeviceName.of(Map.of("HOSTNAME", "myhost")))
                .startsWith("tgsession on ")
                .hasSizeGreaterThan(13);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/state, /home/anna, /var/state/tgsession",
        "relative, /home/anna, /home/anna/.local/state/tgsession",
        "'', /home/anna, /home/anna/.local/state/tgsession"
    })
    void ourOwnThingsAreKeptWhereOthersKeepTheirs(String state, String home, Path expected) {
        assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", state, "HOME", home)))
                .isEqualTo(expected);
    }

    @Test
    void anAccountIsCalledByWhatIsKnownOfIt() {
        assertThat(Words.about(Account.of(7, false))).isEqualTo("(id 7)");
        assertThat(Words.about(new Account(
                        8,
                        true,
                        Optional.empty(),
                        Optional.of("Echo"),
                        Optional.empty(),
                        Optional.of("echo_bot"),
                        Optional.empty())))
                .isEqualTo("the bot Echo (@echo_bot, id 8)");
        assertThat(Words.withoutSuffix("anna.session", ".session")).isEqualTo("anna");
    }

    @Test
    void telegramAndItsKeysBelongTogether() throws Refusal {
        Destination production = Destination.telegram(Environment.PRODUCTION, 4, true);
        assertThat(production.start().isIpv6()).isTrue();
        assertThat(production.start().id()).isEqualTo(4);
        assertThat(Destination.telegram(Environment.TEST, 3, false).environment())
                .isEqualTo(Environment.TEST);
        assertThatThrownBy(() -> Destination.telegram(Environment.PRACTICE, 1, false))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":443", "localhost:70000", "local host:443", "localhost:443:x"})
    void anAddressNeedsHostAndPort(String address) {
        Path key = Path.of("src/test/resources/none.pem");
        assertThatThrownBy(() -> Destination.own(address, key, 2))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void aLoginIsNotBegunBeforeEverythingIsReady() throws Exception {
        List<String> story = new ArrayList<>();
        Dialer dialer = new Dialer() {
            @Override
            public RpcConnection dial(DataCenter dataCenter) throws IOException {
                story.add("dialled");
                throw new IOException("that is enough");
            }

            @Override
            public RpcConnection dial(DataCenter dataCenter, dev.tgsession.crypto.AuthKey key) throws IOException {
                return dial(dataCenter);
            }
        };
        var ready = InAMoment.begin("ready", () -> story.add("ready"));
        assertThatThrownBy(() -> PreparedDialer.after(ready, dialer).dial(TELEGRAM))
                .hasMessage("that is enough");
        assertThat(story).containsExactly("ready", "dialled");

        var broken = InAMoment.begin("broken", () -> {
            throw new IOException("no library");
        });
        assertThatThrownBy(() -> PreparedDialer.after(broken, dialer).dial(TELEGRAM))
                .hasMessage("no library");
        assertThat(story).as("no second call").hasSize(2);
    }

    @Test
    void thePracticePhoneHasAFrameForPeopleAndALineForLogs() {
        var message = new PhoneMessage(
                "9996620001",
                PhoneMessage.Way.SMS,
                "Login code: 22222. A text that is much too long for one line has to be broken where a word ends.",
                "22222",
                Instant.EPOCH);
        List<String> framed = new ArrayList<>();
        new PracticeScreen(framed::add, true).arrived(message);
        assertThat(framed).hasSize(4).allSatisfy(line -> assertThat(line).hasSameSizeAs(framed.get(0)));
        assertThat(framed.get(0))
                .startsWith("┌─ practice phone +9996620001, by SMS ─")
                .endsWith("─┐");
        assertThat(framed.get(1)).startsWith("│ Login code: 22222. A text").endsWith(" │");

        List<String> logged = new ArrayList<>();
        new PracticeScreen(logged::add, false).arrived(message);
        assertThat(logged).singleElement().asString().startsWith("[practice phone +9996620001, by SMS] Login code");
    }

    @Test
    void reasonsOfTheServerAreForThoseWhoWriteAClient() {
        List<String> lines = new ArrayList<>();
        var quiet = new PracticeScreen(lines::add, false);
        quiet.refused(2, "a nonce");
        quiet.note(2, "a client went away");
        assertThat(lines).isEmpty();
        var open = PracticeScreen.withReasons(lines::add, false);
        open.refused(2, "a nonce");
        open.note(3, "a client went away");
        assertThat(lines).containsExactly("data center 2 refuses: a nonce", "data center 3: a client went away");
    }

    @Test
    void aKeyOfTelegramsIsNotTakenForAnotherServer() throws IOException {
        // Telegram's production key, as its clients carry it; from TDLib.
        BigInteger modulus = new BigInteger(
                "e8bb3305c0b52c6cf2afdf7637313489e63e05268e5badb601af417786472e5f"
                        + "93b85438968e20e6729a301c0afc121bf7151f834436f7fda680847a66bf64accec78ee21c0b316f0edafe2f41908da7"
                        + "bd1f4a5107638eeb67040ace472a14f90d9f7c2b7def99688ba3073adb5750bb02964902a359fe745d8170e36876d4fd"
                        + "8a5d41b2a76cbff9a13267eb9580b2d06d10357448d20d9da2191cb5d8c93982961cdfdeda629e37f1fb09a072202769"
                        + "6032fe61ed663db7a37f6f263d370f69db53a0dc0a1748bdaaff6209d5645485e6e001d1953255757e4b8e42813347b1"
                        + "1da6ab500fd0ace7e6dfa3736199ccaf9397ed0745a427dcfa6cd67bcb1acff3",
                16);
        Path pem = folder.resolve("telegram.pem");
        Files.writeString(pem, new RsaPublicKey(modulus, BigInteger.valueOf(65537)).toPkcs1Pem());
        assertThatThrownBy(() -> Destination.own("127.0.0.1:443", pem, 2))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("key of Telegram");
    }

    @Test
    void anyOtherKeyIsTakenForTheServerItWasNamedWith() throws Exception {
        Path pem = folder.resolve("own.pem");
        Files.writeString(
                pem, RsaPrivateKey.generate(new SecureRandom()).publicKey().toSpkiPem());
        Destination own = Destination.own("[::1]:4430", pem, 3);
        assertThat(own.start()).isEqualTo(new DataCenter(3, "::1", 4430, Environment.PRACTICE));
    }
}
