package dev.tgsession.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.examples.Greeter;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.EndOfAnswersException;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.Talk;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.store.SessionStore;
import dev.tgsession.session.store.SessionStores;
import dev.tgsession.sync.SyncListener;
import dev.tgsession.sync.SyncReport;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program of somebody else's does with us, against the practice server. */
class TelegramLoginTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ApiCredentials API = new ApiCredentials(12345, "0123456789abcdef0123456789abcdef");

    private static PracticeServer server;

    private final SessionStore store = SessionStores.inMemory();
    private final ScriptedTalk person = new ScriptedTalk();

    @BeforeAll
    static void open() throws IOException {
        server = PracticeServer.start(
                PracticeSettings.of(RsaPrivateKey.generate(RANDOM), InstantSource.system(), RANDOM));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aLoginIsWonOnceAndKnownFromThenOn() throws Exception {
        person.answers.addAll(List.of("+9996620001", "22222"));
        TelegramLogin telegram = telegram();
        assertThat(telegram.isAuthorised()).isFalse();
        assertThat(telegram.whoAmI()).isEmpty();

        Session session = telegram.logIn();

        assertThat(store.load()).contains(session);
        assertThat(telegram.isAuthorised()).isTrue();
        assertThat(telegram.whoAmI().flatMap(Account::phone)).contains("9996620001");
        // Nobody is asked a second time.
        assertThat(telegram.logIn()).isEqualTo(session);
        assertThat(person.answers).isEmpty();
    }

    @Test
    void theExampleOfTheReadmeGreets() throws Exception {
        person.answers.addAll(List.of("+9996620001", "22222"));
        Greeter greeter = new Greeter(API, store, person);
        assertThat(greeter.greeting(wishes())).matches("Hello .+, you have not met @telegram\\.");
        assertThat(greeter.greeting(wishes())).startsWith("Hello ");
    }

    @Test
    void aPasswordIsAskedForToo() throws Exception {
        person.answers.addAll(List.of("+9996620100", "22222", "practice"));
        assertThat(telegram().logIn().account()).isPresent();
    }

    @Test
    void loggedOutTheSessionIsGoneHereAndThere() throws Exception {
        person.answers.addAll(List.of("+9996620001", "22222"));
        Session session = telegram().logIn();

        assertThat(telegram().logOut()).isTrue();

        assertThat(store.load()).isEmpty();
        assertThat(telegram().logOut()).isFalse();
        store.save(session);
        assertThat(telegram().isAuthorised()).isFalse();
    }

    @Test
    void aSessionThatHasEndedIsWonAgain() throws Exception {
        person.answers.addAll(List.of("+9996620001", "22222"));
        Session ended = telegram().logIn();
        telegram().logOut();
        store.save(ended);
        person.answers.addAll(List.of("+9996620001", "22222"));

        Session session = telegram().logIn();

        assertThat(session.authKey()).isNotEqualTo(ended.authKey());
        assertThat(store.load()).contains(session);
    }

    @Test
    void whomTheAccountKnowsIsStoredBesideThoseThatWereThere() throws Exception {
        assertThat(telegram().sync(SyncListener.NONE)).isEmpty();
        person.answers.addAll(List.of("+9996620703", "22222"));
        Session session = telegram().logIn();
        Peer old = new Peer(77, 78, Optional.empty(), Optional.empty(), Optional.of("Old"), Optional.empty());
        store.save(session.withPeers(List.of(old)));

        SyncReport report = telegram().sync(SyncListener.NONE).orElseThrow();

        assertThat(report.complete()).isTrue();
        assertThat(store.load().orElseThrow().peers())
                .hasSize(report.peers() + 1)
                .contains(old);
        assertThat(EntityCache.of(store.load().orElseThrow()).byUsername("person_18"))
                .isPresent();
    }

    @Test
    void aLoginThatHasEndedHasNobodyToTellOf() throws Exception {
        person.answers.addAll(List.of("+9996620703", "22222"));
        Session session = telegram().logIn();
        telegram().logOut();
        store.save(session);
        assertThatThrownBy(() -> telegram().sync(SyncListener.NONE)).isInstanceOf(LoginRefusedException.class);
        assertThat(store.load()).contains(session);
    }

    @Test
    void withNobodyToAskNothingReachesTelegram() {
        int before = server.requests().size();
        TelegramLogin alone =
                TelegramLogin.of(API, store).server(start(), key()).ready();
        assertThatThrownBy(alone::logIn).isInstanceOf(EndOfAnswersException.class);
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void aLoginThatWasRefusedLeavesTheStoreEmpty() throws Exception {
        person.answers.addAll(List.of("+9996620302"));
        assertThatThrownBy(() -> telegram().logIn()).isInstanceOf(LoginRefusedException.class);
        assertThat(store.load()).isEmpty();
    }

    @Test
    void aWaitIsRememberedWhenTheProgramStartsAnew(@TempDir Path folder) {
        person.answers.addAll(List.of("+9996620301", "+9996620301"));
        assertThatThrownBy(() -> remembering(folder).logIn()).isInstanceOf(LoginRefusedException.class);
        int before = server.requests().size();

        assertThatThrownBy(() -> remembering(folder).logIn())
                .isInstanceOfSatisfying(
                        LoginRefusedException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(LoginRefusedException.Kind.FLOOD_WAIT))
                .hasMessageContaining("nothing was sent");

        assertThat(server.requests()).hasSize(before);
    }

    private TelegramLogin remembering(Path folder) {
        return wishes().asking(new TalkingPrompter(person, Optional.empty()))
                .remembering(new LedgerFile(folder, start(), RANDOM, Clock.systemUTC(), said -> {}))
                .ready();
    }

    @Test
    void aLoginThatCannotBeStoredIsHandedOver() {
        person.answers.addAll(List.of("+9996620001", "22222"));
        SessionStore full = new SessionStore() {
            @Override
            public Optional<Session> load() {
                return Optional.empty();
            }

            @Override
            public void save(Session session) throws IOException {
                throw new IOException("no space left");
            }
        };
        TelegramLogin telegram = TelegramLogin.of(API, full)
                .asking(new TalkingPrompter(person, Optional.empty()))
                .server(start(), key())
                .ready();
        assertThatThrownBy(telegram::logIn)
                .isInstanceOfSatisfying(
                        UnsavedLoginException.class,
                        unsaved -> assertThat(unsaved.session().account()).isPresent())
                .hasMessageContaining("no space left");
    }

    @Test
    void aBlankDeviceIsRefused() {
        assertThatThrownBy(() -> TelegramLogin.of(API, store).calling(" ", "1").ready())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TelegramLogin telegram() {
        return wishes().asking(new TalkingPrompter(person, Optional.empty())).ready();
    }

    private TelegramLogin.Wishes wishes() {
        return TelegramLogin.of(API, store)
                .calling("a test", "2.0")
                .over(TransportChoice.DEFAULT, Duration.ofSeconds(10))
                .server(start(), key())
                .given(RANDOM, Clock.systemUTC(), time -> {});
    }

    private static DataCenter start() {
        InetSocketAddress address = server.address(2);
        return new DataCenter(2, address.getHostString(), address.getPort(), Environment.PRACTICE);
    }

    private static String key() {
        return server.publicKey().toPkcs1Pem();
    }

    /** A person who has all answers ready. */
    private static final class ScriptedTalk implements Talk {
        private final Deque<String> answers = new ArrayDeque<>();
        private final List<String> heard = new ArrayList<>();

        @Override
        public String ask(String prompt) throws IOException {
            heard.add(prompt);
            if (answers.isEmpty()) {
                throw new EndOfAnswersException(prompt);
            }
            return answers.remove();
        }

        @Override
        public Password askHidden(String prompt) throws IOException {
            return Password.of(ask(prompt));
        }

        @Override
        public void tell(String line) {
            heard.add(line);
        }
    }
}
