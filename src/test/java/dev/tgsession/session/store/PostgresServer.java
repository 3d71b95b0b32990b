package dev.tgsession.session.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL server for tests, with a user, a password and TLS. Its programs are those Maven brought along, else
 * those of the system. The server refuses to be run by root; started by root, it runs as {@code nobody}.
 */
public final class PostgresServer implements AutoCloseable {
    static final String USER = "tester";
    /** With every sign in it that means something in a URL. */
    public static final String PASSWORD = "s3cret:/?#[]@!$&'()*+,;=%20 ü";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final Path programs;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** One for all tests of this run, stopped when it ends; where no server can be had, the test is skipped. */
    public static PostgresServer shared() {
        Assumptions.assumeTrue(
                Shared.SERVER.isPresent(),
                () -> "no PostgreSQL server can be had here, so this was not tested: " + Shared.TROUBLE);
        return Shared.SERVER.orElseThrow();
    }

    /** One of its own, for tests that are hard on it. */
    static PostgresServer start() {
        try {
            return start(shared().programs);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A new database on it, as a URL like Heroku's. */
    public String newDatabase() {
        String name = "tgsession_" + DATABASES.incrementAndGet();
        try (Connection admin = connect("postgres");
                var statement = admin.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
        return url(name);
    }

    String url(String database) {
        return "postgres://" + USER + ":" + encoded(PASSWORD) + "@127.0.0.1:" + port + "/" + database;
    }

    int port() {
        return port;
    }

    /** A connection of the test's own, by URL. */
    static Connection connect(String url, Map<String, String> more) throws SQLException {
        PostgresAddress address;
        try {
            address = PostgresAddress.of(url, Map.of());
        } catch (StoreException failed) {
            throw new AssertionError(failed);
        }
        Properties properties = address.properties();
        properties.putAll(more);
        Connection made = new org.postgresql.Driver().connect(address.jdbcUrl(), properties);
        if (made == null) {
            throw new AssertionError("no connection");
        }
        return made;
    }

    /** Runs a statement. */
    public static void execute(String url, String sql) {
        try (Connection connection = connect(url, Map.of());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** The only value a query gives, as text. */
    public static String query(String url, String sql) {
        try (Connection connection = connect(url, Map.of());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** As if the power had failed: all its processes at once, without a word. */
    void kill() {
        Process running = process.orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(PostgresServer::waitForTheEndOf);
        process = Optional.empty();
    }

    /** Where nobody collects what a dead process leaves, it seems alive for ever; that shall not keep the tests from ending. */
    private static void waitForTheEndOf(ProcessHandle killed) {
        killed.onExit().completeOnTimeout(killed, 10, TimeUnit.SECONDS).join();
    }

    /** Starts it again on the same port. */
    void startAgain() throws IOException {
        Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
        List<String> command = new ArrayList<>(asSomebody());
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-k",
                "",
                "-F",
                "-N",
                "150"));
        process = Optional.of(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start());
        waitUntilReady();
    }

    @Override
    public void close() {
        if (process.isPresent()) {
            kill();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException stays) {
            // A temporary folder more or less.
        }
    }

    private static PostgresServer start(Path programs) throws IOException {
        Path folder = Files.createTempDirectory("tgsession-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresServer server = new PostgresServer(folder, programs, freePort());
        server.prepare();
        server.startAgain();
        return server;
    }

    private void prepare() throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        own(password);
        own(Files.createDirectory(folder.resolve("data")));
        List<String> command = new ArrayList<>(asSomebody());
        command.addAll(List.of(
                programs.resolve("initdb").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--no-locale",
                "-N"));
        Process initdb = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.onExit().join().exitValue() != 0) {
            throw new IOException("initdb: " + said);
        }
        for (String name : List.of("server.crt", "server.key")) {
            Path file = folder.resolve("data").resolve(name);
            try (InputStream in = PostgresServer.class.getResourceAsStream(name)) {
                Files.copy(java.util.Objects.requireNonNull(in), file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            own(file);
        }
        Path settings = folder.resolve("data/postgresql.auto.conf");
        Files.writeString(settings, "ssl = on\nshared_buffers = 32MB\nmax_wal_size = 256MB\n");
        own(settings);
    }

    private void waitUntilReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                connect("postgres").close();
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > end || !process.orElseThrow().isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("log")), notYet);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        return connect(url(database), Map.of());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What has to stand before a command so that somebody else than root runs it. */
    private static List<String> asSomebody() {
        if (!isRoot()) {
            return List.of();
        }
        return Files.isExecutable(Path.of("/usr/bin/setpriv"))
                ? List.of("/usr/bin/setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups")
                : List.of("runuser", "-u", "nobody", "--");
    }

    private static void own(Path path) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", one));
        }
        return encoded.toString();
    }

    /** Made when a test first asks for it. */
    private static final class Shared {
        static final List<String> TROUBLE = new ArrayList<>();
        static final Optional<PostgresServer> SERVER = startAny();

        /** The programs Maven brought first: they are the same everywhere. */
        private static Optional<PostgresServer> startAny() {
            for (Finder finder : List.<Finder>of(Shared::bundled, Shared::ofTheSystem)) {
                try {
                    Optional<Path> found = finder.find();
                    if (found.isPresent() && runs(found.get())) {
                        PostgresServer made = PostgresServer.start(found.get());
                        Runtime.getRuntime().addShutdownHook(new Thread(made::close));
                        return Optional.of(made);
                    }
                } catch (IOException notHere) {
                    TROUBLE.add(String.valueOf(notHere.getMessage()));
                }
            }
            TROUBLE.add("neither Maven nor this system has one that runs");
            return Optional.empty();
        }

        private static boolean runs(Path folder) throws IOException {
            Process version = new ProcessBuilder(folder.resolve("postgres").toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            version.getInputStream().readAllBytes();
            return version.onExit().join().exitValue() == 0;
        }

        private static Optional<Path> ofTheSystem() throws IOException {
            Path all = Path.of("/usr/lib/postgresql");
            if (Files.isDirectory(all)) {
                try (DirectoryStream<Path> versions = Files.newDirectoryStream(all)) {
                    for (Path version : versions) {
                        if (Files.isExecutable(version.resolve("bin/initdb"))) {
                            return Optional.of(version.resolve("bin"));
                        }
                    }
                }
            }
            for (String folder : System.getenv("PATH").split(":", -1)) {
                if (Files.isExecutable(Path.of(folder, "initdb"))) {
                    return Optional.of(Path.of(folder));
                }
            }
            return Optional.empty();
        }

        /** Unpacked once, where everybody can run them: root's own folders are closed to others. */
        private static Optional<Path> bundled() throws IOException {
            String name = (System.getProperty("os.name").startsWith("Mac") ? "postgres-darwin-" : "postgres-linux-")
                    + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
            try (InputStream packed = PostgresServer.class.getResourceAsStream("/" + name)) {
                if (packed == null) {
                    return Optional.empty();
                }
                Path parent = Path.of(System.getProperty("java.io.tmpdir"));
                String user = System.getProperty("user.name");
                Path target = parent.resolve("tgsession-postgres-programs-17.6.0-" + user);
                boolean ours = Files.isDirectory(target)
                        && Files.getOwner(target).getName().equals(user);
                if (!ours) {
                    Path unpacked = Files.createTempDirectory("tgsession-postgres-programs");
                    new Tar(new XZInputStream(packed)).unpack(unpacked);
                    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
                    try {
                        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
                    } catch (IOException somebodyElseDid) {
                        target = Files.isDirectory(target.resolve("bin")) ? target : unpacked;
                    }
                }
                return Optional.of(target.resolve("bin"));
            }
        }

        private interface Finder {
            Optional<Path> find() throws IOException;
        }
    }
}
