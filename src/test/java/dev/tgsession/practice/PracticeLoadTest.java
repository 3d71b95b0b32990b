package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.proof;
import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A practice server in a process of its own, with 128 MB for everything, and many clients at it. */
final class PracticeLoadTest {
    /** A thousand with {@code -Dtgsession.thorough=true}. */
    private static final int LOGINS = Boolean.getBoolean("tgsession.thorough") ? 1000 : 60;

    private static final int CROWD = 50;

    private Process process;
    private BufferedReader answers;
    private PrintStream questions;
    private RsaPublicKey key;
    private InetSocketAddress address;

    /** What the process says of itself: memory after a collection, in bytes, and its live threads. */
    private record Size(long memory, int threads, int connections, int sessions) {}

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        int port = Integer.parseInt(answers.readLine());
        address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        StringBuilder pem = new StringBuilder();
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            pem.append(line).append('\n');
        }
        key = RsaPublicKey.ofPem(pem.toString());
    }

    @AfterEach
    void stop() throws Exception {
        questions.close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).as("exit code").isZero();
    }

    @Test
    void manyLoginsInSequenceLeaveNothingBehind() throws Exception {
        logIn(0); // the first one loads classes and tables
        Size before = size();
        for (int i = 1; i <= LOGINS; i++) {
            logIn(i);
        }
        Size after = sizeOnceAlone();
        assertThat(after.sessions()).isZero();
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
        // A key that somebody is logged in with is kept, with its account's row: about a kilobyte each.
        assertThat(after.memory() - before.memory()).isLessThan(3_000_000 + LOGINS * 2_000L);
    }

    @Test
    void fiftyAtOnceAreServedAmongSlowAndSilentOnes() throws Exception {
        logIn(0);
        Size before = size();
        List<Socket> nuisances = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            Socket socket = new Socket(address.getAddress(), address.getPort());
            nuisances.add(socket);
            OutputStream out = socket.getOutputStream();
            switch (i % 4) {
                case 0 -> {
                    // Says nothing at all.
                }
                case 1 -> out.write(0xee); // a quarter of a tag
                case 2 -> out.write(new byte[] {(byte) 0xee, (byte) 0xee, (byte) 0xee, (byte) 0xee, 0, 0, 15, 0, 7});
                default -> out.write(new byte[40]); // too little of an obfuscated start
            }
            out.flush();
        }
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        try {
            List<Callable<Object>> logins = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                int number = i;
                logins.add(() -> logIn(number));
            }
            for (Future<Object> each : crowd.invokeAll(logins)) {
                assertThat(each.get()).isInstanceOf(PlainAuthorization.class);
            }
        } finally {
            crowd.shutdownNow();
        }
        // Drop by drop, from one of those that have begun to say something.
        Socket slow = nuisances.get(2);
        for (int i = 0; i < 20; i++) {
            slow.getOutputStream().write(0);
            slow.getOutputStream().flush();
            logIn(i);
        }
        for (Socket each : nuisances) {
            each.close();
        }
        Size after = sizeOnceAlone();
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
        assertThat(after.memory() - before.memory()).isLessThan(5_000_000);
    }

    /** Every tenth with a password, which takes much reckoning; layers all over the table. */
    private Object logIn(int number) throws IOException {
        try (TestClient client = new TestClient(key, address)) {
            client.withKey();
            client.layer = 133 + number % 90;
            assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
            String phone = number % 10 == 0 ? "99966201" + (10 + number % 40) : "999662000" + (1 + number % 9);
            PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
            Object answer = client.call(signIn(phone, sent, "22222"));
            return answer instanceof PlainAuthorization ? answer : client.call(proof(client, "practice"));
        }
    }

    private Size size() throws IOException {
        return ask("size");
    }

    /** Eleven minutes later, when everybody has hung up. */
    private Size sizeOnceAlone() throws IOException {
        return ask("later");
    }

    private Size ask(String question) throws IOException {
        questions.println(question);
        String[] words = answers.readLine().split(" ", -1);
        return new Size(
                Long.parseLong(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }

    /** The other process: says where it listens, and answers questions about itself until nobody asks any more. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws IOException {
            Duration[] ahead = {Duration.ZERO};
            PracticeSettings settings =
                    PracticeSettings.of(Practising.KEY, () -> Instant.now().plus(ahead[0]), new SecureRandom());
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (PracticeServer server = PracticeServer.start(settings)) {
                System.out.println(server.address(2).getPort());
                System.out.println(server.publicKey().toPkcs1Pem().strip());
                System.out.println();
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals("later")) {
                        waitFor(() -> server.connections() == 0);
                        ahead[0] = Duration.ofMinutes(11);
                        waitFor(() -> server.sessions() == 0);
                        ahead[0] = Duration.ZERO;
                    }
                    System.out.println(
                            memory() + " " + threads() + " " + server.connections() + " " + server.sessions());
                }
            }
        }

        private static long memory() {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
                LockSupport.parkNanos(20_000_000);
            }
            return least;
        }

        /** Of the server only; the machine's own come and go. */
        private static long threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("practice-"))
                    .count();
        }

        private interface Condition {
            boolean holds();
        }

        private static void waitFor(Condition condition) {
            while (!condition.holds()) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}
