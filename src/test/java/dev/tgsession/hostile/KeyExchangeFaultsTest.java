package dev.tgsession.hostile;

import static dev.tgsession.hostile.Numbers.KNOWN;
import static dev.tgsession.hostile.Numbers.MODP_2048;
import static dev.tgsession.hostile.Numbers.P;
import static dev.tgsession.hostile.Numbers.Q;
import static dev.tgsession.hostile.Numbers.power;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.mtproto.handshake.HandshakeException;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.schema.MtprotoSchema.DhGenFail;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.DhGenRetry;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsFail;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that fails each check of the key exchange, one at a time. */
class KeyExchangeFaultsTest {
    private static final String RES_PQ = "key exchange, resPQ";
    private static final String DH_PARAMS = "key exchange, server_DH_params";
    private static final String DH_GEN = "key exchange, dh_gen";

    private static final String FIRST = "req_pq_multi";
    private static final String SECOND = "req_DH_params";
    private static final String THIRD = "set_client_DH_params";

    private static final int RES_PQ_SIZE = 64;
    private static final int DH_PARAMS_SIZE = 632;
    private static final int DH_GEN_SIZE = 52;

    private static final Bytes OTHER_16 = Bytes.ofHex("00112233445566778899aabbccddeeff");
    private static final Bytes OTHER_4 = Bytes.ofHex("deadbeef");

    @TempDir
    Path folder;

    /**
     * A row of the table.
     *
     * @param step where the login has to end
     * @param what what it has to say, or how that begins
     */
    record Case(String name, Supplier<Trap> trap, String step, String what) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"firstAnswers", "secondAnswers", "numbers", "thirdAnswers", "anyAnswers", "cutAnswers"})
    void aServerThatFailsACheckGetsNothingMore(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        outcome.failedAt(each.step, each.what);
        assertThat(outcome.asked()).as("questions to the person").containsExactly("phone");
        assertThat(outcome.calls()).isEmpty();
    }

    static List<Case> firstAnswers() {
        String notTwoPrimes = "its pq is not the product of two different odd primes";
        return List.of(
                resPq(
                        "another nonce",
                        "it answers another nonce",
                        r -> new ResPq(OTHER_16, r.serverNonce(), r.pq(), r.serverPublicKeyFingerprints())),
                resPq(
                        "the nonce with one bit changed",
                        "it answers another nonce",
                        r -> new ResPq(
                                flipped(r.nonce(), 15), r.serverNonce(), r.pq(), r.serverPublicKeyFingerprints())),
                resPq(
                        "nonce and server_nonce swapped",
                        "it answers another nonce",
                        r -> new ResPq(r.serverNonce(), r.nonce(), r.pq(), r.serverPublicKeyFingerprints())),
                fingerprints("no fingerprint", List.of()),
                fingerprints("an unknown fingerprint", List.of(7L)),
                fingerprints("70 fingerprints, none of them known", seventy()),
                // Those of Telegram's production and test servers.
                fingerprints(
                        "the fingerprints of Telegram's own keys", List.of(0xd09d1d85de64fd85L, 0xb25898df208d2603L)),
                body(
                        FIRST,
                        "a fingerprint vector that says it has 2147483647 elements",
                        RES_PQ,
                        "it cannot be read",
                        due -> count(due, Integer.MAX_VALUE)),
                body(
                        FIRST,
                        "a fingerprint vector that says it has -1 elements",
                        RES_PQ,
                        "it cannot be read",
                        due -> count(due, -1)),
                body(
                        FIRST,
                        "a fingerprint vector that says it has one element more",
                        RES_PQ,
                        "it cannot be read",
                        due -> count(due, 2)),
                body(
                        FIRST,
                        "a fingerprint vector that says it is empty",
                        RES_PQ,
                        "the server offers no key that we know",
                        due -> count(due, 0)),
                pq("pq is prime", notTwoPrimes, Q),
                pq("pq is a large prime", notTwoPrimes, power(62).nextProbablePrime()),
                pq("pq is even", notTwoPrimes, P.multiply(BigInteger.TWO)),
                pq("pq is zero", notTwoPrimes, BigInteger.ZERO),
                pq("pq is one", notTwoPrimes, BigInteger.ONE),
                pq("p = q", notTwoPrimes, P.multiply(P)),
                pq("pq is a cube", notTwoPrimes, BigInteger.valueOf(1_000_003).pow(3)),
                pq(
                        "pq has three prime factors",
                        notTwoPrimes,
                        BigInteger.valueOf(1_000_003L * 1_000_033).multiply(BigInteger.valueOf(1_000_037))),
                pq("pq is 2^63 - 25, a prime", notTwoPrimes, power(63).subtract(BigInteger.valueOf(25))),
                pq(
                        "pq is above 2^63",
                        "its pq does not fit into 63 bits",
                        BigInteger.valueOf(4_294_967_279L).multiply(BigInteger.valueOf(4_294_967_291L))),
                pq(
                        "pq is 2^64 - 1",
                        "its pq does not fit into 63 bits",
                        power(64).subtract(BigInteger.ONE)),
                pq("pq has nine bytes", "its pq has 9 bytes", power(64).add(BigInteger.ONE)),
                resPq(
                        "pq has a leading zero and nine bytes",
                        "its pq has 9 bytes",
                        r -> withPq(r, Bytes.of((byte) 0).plus(Bytes.ofNumber(P.multiply(Q), 8)))),
                resPq("pq has 256 bytes", "its pq has 256 bytes", r -> withPq(r, Bytes.ofNumber(KNOWN))),
                resPq("pq is empty", "its pq has 0 bytes", r -> withPq(r, Bytes.EMPTY)));
    }

    static List<Case> secondAnswers() {
        return List.of(
                params(
                        "another nonce",
                        "it answers another nonce",
                        (r, client) -> new ServerDhParamsOk(OTHER_16, r.serverNonce(), r.encryptedAnswer())),
                params(
                        "another server_nonce",
                        "it comes with another server nonce",
                        (r, client) -> new ServerDhParamsOk(r.nonce(), OTHER_16, r.encryptedAnswer())),
                params(
                        "nonces swapped",
                        "it answers another nonce",
                        (r, client) -> new ServerDhParamsOk(r.serverNonce(), r.nonce(), r.encryptedAnswer())),
                params(
                        "an encrypted part of no bytes",
                        "its encrypted part is not made of whole blocks",
                        (r, client) -> encrypted(r, Bytes.EMPTY)),
                params(
                        "an encrypted part of one block",
                        "its encrypted part is too short",
                        (r, client) -> encrypted(r, r.encryptedAnswer().first(16))),
                params(
                        "an encrypted part without its last block",
                        "its encrypted part does not hold the server's numbers",
                        (r, client) -> encrypted(
                                r, r.encryptedAnswer().first(r.encryptedAnswer().size() - 16))),
                params(
                        "an encrypted part with half a block more",
                        "its encrypted part is not made of whole blocks",
                        (r, client) -> encrypted(r, r.encryptedAnswer().plus(OTHER_16.first(8)))),
                params(
                        "an encrypted part one byte short",
                        "its encrypted part is not made of whole blocks",
                        (r, client) -> encrypted(
                                r, r.encryptedAnswer().first(r.encryptedAnswer().size() - 1))),
                params(
                        "an encrypted part with a bit changed at its end",
                        "the hash of its encrypted part is wrong",
                        (r, client) -> encrypted(r, flipped(r.encryptedAnswer(), 560))),
                params(
                        "random bytes for an encrypted part",
                        "its encrypted part does not hold the server's numbers",
                        (r, client) -> encrypted(r, random(592))),
                params(
                        "server_DH_params_fail with a wrong hash",
                        "its new_nonce_hash is wrong",
                        (r, client) -> new ServerDhParamsFail(r.nonce(), r.serverNonce(), OTHER_16)),
                params(
                        "server_DH_params_fail with another nonce",
                        "it answers another nonce",
                        (r, client) -> new ServerDhParamsFail(
                                OTHER_16, r.serverNonce(), client.fail().newNonceHash())),
                params(
                        "server_DH_params_fail with another server_nonce",
                        "it comes with another server nonce",
                        (r, client) -> new ServerDhParamsFail(
                                r.nonce(), OTHER_16, client.fail().newNonceHash())),
                hashed("the hash in front is wrong", "the hash of its encrypted part is wrong", due -> flipped(due, 0)),
                hashed(
                        "the hash in front is zero",
                        "the hash of its encrypted part is wrong",
                        due -> Bytes.of(new byte[20]).plus(due.from(20))),
                hashed(
                        "the hash in front also covers the padding",
                        "the hash of its encrypted part is wrong",
                        due -> Hashes.sha1(due.from(20).first(due.size() - 20)).plus(due.from(20))),
                hashed(
                        "an object changed under its hash",
                        "the hash of its encrypted part is wrong",
                        due -> flipped(due, 300)),
                hashed("16 bytes too much padding", "its encrypted part has ", due -> due.plus(random(16))),
                hashed("64 bytes too much padding", "its encrypted part has ", due -> due.plus(random(64))),
                hashed("a kilobyte of padding", "its encrypted part has ", due -> due.plus(random(1024))),
                hashed(
                        "another object inside",
                        "its encrypted part holds something else",
                        due -> wrapped(new Pong(1, 2))),
                hashed(
                        "an inner object that ends early",
                        "its encrypted part does not hold the server's numbers",
                        due -> due.first(304)),
                inner(
                        "another nonce inside",
                        "another nonce stands in its encrypted part",
                        r -> new ServerDhInnerData(
                                OTHER_16, r.serverNonce(), r.g(), r.dhPrime(), r.gA(), r.serverTime())),
                inner(
                        "another server_nonce inside",
                        "another server nonce stands in its encrypted part",
                        r -> new ServerDhInnerData(r.nonce(), OTHER_16, r.g(), r.dhPrime(), r.gA(), r.serverTime())),
                inner(
                        "nonces swapped inside",
                        "another nonce stands in its encrypted part",
                        r -> new ServerDhInnerData(
                                r.serverNonce(), r.nonce(), r.g(), r.dhPrime(), r.gA(), r.serverTime())));
    }

    static List<Case> numbers() {
        String range = "the public value is too near to an end of its range";
        String notSafe = "the modulus is not a safe prime";
        List<Case> cases = new ArrayList<>(List.of(
                prime("a composite modulus", notSafe, KNOWN.subtract(BigInteger.valueOf(24)), 3),
                prime(
                        "the product of two primes",
                        notSafe,
                        power(1023)
                                .nextProbablePrime()
                                .multiply(power(1024).add(power(1023)).nextProbablePrime()),
                        4),
                prime("an even modulus", notSafe, KNOWN.add(BigInteger.ONE), 4),
                prime("a prime whose (p - 1) / 2 is composite", notSafe, Numbers.PRIME_WITH_COMPOSITE_HALF, 4),
                prime("2^2047", notSafe, power(2047), 4),
                prime("2^2048 - 1", notSafe, power(2048).subtract(BigInteger.ONE), 4),
                prime("a prime of 2047 bits", "the prime has 2047 bits instead of 2048", Numbers.PRIME_OF_2047_BITS, 4),
                prime("a prime of 2049 bits", "its prime has 257 bytes", Numbers.PRIME_OF_2049_BITS, 4),
                prime("a small prime", "the prime has 31 bits instead of 2048", Q, 4),
                prime("no prime", "the prime has 0 bits instead of 2048", BigInteger.ZERO, 4),
                inner("a prime without bytes", "its prime has 0 bytes", r -> withPrime(r, Bytes.EMPTY)),
                inner(
                        "a prime with a leading zero",
                        "its prime has 257 bytes",
                        r -> withPrime(r, Bytes.of((byte) 0).plus(r.dhPrime()))),
                inner(
                        "a prime with 64 KiB of leading zeros",
                        "its prime has 65792 bytes",
                        r -> withPrime(r, Bytes.of(new byte[65536]).plus(r.dhPrime()))),
                prime("another good prime with g = 8", "the generator is 8, not 2 to 7", MODP_2048, 8)));
        for (int g : new int[] {2, 5, 6}) {
            cases.add(generator(g, "the generator " + g + " does not fit the prime"));
        }
        for (int g : new int[] {0, 1, 8, 9, -3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            cases.add(generator(g, "the generator is " + g + ", not 2 to 7"));
        }
        cases.addAll(List.of(
                gA("g_a = 0", range, BigInteger.ZERO),
                gA("g_a = 1", range, BigInteger.ONE),
                gA("g_a = p - 1", range, KNOWN.subtract(BigInteger.ONE)),
                gA("g_a = p", range, KNOWN),
                gA("g_a = p + 5", range, KNOWN.add(BigInteger.valueOf(5))),
                gA("g_a = 3^600", range, BigInteger.valueOf(3).pow(600)),
                gA("g_a = 2^1984 - 1", range, power(1984).subtract(BigInteger.ONE)),
                gA("g_a = p - 2^1984 + 1", range, KNOWN.subtract(power(1984)).add(BigInteger.ONE)),
                gA("g_a = 2^2048 - 1", range, power(2048).subtract(BigInteger.ONE)),
                inner("g_a without bytes", range, r -> withGA(r, Bytes.EMPTY)),
                inner(
                        "g_a of 257 bytes",
                        "its g_a has 257 bytes",
                        r -> withGA(r, Bytes.of((byte) 1).plus(r.gA()))),
                inner(
                        "g_a with a leading zero",
                        "its g_a has 257 bytes",
                        r -> withGA(r, Bytes.of((byte) 0).plus(r.gA()))),
                inner("g_a of 64 KiB", "its g_a has 65536 bytes", r -> withGA(r, random(65536)))));
        return cases;
    }

    static List<Case> thirdAnswers() {
        return List.of(
                verdict(
                        "dh_gen_ok with a wrong hash",
                        "its new_nonce_hash1 is wrong",
                        tried -> new DhGenOk(tried.ok().nonce(), tried.ok().serverNonce(), OTHER_16)),
                verdict(
                        "dh_gen_ok with the hash of dh_gen_retry",
                        "its new_nonce_hash1 is wrong",
                        tried -> new DhGenOk(
                                tried.ok().nonce(),
                                tried.ok().serverNonce(),
                                tried.retry().newNonceHash2())),
                verdict(
                        "dh_gen_ok with another nonce",
                        "it answers another nonce",
                        tried -> new DhGenOk(
                                OTHER_16, tried.ok().serverNonce(), tried.ok().newNonceHash1())),
                verdict(
                        "dh_gen_ok with another server_nonce",
                        "it comes with another server nonce",
                        tried -> new DhGenOk(
                                tried.ok().nonce(), OTHER_16, tried.ok().newNonceHash1())),
                verdict(
                        "dh_gen_ok with swapped nonces",
                        "it answers another nonce",
                        tried -> new DhGenOk(
                                tried.ok().serverNonce(),
                                tried.ok().nonce(),
                                tried.ok().newNonceHash1())),
                verdict(
                        "dh_gen_retry with a wrong hash",
                        "its new_nonce_hash2 is wrong",
                        tried -> new DhGenRetry(tried.ok().nonce(), tried.ok().serverNonce(), OTHER_16)),
                verdict(
                        "dh_gen_retry with the hash of dh_gen_ok",
                        "its new_nonce_hash2 is wrong",
                        tried -> new DhGenRetry(
                                tried.ok().nonce(),
                                tried.ok().serverNonce(),
                                tried.ok().newNonceHash1())),
                verdict(
                        "dh_gen_retry with another nonce",
                        "it answers another nonce",
                        tried -> new DhGenRetry(
                                OTHER_16,
                                tried.ok().serverNonce(),
                                tried.retry().newNonceHash2())),
                verdict(
                        "dh_gen_fail with a wrong hash",
                        "its new_nonce_hash3 is wrong",
                        tried -> new DhGenFail(tried.ok().nonce(), tried.ok().serverNonce(), OTHER_16)),
                verdict(
                        "dh_gen_fail with another server_nonce",
                        "it comes with another server nonce",
                        tried -> new DhGenFail(
                                tried.ok().nonce(), OTHER_16, tried.fail().newNonceHash3())),
                new Case(
                        "a retry, and then dh_gen_ok for the key of the first round",
                        OldKeyAfterRetry::new,
                        DH_GEN,
                        "its new_nonce_hash1 is wrong"));
    }

    /** What can be wrong with the answer to any step. */
    static List<Case> anyAnswers() {
        List<Case> cases = new ArrayList<>();
        Object[][] steps = {{FIRST, RES_PQ}, {SECOND, DH_PARAMS}, {THIRD, DH_GEN}};
        for (Object[] step : steps) {
            String about = (String) step[0];
            String name = (String) step[1];
            cases.add(body(
                    about, "a pong in answer to " + about, name, "another message came", due -> wire(new Pong(1, 2))));
            cases.add(body(
                    about,
                    "an rpc_error in answer to " + about,
                    name,
                    "another message came",
                    due -> wire(new RpcError(500, "NO"))));
            cases.add(body(
                    about,
                    "our own request in answer to " + about,
                    name,
                    "another message came",
                    due -> wire(new ReqPqMulti(OTHER_16))));
            cases.add(body(
                    about,
                    "an unknown object in answer to " + about,
                    name,
                    "it cannot be read",
                    due -> OTHER_4.plus(due.from(4))));
            cases.add(body(
                    about,
                    "a container in answer to " + about,
                    name,
                    "it cannot be read",
                    due -> Bytes.ofHex("dcf8f173").plus(due)));
            cases.add(body(about, "four bytes in answer to " + about, name, "it cannot be read", due -> due.first(4)));
            cases.add(packet(
                    about,
                    "a message of a key in answer to " + about,
                    name,
                    due -> random(8).plus(due.from(8))));
            cases.add(packet(about, "a length of 0 in answer to " + about, name, due -> length(due, 0)));
            cases.add(packet(about, "a length of -4 in answer to " + about, name, due -> length(due, -4)));
            cases.add(packet(
                    about,
                    "a length of 2147483647 in answer to " + about,
                    name,
                    due -> length(due, Integer.MAX_VALUE)));
            cases.add(packet(
                    about,
                    "a length four bytes beyond the end in answer to " + about,
                    name,
                    due -> length(due, due.size() - 20 + 4)));
            cases.add(
                    packet(about, "a length that cuts the object in answer to " + about, name, due -> length(due, 40)));
            cases.add(packet(about, "only the header of a message in answer to " + about, name, due -> due.first(20)));
            cases.add(packet(about, "sixteen bytes of a message in answer to " + about, name, due -> due.first(16)));
        }
        return cases;
    }

    /** Each answer, ended after so many bytes by a length field that is true. */
    static List<Case> cutAnswers() {
        List<Case> cases = new ArrayList<>();
        for (int size = 0; size < RES_PQ_SIZE; size++) {
            cases.add(cut(FIRST, size, RES_PQ));
        }
        for (int size = 0; size < DH_PARAMS_SIZE; size += inEncryptedPart(size) ? 13 : 1) {
            cases.add(cut(SECOND, size, DH_PARAMS));
        }
        for (int size = 0; size < DH_GEN_SIZE; size++) {
            cases.add(cut(THIRD, size, DH_GEN));
        }
        return cases;
    }

    /** There one byte is like the other. */
    private static boolean inEncryptedPart(int size) {
        return size > 44 && size < DH_PARAMS_SIZE - 14;
    }

    private static Case cut(String about, int size, String step) {
        return packet(about, "the answer to " + about + " ends after " + size + " bytes", step, due -> {
            assertThat(due.size()).isGreaterThan(20 + size);
            Bytes whole = length(due, size).first(20 + size);
            return whole.plus(Bytes.of(new byte[(4 - whole.size() % 4) % 4]));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declining")
    void aServerThatDeclinesIsAskedNotMuchMore(Case each) throws Exception {
        Outcome outcome = Encounter.with(each.trap.get()).run(folder);
        assertThat(outcome.gaveUp()).isInstanceOf(HandshakeException.class).hasMessageContaining(each.what);
        assertThat(outcome.connections()).isLessThanOrEqualTo(3);
        assertThat(outcome.calls()).isEmpty();
        assertThat(outcome.requests()).hasSizeLessThan(30);
    }

    static List<Case> declining() {
        return List.of(
                params(
                        "server_DH_params_fail with the right hash",
                        "server_DH_params_fail",
                        (r, client) -> client.fail()),
                verdict("dh_gen_fail with the right hash", "dh_gen_fail", Tried::fail),
                verdict("dh_gen_retry without end", "dh_gen_retry", Tried::retry));
    }

    /** Says retry once, and then vouches for the key that it did not take. */
    private static final class OldKeyAfterRetry extends Trap {
        private Bytes oldHash = Bytes.EMPTY;

        @Override
        public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
            if (oldHash.isEmpty()) {
                oldHash = tried.ok().newNonceHash1();
                return tried.retry();
            }
            return sprung(new DhGenOk(tried.ok().nonce(), tried.ok().serverNonce(), oldHash));
        }
    }

    private static Case resPq(String name, String what, UnaryOperator<ResPq> change) {
        return new Case("resPQ: " + name, () -> Trap.resPq(change), RES_PQ, what);
    }

    private static Case fingerprints(String name, List<Long> fingerprints) {
        return resPq(
                name,
                "the server offers no key that we know",
                r -> new ResPq(r.nonce(), r.serverNonce(), r.pq(), fingerprints));
    }

    private static Case pq(String name, String what, BigInteger pq) {
        return resPq(name, what, r -> withPq(r, Bytes.ofNumber(pq, Math.max(8, (pq.bitLength() + 7) / 8))));
    }

    private static ResPq withPq(ResPq r, Bytes pq) {
        return new ResPq(r.nonce(), r.serverNonce(), pq, r.serverPublicKeyFingerprints());
    }

    private static List<Long> seventy() {
        List<Long> all = new ArrayList<>();
        for (long i = 0; i < 70; i++) {
            all.add(i * 0x0123_4567_89ab_cdefL);
        }
        return all;
    }

    private interface ParamsChange extends BiFunction<ServerDhParamsOk, Trusted, ServerDhParams> {}

    private static Case params(String name, String what, ParamsChange change) {
        return new Case("server_DH_params: " + name, () -> Trap.params(change), DH_PARAMS, what);
    }

    private static ServerDhParamsOk encrypted(ServerDhParamsOk r, Bytes part) {
        return new ServerDhParamsOk(r.nonce(), r.serverNonce(), part);
    }

    private static Case hashed(String name, String what, UnaryOperator<Bytes> change) {
        return new Case("server_DH_params: " + name, () -> Trap.hashed(change), DH_PARAMS, what);
    }

    private static Case inner(String name, String what, UnaryOperator<ServerDhInnerData> change) {
        return new Case("server_DH_params: " + name, () -> Trap.inner(change), DH_PARAMS, what);
    }

    /** The server works with these numbers: whoever takes them has a key with it. */
    private static Case prime(String name, String what, BigInteger prime, int g) {
        Bytes written = Bytes.ofNumber(prime, Math.max(256, (prime.bitLength() + 7) / 8));
        return inner(
                name, what, r -> new ServerDhInnerData(r.nonce(), r.serverNonce(), g, written, r.gA(), r.serverTime()));
    }

    private static Case generator(int g, String what) {
        return inner(
                "the known prime with g = " + g,
                what,
                r -> new ServerDhInnerData(r.nonce(), r.serverNonce(), g, r.dhPrime(), r.gA(), r.serverTime()));
    }

    private static Case gA(String name, String what, BigInteger gA) {
        return inner(name, what, r -> withGA(r, Bytes.ofNumber(gA, 256)));
    }

    private static ServerDhInnerData withPrime(ServerDhInnerData r, Bytes prime) {
        return new ServerDhInnerData(r.nonce(), r.serverNonce(), r.g(), prime, r.gA(), r.serverTime());
    }

    private static ServerDhInnerData withGA(ServerDhInnerData r, Bytes gA) {
        return new ServerDhInnerData(r.nonce(), r.serverNonce(), r.g(), r.dhPrime(), gA, r.serverTime());
    }

    private static Case verdict(String name, String what, Function<Tried, SetClientDhParamsAnswer> change) {
        return new Case(name, () -> Trap.verdict(change), DH_GEN, what);
    }

    private static Case body(String about, String name, String step, String what, UnaryOperator<Bytes> change) {
        return new Case(name, () -> Trap.plainBody(about, change), step, what);
    }

    private static Case packet(String about, String name, String step, UnaryOperator<Bytes> change) {
        return new Case(name, () -> Trap.packets(about, due -> List.of(change.apply(due))), step, "it cannot be read");
    }

    private static Bytes wire(Object object) {
        return Schema.codec().write(object);
    }

    /** An object as the middle of the exchange wants it: hash in front, whole blocks. */
    private static Bytes wrapped(Object object) {
        Bytes bytes = wire(object);
        int padding = (16 - (20 + bytes.size()) % 16) % 16;
        return Bytes.join(Hashes.sha1(bytes), bytes, Bytes.of(new byte[padding]));
    }

    /** resPQ with another number of fingerprints: it stands behind id, two nonces, eight bytes of pq and the vector's id. */
    private static Bytes count(Bytes resPq, int count) {
        return Bytes.join(resPq.first(52), Bytes.ofInt(count), resPq.from(56));
    }

    private static Bytes length(Bytes packet, int length) {
        return Bytes.join(packet.first(16), Bytes.ofInt(length), packet.from(20));
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] changed = bytes.toArray();
        changed[at] ^= 1;
        return Bytes.of(changed);
    }

    private static Bytes random(int size) {
        byte[] bytes = new byte[size];
        Encounter.RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
