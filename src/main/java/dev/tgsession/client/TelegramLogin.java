package dev.tgsession.client;

import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Bookmark;
import dev.tgsession.login.ExistingLogin;
import dev.tgsession.login.Ledger;
import dev.tgsession.login.Login;
import dev.tgsession.login.LoginMemory;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.Pause;
import dev.tgsession.login.Prompter;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.store.SessionStore;
import dev.tgsession.sync.PeerSync;
import dev.tgsession.sync.SyncListener;
import dev.tgsession.sync.SyncReport;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The door for programs: api_id and api_hash, a store, somebody to ask, and you have a session that is logged in.
 *
 * <pre>{@code
 * Talk console = new Talk() {
 *     public String ask(String prompt) throws IOException {
 *         String line = System.console().readLine("%s", prompt);
 *         if (line == null) {
 *             throw new EndOfAnswersException(prompt);
 *         }
 *         return line;
 *     }
 *
 *     public Password askHidden(String prompt) {
 *         return new Password(System.console().readPassword("%s", prompt));
 *     }
 *
 *     public void tell(String line) {
 *         System.err.println(line);
 *     }
 * };
 * try (SessionStore store = SessionStores.open("anon")) {
 *     TelegramLogin telegram = TelegramLogin.of(new ApiCredentials(apiId, apiHash), store)
 *             .asking(new TalkingPrompter(console, Optional.empty()))
 *             .ready();
 *     Session session = telegram.logIn();      // asks only if the stored session is not logged in
 *     System.out.println("Hello " + telegram.whoAmI().flatMap(Account::fullName).orElse("you"));
 * }
 * }</pre>
 *
 * <p>It holds no connection: each call dials and hangs up. Use a session in one place at a time: Telegram ends a key that
 * shows up in two.
 */
public final class TelegramLogin {
    private final ApiCredentials api;
    private final SessionStore store;
    private final Prompter prompter;
    private final DataCenter start;
    private final Dialer dialer;
    private final SecureRandom random;
    private final Clock clock;
    private final Pause pause;
    private final LoginMemory memory;

    private TelegramLogin(Wishes wishes, Dialer dialer) {
        this.api = wishes.api;
        this.store = wishes.store;
        this.prompter = wishes.prompter;
        this.start = wishes.start;
        this.random = wishes.random;
        this.clock = wishes.clock;
        this.pause = wishes.pause;
        this.memory = new LoginMemory(wishes.ledger, Bookmark.NONE);
        this.dialer = dialer;
    }

    /** A login to Telegram with that application, kept in that store. */
    public static Wishes of(ApiCredentials api, SessionStore store) {
        return new Wishes(api, store);
    }

    /** What may be wished for before it begins. */
    public static final class Wishes {
        private static final Duration PATIENCE = Duration.ofSeconds(15);

        private final ApiCredentials api;
        private SessionStore store;
        private Prompter prompter = Prompter.nobody();
        private DataCenter start = DataCenters.builtIn(Environment.PRODUCTION, DataCenters.DEFAULT_ID, false);
        private ServerKeys keys = ServerKeys.production();
        private String device = "tgsession";
        private String version = "1.0";
        private TransportChoice transport = TransportChoice.DEFAULT;
        private Duration patience = PATIENCE;
        private SecureRandom random = new SecureRandom();
        private Clock clock = Clock.systemDefaultZone();
        private Pause pause = time -> Thread.sleep(time.toMillis());
        private Ledger ledger = Ledger.NONE;

        private Wishes(ApiCredentials api, SessionStore store) {
            this.api = api;
            this.store = store;
        }

        /** Asks this one for number, code and password. Without, only a session that is logged in already will do. */
        public Wishes asking(Prompter one) {
            this.prompter = one;
            return this;
        }

        /** Whether peers are stored; they are unless this says no. */
        public Wishes saveEntities(boolean save) {
            this.store = store.saveEntities(save);
            return this;
        }

        /**
         * How the login appears in Telegram's list of devices.
         *
         * @param name of the device, not blank
         * @param release of your program, not blank
         */
        public Wishes calling(String name, String release) {
            this.device = name;
            this.version = release;
            return this;
        }

        /**
         * Goes to a server of one's own, such as {@code tgsession practice}.
         *
         * @param publicKeyPem the RSA key by which that server is known
         * @throws IllegalArgumentException if it is no key
         */
        public Wishes server(DataCenter first, String publicKeyPem) {
            this.start = first;
            this.keys = ServerKeys.own(RsaPublicKey.ofPem(publicKeyPem));
            return this;
        }

        /** Goes to Telegram's test servers, which have accounts of their own. */
        public Wishes testServers() {
            this.start = DataCenters.builtIn(Environment.TEST, DataCenters.DEFAULT_ID, false);
            this.keys = ServerKeys.test();
            return this;
        }

        /** How packets travel, and how long the server may take for an answer. */
        public Wishes over(TransportChoice way, Duration longest) {
            this.transport = way;
            this.patience = longest;
            return this;
        }

        /**
         * Remembers what logging in has cost a number, such as in a {@link LedgerFile}: the third code within a day is asked
         * about, and a number that Telegram wants left alone is left alone, also after your program has started anew. Without,
         * nothing is remembered.
         */
        public Wishes remembering(Ledger codesAndWaits) {
            this.ledger = codesAndWaits;
            return this;
        }

        /** Another chance and another time, for tests. */
        public Wishes given(SecureRandom chance, Clock time, Pause waiting) {
            this.random = chance;
            this.clock = time;
            this.pause = waiting;
            return this;
        }

        /** Ready to begin; nobody has been called yet. */
        public TelegramLogin ready() {
            var identity =
                    new ClientIdentity(api.id(), device, System.getProperty("os.name", "unknown"), version, "en");
            Dialer dialer = KeyMakingDialer.overTcp(transport, patience, keys, identity, random, clock);
            return new TelegramLogin(this, dialer);
        }
    }

    /**
     * The stored session if Telegram still knows it. If there is none, or Telegram has ended it, asks for a new login and
     * stores that.
     *
     * @throws LoginRefusedException if Telegram or the person does not want to
     * @throws dev.tgsession.session.format.MalformedSessionException if the store holds something that is no session
     * @throws dev.tgsession.crypto.FailedCheckException if the server fails a security check; nothing is stored then
     * @throws dev.tgsession.login.EndOfAnswersException if somebody has to be asked, and nobody is there
     * @throws UnsavedLoginException if a login was won and could not be stored; it holds the session
     * @throws IOException if the connection or the store fails
     */
    public Session logIn() throws IOException, LoginRefusedException {
        Optional<Session> stored = store.load();
        if (stored.isPresent() && existing(stored.get()).whoAmI().isPresent()) {
            return stored.get();
        }
        store.checkRoom();
        Session won = new Login(dialer, start, api, prompter, clock, pause, random, memory).run();
        try {
            store.save(won);
        } catch (IOException failed) {
            throw new UnsavedLoginException(won, failed);
        }
        return won;
    }

    /**
     * Whether there is a session in the store that Telegram takes for logged in.
     *
     * @throws LoginRefusedException if Telegram does not want to answer now
     * @throws IOException if the connection or the store fails
     */
    public boolean isAuthorised() throws IOException, LoginRefusedException {
        return whoAmI().isPresent();
    }

    /**
     * Asks Telegram whose session that is.
     *
     * @return empty if there is none, or Telegram does not know it (any more)
     * @throws LoginRefusedException if Telegram does not want to answer now
     * @throws IOException if the connection or the store fails
     */
    public Optional<Account> whoAmI() throws IOException, LoginRefusedException {
        Optional<Session> stored = store.load();
        return stored.isPresent() ? existing(stored.get()).whoAmI() : Optional.empty();
    }

    /**
     * Ends the stored login at Telegram and removes it from the store.
     *
     * @return whether there was one to end
     * @throws LoginRefusedException if Telegram does not want to now; the session stays where it is
     * @throws IOException if the connection or the store fails
     */
    public boolean logOut() throws IOException, LoginRefusedException {
        Optional<Session> stored = store.load();
        if (stored.isEmpty()) {
            return false;
        }
        boolean ended = existing(stored.get()).logOut();
        store.delete();
        return ended;
    }

    /**
     * Asks Telegram whom the account of the stored session knows, and stores them beside those that were there: contacts, top
     * peers, and the peers of all dialogs.
     *
     * @param watcher is told how it goes, see {@link SyncListener#NONE}
     * @return what was found, empty if there is no session; if Telegram wants a long rest it ends early and says so, what was
     *     found is stored, and another call brings the rest
     * @throws LoginRefusedException if Telegram does not know this login (any more); what is stored stays as it is
     * @throws IOException if the connection or the store fails; what is stored stays as it is
     */
    public Optional<SyncReport> sync(SyncListener watcher) throws IOException, LoginRefusedException {
        Optional<Session> stored = store.load();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Session session = stored.get();
        EntityCache peers = EntityCache.of(session);
        try (RpcConnection connection = dialer.dial(session.dataCenter(), session.authKey())) {
            SyncReport report = new PeerSync(connection, this::sitOut, clock, watcher, peers::add).run();
            store.save(merged(session, peers));
            return Optional.of(report);
        } catch (RpcException error) {
            throw LoginRefusedException.because(error, clock);
        }
    }

    /** With what another program may have stored meanwhile: asking took its time. */
    private Session merged(Session before, EntityCache found) throws IOException {
        Session now = store.load().orElse(before);
        if (!now.authKey().equals(before.authKey())) {
            throw new IOException("the store holds another login than before, so the peers of this one are not stored");
        }
        EntityCache all = EntityCache.of(now);
        found.peers().forEach(all::add);
        return now.withPeers(all.peers());
    }

    private void sitOut(Duration time) throws InterruptedIOException {
        try {
            pause.pause(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting");
        }
    }

    private ExistingLogin existing(Session session) {
        return new ExistingLogin(dialer, session, prompter, clock, pause);
    }
}
