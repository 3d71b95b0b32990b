package dev.tgsession.session.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a session takes along into each format, what it leaves behind, and what is asked for. */
class ConversionTest {
    private static final SessionFormats FORMATS =
            SessionFormats.standard(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

    private static final Session LEAST =
            Session.of(DataCenters.builtIn(Environment.PRODUCTION, 4, false), AuthKey.of(nines()));

    private static final Peer CHANNEL = new Peer(
            -1_000_000_000_042L,
            -7,
            Optional.of("channel"),
            Optional.empty(),
            Optional.of("A Channel"),
            Optional.of(Instant.ofEpochSecond(1_600_000_000)),
            Optional.of(PeerType.SUPERGROUP),
            List.of("second"));

    /** One that has all a session can have. */
    private static final Session FULL = LEAST.withAccount(new Account(
                    5_000_000_001L,
                    true,
                    Optional.of(77L),
                    Optional.of("Anna"),
                    Optional.empty(),
                    Optional.of("anna_bot"),
                    Optional.empty()))
            .withPeers(List.of(CHANNEL))
            .withUpdateState(new UpdateState(1, 2, 3, 4))
            .withChannelStates(List.of(new ChannelState(-1_000_000_000_042L, 5, 6)))
            .withApiId(12345);

    /** From each format to each other and on to a third, nothing is lost that was not told. */
    @TestFactory
    Stream<DynamicTest> nothingIsLostUntold() {
        List<DynamicTest> tests = new ArrayList<>();
        for (SessionFormat first : FORMATS.all()) {
            for (SessionFormat second : FORMATS.all()) {
                tests.add(dynamicTest(first.name() + " to " + second.name(), () -> {
                    Session read = through(FULL, first);
                    assertThat(missing(FULL, read))
                            .isEqualTo(Conversion.of(FULL, first).losses());
                    Session known = read.account().isPresent()
                            ? read
                            : read.withAccount(FULL.account().orElseThrow());
                    assertThat(missing(known, through(known, second)))
                            .isEqualTo(Conversion.of(known, second).losses());
                }));
            }
        }
        return tests.stream();
    }

    @Test
    void pyrogramAndItsKinAskWhoseItIsAndByWhichApplication() throws IOException {
        for (String name : List.of("pyrogram", "pyrogram-string", "kurigram")) {
            Conversion conversion = Conversion.of(LEAST, format(name));

            assertThat(conversion.needs())
                    .isEqualTo(new Needs(Set.of(SessionPart.USER_ID, SessionPart.BOT), Set.of(SessionPart.API_ID)));
            assertThat(conversion.needs().areMet()).isFalse();
            assertThatThrownBy(conversion::write).isInstanceOf(UnwritableSessionException.class);

            Conversion answered = conversion.ofUser(7, true).ofApplication(8);
            assertThat(answered.needs()).isEqualTo(new Needs(Set.of(), Set.of()));
            Session read = format(name).read(answered.write().toSource("written"));
            assertThat(read.account()).contains(Account.of(7, true));
            assertThat(read.apiId()).contains(8);
        }
    }

    @Test
    void withoutAnApplicationIsWrittenAllTheSame() throws IOException {
        for (String name : List.of("pyrogram", "pyrogram-string", "kurigram")) {
            Conversion conversion = Conversion.of(LEAST, format(name)).ofUser(7, false);

            assertThat(conversion.needs().areMet()).isTrue();
            assertThat(conversion.needs().welcome()).containsExactly(SessionPart.API_ID);
            assertThat(format(name).read(conversion.write().toSource("written")).apiId())
                    .isEmpty();
        }
    }

    @Test
    void theOthersAskForNothing() {
        for (String name : List.of("telethon", "telethon-string", "gramjs-string")) {
            assertThat(Conversion.of(LEAST, format(name)).needs()).isEqualTo(new Needs(Set.of(), Set.of()));
        }
    }

    /** Telethon below 1.28 does not note whose a session is, but may have met them. */
    @Test
    void anOwnerWhoWasMetIsKnown() throws IOException {
        Peer anna = new Peer(
                7, 11, Optional.of("anna"), Optional.of("4420"), Optional.of("Anna Example"), Optional.empty());
        Session session = Conversion.of(LEAST.withPeers(List.of(CHANNEL, anna)), format("kurigram"))
                .ofUser(7, false)
                .session();

        assertThat(session.peers()).containsExactly(CHANNEL);
        assertThat(session.account())
                .contains(new Account(
                        7,
                        false,
                        Optional.of(11L),
                        Optional.of("Anna Example"),
                        Optional.empty(),
                        Optional.of("anna"),
                        Optional.of("4420")));
    }

    /** From file to file, without a session that holds the peers in between. */
    @Test
    void whatIsReadAsItIsWrittenIsTheSame(@TempDir Path folder) throws IOException {
        for (String first : List.of("telethon", "pyrogram", "kurigram")) {
            SessionSource source = format(first).write(FULL).toSource("source");
            for (SessionFormat second : FORMATS.all()) {
                Conversion inOneGo = Conversion.of(format(first).read(source), second);
                Conversion passedOn = Conversion.of(format(first), source, second);
                Path file = Files.createTempFile(folder, "out", ".session");
                passedOn.writeTo(file);

                assertThat(passedOn.losses()).isEqualTo(inOneGo.losses());
                assertThat(second.read(SessionSource.ofFile(file)))
                        .isEqualTo(second.read(inOneGo.write().toSource(file.toString())))
                        .isEqualTo(second.read(passedOn.write().toSource(file.toString())));
            }
        }
    }

    /** Whoever turns out to be the owner is no peer any more, and does not stand for the others. */
    @Test
    void whatIsLostIsToldOfTheOthersToo() throws IOException {
        Peer owner = new Peer(7, 11, Optional.empty(), Optional.empty(), Optional.of("Anna"), Optional.empty());
        SessionFormat string = format("pyrogram-string");

        assertThat(Conversion.of(LEAST.withPeers(List.of(owner, CHANNEL)), string)
                        .ofUser(7, false)
                        .losses())
                .contains(SessionPart.PEERS, SessionPart.MORE_USERNAMES);
        assertThat(Conversion.of(LEAST.withPeers(List.of(owner)), string)
                        .ofUser(7, false)
                        .losses())
                .doesNotContain(SessionPart.PEERS);
    }

    @Test
    void nobodyTakesOverSomebodyElsesSession() {
        Conversion conversion = Conversion.of(FULL, format("pyrogram"));

        assertThatThrownBy(() -> conversion.ofUser(1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Conversion.of(LEAST, format("pyrogram")).ofUser(0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What a format only guesses, such as Telethon's bots, who says it knows better. */
    @Test
    void whetherItIsABotCanBeCorrected() throws IOException {
        Session session = Conversion.of(FULL, format("pyrogram"))
                .ofUser(5_000_000_001L, false)
                .session();

        assertThat(session.account().orElseThrow().bot()).isFalse();
        assertThat(session.account().orElseThrow().username()).contains("anna_bot");
    }

    /** A name of Telegram's is a door for browsers: whoever speaks plain TCP needs the address. */
    @Test
    void aNameForBrowsersBecomesAnAddressForEverybodyElse() throws IOException {
        Session named = LEAST.at(new DataCenter(4, "zws4.web.telegram.org", 443, Environment.PRODUCTION));

        for (SessionFormat format : FORMATS.all()) {
            Conversion conversion = Conversion.of(named, format).ofUser(7, false);
            DataCenter server =
                    format.read(conversion.write().toSource("written")).dataCenter();
            boolean gramjs = format.name().equals("gramjs-string");
            assertThat(server).isEqualTo(gramjs ? named.dataCenter() : LEAST.dataCenter());
            assertThat(conversion.losses().contains(SessionPart.HOST_NAME)).isEqualTo(!gramjs);
        }
    }

    @Test
    void aServerOfOnesOwnKeepsItsNameAndAddress() throws IOException {
        Session named = LEAST.at(new DataCenter(2, "localhost", 9443, Environment.PRACTICE));

        for (String name : List.of("telethon", "kurigram", "gramjs-string")) {
            Conversion conversion = Conversion.of(named, format(name)).ofUser(7, false);
            assertThat(format(name).read(conversion.write().toSource("written")).dataCenter())
                    .isEqualTo(named.dataCenter());
            assertThat(conversion.losses()).doesNotContain(SessionPart.ADDRESS, SessionPart.ENVIRONMENT);
        }
        assertThat(Conversion.of(named, format("pyrogram")).losses())
                .contains(SessionPart.ADDRESS, SessionPart.ENVIRONMENT);
        assertThatThrownBy(() -> Conversion.of(named, format("telethon-string")).write())
                .isInstanceOf(UnwritableSessionException.class)
                .hasMessageContaining("host name");
    }

    @Test
    void aTestSessionStaysOne() throws IOException {
        Session test = LEAST.at(DataCenters.builtIn(Environment.TEST, 3, false));

        for (SessionFormat format : FORMATS.all()) {
            Conversion conversion = Conversion.of(test, format).ofUser(7, false);
            assertThat(format.read(conversion.write().toSource("written")).dataCenter())
                    .isEqualTo(test.dataCenter());
            assertThat(conversion.losses()).doesNotContain(SessionPart.ENVIRONMENT);
        }
    }

    private static Session through(Session session, SessionFormat format) throws IOException {
        return format.read(Conversion.of(session, format).write().toSource("written"));
    }

    /** What of the first is not in the second. */
    private static Set<SessionPart> missing(Session before, Session after) {
        Set<SessionPart> missing = EnumSet.noneOf(SessionPart.class);
        for (SessionPart part : SessionPart.values()) {
            if (part.isIn(before) && !part.isIn(after)) {
                missing.add(part);
            }
        }
        return missing;
    }

    private static SessionFormat format(String name) {
        return FORMATS.named(name).orElseThrow();
    }

    private static byte[] nines() {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) 9);
        return key;
    }
}
