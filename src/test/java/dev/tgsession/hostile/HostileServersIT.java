package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.cli.ExitCode;
import dev.tgsession.cli.terminal.PseudoTerminal;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.transport.Framing;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged program meets two hostile servers: one that fails checks of the key exchange, one that fails checks on
 * messages.
 */
class HostileServersIT {
    private static final Path HOME = Path.of(System.getProperty("tgsession.home", "."));
    private static final String KEY_FILE = "server.pem";
    private static final Bytes OTHER = Bytes.ofHex("00112233445566778899aabbccddeeff");

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    /**
     * A row of the table.
     *
     * @param step what the program has to name
     * @param calls what the server may have carried out by then
     */
    record Case(String name, Supplier<Trap> trap, String step, List<String> calls) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> keyExchange() {
        return List.of(
                early(
                        "another nonce",
                        "key exchange, resPQ",
                        () -> Trap.resPq(
                                r -> new ResPq(OTHER, r.serverNonce(), r.pq(), r.serverPublicKeyFingerprints()))),
                early(
                        "a key nobody knows",
                        "key exchange, resPQ",
                        () -> Trap.resPq(r -> new ResPq(r.nonce(), r.serverNonce(), r.pq(), List.of(7L)))),
                early(
                        "a wrong hash in front of the numbers",
                        "key exchange, server_DH_params",
                        () -> Trap.hashed(due -> flipped(due, 0))),
                early(
                        "a composite modulus",
                        "key exchange, server_DH_params",
                        () -> Trap.inner(r -> new ServerDhInnerData(
                                r.nonce(),
                                r.serverNonce(),
                                r.g(),
                                Bytes.ofNumber(Numbers.KNOWN.subtract(BigInteger.valueOf(24))),
                                r.gA(),
                                r.serverTime()))),
                early(
                        "g_a = p - 1",
                        "key exchange, server_DH_params",
                        () -> Trap.inner(r -> new ServerDhInnerData(
                                r.nonce(),
                                r.serverNonce(),
                                r.g(),
                                r.dhPrime(),
                                Bytes.ofNumber(Numbers.KNOWN.subtract(BigInteger.ONE)),
                                r.serverTime()))),
                early(
                        "a wrong new_nonce_hash1",
                        "key exchange, dh_gen",
                        () -> Trap.verdict(tried ->
                                new DhGenOk(tried.ok().nonce(), tried.ok().serverNonce(), OTHER))));
    }

    private static Case early(String name, String step, Supplier<Trap> trap) {
        return new Case(name, trap, step, List.of());
    }

    static List<Case> messages() {
        return List.of(
                late(
                        "a msg_key altered by one bit",
                        "auth.sendCode",
                        about -> Trap.sealed(about, due -> flipped(due, 8))),
                late("another session_id", "auth.sendCode", about -> Trap.plaintext(about, due -> flipped(due, 8))),
                late("an even msg_id", "auth.signIn", about -> Trap.plaintext(about, HostileServersIT::evenId)),
                late(
                        "a length that is too large",
                        "auth.signIn",
                        about -> Trap.plaintext(about, HostileServersIT::longer)),
                late("padding above 1024", "auth.signIn", about -> Trap.plaintext(about, due -> due.plus(zeros(2048)))),
                late(
                        "a message without encryption",
                        "auth.signIn",
                        about -> Trap.sealed(about, due -> Bytes.ofLong(0).plus(due.from(8)))));
    }

    private interface TrapFor {
        Trap at(String about);
    }

    private static Case late(String name, String about, TrapFor trap) {
        List<String> calls = about.equals("auth.signIn") ? List.of("auth.sendCode", about) : List.of(about);
        return new Case(name + " in answer to " + about, () -> trap.at(about), "encrypted message", calls);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"keyExchange", "messages"})
    void theProgramEndsAndSaysWhere(Case each) throws Exception {
        Trap trap = each.trap.get();
        var settings = PracticeSettings.of(Encounter.SERVER_KEY, Instant::now, Encounter.RANDOM)
                .withFaults(trap);
        try (PracticeServer server = PracticeServer.start(settings);
                Wire wire = new Wire(server.address(2), Framing.ABRIDGED, Wire.Hand.STILL)) {
            long[] bytesBefore = {-1};
            trap.tells(() -> bytesBefore[0] = wire.bytesUp());
            Files.writeString(folder.resolve(KEY_FILE), server.publicKey().toPkcs1Pem());
            Run run = run(wire.port());

            assertThat(run.exitCode).as(run.error).isEqualTo(ExitCode.SECURITY.number());
            assertThat(run.error).contains("error: ", each.step + ": ", "hint: ");
            assertThat(run.error).doesNotContain("Exception", "\tat ");
            assertThat(run.output).isEmpty();
            assertThat(filesIn(folder)).containsExactly(KEY_FILE);
            // That a code was asked for is remembered; nothing of a login under way is.
            assertThat(filesIn(elsewhere.resolve("tgsession")))
                    .isSubsetOf("ledger", "ledger.key", "ledger.lock", "logins");
            assertThat(filesIn(elsewhere.resolve("tgsession/logins"))).isEmpty();
            assertThat(wire.bytesUp()).as("bytes after the fault").isEqualTo(bytesBefore[0]);
            assertThat(wire.connections()).isEqualTo(1);
            assertThat(server.requests().stream()
                            .filter(request -> request.kind() == IncomingRequest.Kind.CALL)
                            .map(IncomingRequest::name))
                    .isEqualTo(each.calls);
        }
    }

    private record Run(int exitCode, String output, String error) {}

    private Run run(int port) throws IOException, InterruptedException {
        Path answers = Files.writeString(elsewhere.resolve("in"), "+9996620001\n22222\n");
        Path output = elsewhere.resolve("out");
        Path error = elsewhere.resolve("err");
        var builder = new ProcessBuilder(
                        HOME.resolve("scripts/tgsession").toAbsolutePath().toString(),
                        "login",
                        "anna",
                        "--server",
                        "127.0.0.1:" + port,
                        "--server-key",
                        KEY_FILE)
                .directory(folder.toFile())
                .redirectInput(answers.toFile())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        PseudoTerminal.bare(builder.environment());
        builder.environment().put("TG_API_ID", "12345");
        builder.environment().put("TG_API_HASH", "0123456789abcdef0123456789abcdef");
        builder.environment().put("XDG_STATE_HOME", elsewhere.toString());
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Run(process.exitValue(), read(output), read(error));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static List<String> filesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.of(changed);
    }

    private static Bytes evenId(Bytes plain) {
        return Bytes.join(plain.first(16), Bytes.ofLong(plain.longAt(16) & ~1L), plain.from(24));
    }

    private static Bytes longer(Bytes plain) {
        return Bytes.join(plain.first(28), Bytes.ofInt(plain.intAt(28) + 4096), plain.from(32));
    }

    private static Bytes zeros(int count) {
        return Bytes.of(new byte[count]);
    }
}
