package dev.tgsession.practice;

import dev.tgsession.crypto.RsaPublicKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Five data centres to practise with, on consecutive ports of this machine, for clients of this machine only.
 *
 * <p>Whoever wants to log in here needs {@link #publicKey()} and {@link #address(int)}. What the numbers do is listed by
 * {@link #examples(int)}; what arrives on the practice phone is told to the {@link PracticeConsole}.
 */
public final class PracticeServer implements AutoCloseable {
    /** How many data centres there are, numbered from 1. */
    public static final int DATA_CENTRES = PracticeAccounts.DCS;

    private static final int MOST_CONNECTIONS = 256;
    private static final int BACKLOG = 128;
    private static final int STACK_BYTES = 1 << 19;
    private static final Duration STUCK = Duration.ofSeconds(20);
    private static final int TIMERS = 2;
    private static final int TRIES_FOR_PORTS = 50;

    private final RsaPublicKey publicKey;
    private final PracticeConsole console;
    private final FaultWatch faults;
    private final SecureRandom random;
    private final List<ServerSocket> doors;
    private final ScheduledExecutorService timers;
    private final IncomingRequests requests;
    private final PracticeAccounts accounts;
    private final PracticeSessions sessions;
    private final KeyExchange keyExchange;
    private final EncryptedTraffic traffic;
    private final Set<PracticeConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionNumbers = new AtomicInteger();
    private volatile boolean closed;

    private PracticeServer(PracticeSettings settings, List<ServerSocket> doors) {
        this.publicKey = settings.key().publicKey();
        this.console = settings.console();
        this.faults = new FaultWatch(settings.faults(), console);
        this.random = settings.random();
        this.doors = doors;
        this.timers = Executors.newScheduledThreadPool(TIMERS, task -> thread("practice-timer", task));
        InstantSource clock = () -> settings.clock().instant().plus(settings.clockSkew());
        this.requests = new IncomingRequests(clock, faults);
        this.accounts = new PracticeAccounts(random);
        this.sessions = new PracticeSessions(clock);

        AuthKeys keys = new AuthKeys();
        Conduct conduct = new Conduct(faults);
        Salts salts = new Salts(clock, random, conduct);
        Layers layers = new Layers();
        Outbox outbox = new Outbox(clock, salts, random, conduct, keys, sessions);
        Reception reception = new Reception(clock, sessions);
        openDesks(reception, clock, keys, layers, outbox);
        new DialogDesk(clock, settings.dialogs()).open(reception);
        var serviceDesk = new ServiceDesk(clock, salts, keys, sessions, outbox, conduct, console, requests);
        this.keyExchange = new KeyExchange(settings, clock, keys, faults, requests);
        this.traffic = new EncryptedTraffic(
                clock,
                random,
                keys,
                salts,
                sessions,
                outbox,
                layers,
                serviceDesk,
                reception,
                conduct,
                console,
                requests,
                this::later,
                settings.strict());
    }

    /** The desks, each with the methods it answers. */
    private void openDesks(Reception reception, InstantSource clock, AuthKeys keys, Layers layers, Outbox outbox) {
        Announcer announcer = (owner, update) -> later(Duration.ZERO, () -> {
            for (PracticeSession session : sessions.of(owner)) {
                int layer = Layers.nearest(session.key().layer());
                outbox.unasked(session, layers.write(update, layer));
            }
        });
        PracticePhone phone = new PracticePhone(console, clock, this::later, announcer);
        Logins logins = new Logins(clock, random);
        LoginDesk loginDesk = new LoginDesk(accounts, phone, logins, clock, random);
        loginDesk.open(reception);
        new EmailDesk(loginDesk, phone, clock).open(reception);
        new PasswordDesk(phone, logins, clock, random).open(reception);
        new BotDesk(accounts, logins).open(reception);
        new TransferDesk(logins, clock, random).open(reception);
        new TokenDesk(accounts, logins, clock, random, announcer, console).open(reception);
        new KeyDesk(keys, sessions, clock).open(reception);
        new AccountDesk().open(reception);
        new UserDesk(accounts, clock).open(reception);
        new HelpDesk(clock, this::addresses).open(reception);
    }

    /**
     * Opens five ports and begins to answer.
     *
     * @throws IOException if the ports are taken
     */
    public static PracticeServer start(PracticeSettings settings) throws IOException {
        PracticeServer server = new PracticeServer(settings, openDoors(settings.basePort()));
        for (int dc = 1; dc <= DATA_CENTRES; dc++) {
            int number = dc;
            ServerSocket door = server.doors.get(dc - 1);
            thread("practice-dc-" + dc, () -> server.receive(door, number)).start();
        }
        server.timers.scheduleWithFixedDelay(server::tidy, 1, 1, TimeUnit.SECONDS);
        return server;
    }

    private static List<ServerSocket> openDoors(int basePort) throws IOException {
        IOException last = new IOException("no five free ports in a row");
        for (int attempt = 0; attempt < (basePort == 0 ? TRIES_FOR_PORTS : 1); attempt++) {
            List<ServerSocket> doors = new ArrayList<>();
            try {
                ServerSocket first = open(basePort == 0 ? 0 : basePort + 1);
                doors.add(first);
                for (int next = 1; next < DATA_CENTRES; next++) {
                    doors.add(open(first.getLocalPort() + next));
                }
                return doors;
            } catch (IOException | IllegalArgumentException e) {
                closeAll(doors);
                last = new IOException(
                        "five ports in a row are needed, and one of them is taken: " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private static ServerSocket open(int port) throws IOException {
        // Never on all interfaces: whoever could reach this server could log in to it.
        return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Where a data centre listens. */
    public InetSocketAddress address(int dc) {
        return (InetSocketAddress) doors.get(dc - 1).getLocalSocketAddress();
    }

    private List<InetSocketAddress> addresses() {
        List<InetSocketAddress> all = new ArrayList<>();
        for (int dc = 1; dc <= DATA_CENTRES; dc++) {
            all.add(address(dc));
        }
        return all;
    }

    /** What clients have to know this server by. */
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    /**
     * What can be typed at a login here, with what happens then.
     *
     * @param dc the data centre whose numbers to list, 1 to 5
     */
    public static List<PracticeExample> examples(int dc) {
        return Scenarios.examples(dc);
    }

    /** What clients have done so far, the oldest first, by name; the last ten thousand of it. */
    public List<IncomingRequest> requests() {
        return requests.all();
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    /** How many sessions are remembered, connected or not. */
    public int sessions() {
        return sessions.size();
    }

    private void receive(ServerSocket door, int dc) {
        while (!closed) {
            try {
                admit(door.accept(), dc);
            } catch (IOException e) {
                if (!closed) {
                    console.note(dc, "a connection could not be accepted: " + e.getMessage());
                }
            }
        }
    }

    private void admit(Socket socket, int dc) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS) {
            console.note(dc, "more than " + MOST_CONNECTIONS + " connections; one more is turned away");
            socket.close();
            return;
        }
        var connection = new PracticeConnection(
                socket,
                dc,
                connectionNumbers.incrementAndGet(),
                random,
                System::nanoTime,
                keyExchange,
                traffic,
                faults,
                console,
                requests);
        connections.add(connection);
        Thread thread = thread("practice-connection-" + connection.number(), () -> {
            try {
                connection.run();
            } finally {
                faults.ended(connection);
                connections.remove(connection);
            }
        });
        thread.start();
        if (closed) {
            connection.close();
        }
    }

    private void tidy() {
        for (PracticeConnection connection : connections) {
            connection.giveUpIfStuck(STUCK);
        }
        sessions.sweep();
    }

    private void later(Duration delay, Runnable task) {
        try {
            timers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server has been closed; there is nobody left to do it for.
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /** Hangs up on everybody and frees the ports. */
    @Override
    public void close() {
        closed = true;
        closeAll(doors);
        timers.shutdownNow();
        for (PracticeConnection connection : connections) {
            connection.close();
        }
    }

    private static void closeAll(List<ServerSocket> doors) {
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                // It is as closed as it can be.
            }
        }
    }
}
