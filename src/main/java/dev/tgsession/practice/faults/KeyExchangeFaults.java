package dev.tgsession.practice.faults;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What a client has to notice while a key is made, or it shares its key with somebody else.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/security_guidelines#diffie-hellman-key-exchange">Security
 * Guidelines</a>.
 */
final class KeyExchangeFaults {
    private static final BigInteger KNOWN = DhGroup.known().prime();

    /** The 2048-bit MODP group of RFC 3526, section 3: a safe prime that no client knows by heart. */
    private static final BigInteger ANOTHER = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
                    + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
                    + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                    + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
                    + "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
                    + "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                    + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
                    + "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
            16);

    private static final Bytes OTHER_NONCE = Bytes.ofHex("00112233445566778899aabbccddeeff");
    private static final int TOO_MUCH_PADDING = 64;

    private KeyExchangeFaults() {}

    /** In the order of the exchange. */
    static List<NamedFaults> all() {
        return List.of(
                named("res-pq-nonce", "resPQ answers another nonce", new Faults() {
                    @Override
                    public ResPq resPq(Place place, ResPq due) {
                        return new ResPq(OTHER_NONCE, due.serverNonce(), due.pq(), due.serverPublicKeyFingerprints());
                    }
                }),
                named("dh-nonce", "server_DH_params_ok answers another nonce", new Faults() {
                    @Override
                    public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
                        return due instanceof ServerDhParamsOk ok
                                ? new ServerDhParamsOk(OTHER_NONCE, ok.serverNonce(), ok.encryptedAnswer())
                                : due;
                    }
                }),
                inner(
                        "dh-inner-nonce",
                        "another nonce stands inside the encrypted answer",
                        due -> new ServerDhInnerData(
                                OTHER_NONCE, due.serverNonce(), due.g(), due.dhPrime(), due.gA(), due.serverTime())),
                hashed("dh-hash", "the SHA-1 in front of the encrypted answer is wrong", KeyExchangeFaults::flipped),
                hashed(
                        "dh-padding",
                        "64 bytes too much padding stand behind the encrypted answer",
                        due -> due.plus(Bytes.of(new byte[TOO_MUCH_PADDING]))),
                new NamedFaults(
                        "ga-end",
                        "g_a is p - 1: the server knows the key every second time, whoever listens",
                        EndOfRange::new),
                offer(
                        "ga-small",
                        "g_a is 3^600, which is below 2^1984",
                        due -> new DhOffer(due.prime(), 3, BigInteger.valueOf(600))),
                offer(
                        "prime-composite",
                        "dh_prime is no prime",
                        due -> new DhOffer(KNOWN.subtract(BigInteger.valueOf(24)), due.generator(), due.exponent())),
                offer(
                        "prime-other",
                        "dh_prime is another good safe prime, with g = 2; nothing is wrong with that",
                        due -> new DhOffer(ANOTHER, 2, due.exponent())),
                offer(
                        "g-residue",
                        "the known prime comes with g = 2, which does not fit it",
                        due -> new DhOffer(KNOWN, 2, due.exponent())),
                offer(
                        "g-eight",
                        "the known prime comes with g = 8, which is not 2 to 7",
                        due -> new DhOffer(KNOWN, 8, due.exponent())),
                named("gen-hash", "dh_gen_ok carries a wrong new_nonce_hash1", new Faults() {
                    @Override
                    public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
                        DhGenOk ok = tried.ok();
                        return new DhGenOk(ok.nonce(), ok.serverNonce(), OTHER_NONCE);
                    }
                }),
                new NamedFaults(
                        "gen-retry", "dh_gen_retry first, every other time; nothing is wrong with that", Retry::new),
                named("gen-fail", "dh_gen_fail, properly signed", new Faults() {
                    @Override
                    public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
                        return tried.fail();
                    }
                }),
                named("params-fail", "server_DH_params_fail, properly signed", new Faults() {
                    @Override
                    public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
                        return client.fail();
                    }
                }),
                new NamedFaults(
                        "exchange-cut", "the connection is cut after req_DH_params, every other time", Cut::new));
    }

    /**
     * Every power of p - 1 is p - 1 or 1. The server takes the key for the first of them: the other one begins with zeros,
     * which some clients cut off, so that they would stumble over that.
     */
    private static final class EndOfRange implements Faults {
        private static final BigInteger END = KNOWN.subtract(BigInteger.ONE);

        @Override
        public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
            return withGA(due, END);
        }

        @Override
        public Tried dhKey(Place place, Tried due) {
            return new Tried(due.step(), AuthKey.of(Bytes.ofNumber(END).toArray()));
        }

        /** Everybody gets the same key, and that it is taken already is no reason for another one. */
        @Override
        public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
            return tried.ok();
        }
    }

    /** Not twice in a row, so that a client that begins anew comes through as well. */
    private static final class Retry implements Faults {
        private final AtomicInteger verdicts = new AtomicInteger();

        @Override
        public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
            return verdicts.getAndIncrement() % 2 == 0 ? tried.retry() : due;
        }
    }

    private static final class Cut implements Faults {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public List<Bytes> packets(Place place, Bytes due) {
            if (place.about().equals("req_DH_params") && times.getAndIncrement() % 2 == 0) {
                place.cut();
                return List.of();
            }
            return List.of(due);
        }
    }

    private static NamedFaults named(String name, String story, Faults faults) {
        return new NamedFaults(name, story, () -> faults);
    }

    private static NamedFaults offer(String name, String story, UnaryOperator<DhOffer> change) {
        return numbers(name, story, change, UnaryOperator.identity());
    }

    private static NamedFaults inner(String name, String story, UnaryOperator<ServerDhInnerData> change) {
        return numbers(name, story, UnaryOperator.identity(), change);
    }

    private static NamedFaults numbers(
            String name, String story, UnaryOperator<DhOffer> offer, UnaryOperator<ServerDhInnerData> inner) {
        return named(name, story, new Faults() {
            @Override
            public DhOffer dhOffer(Place place, DhOffer due) {
                return offer.apply(due);
            }

            @Override
            public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
                return inner.apply(due);
            }
        });
    }

    private static NamedFaults hashed(String name, String story, UnaryOperator<Bytes> change) {
        return named(name, story, new Faults() {
            @Override
            public Bytes dhHashed(Place place, Bytes due) {
                return change.apply(due);
            }
        });
    }

    private static ServerDhInnerData withGA(ServerDhInnerData due, BigInteger gA) {
        return new ServerDhInnerData(
                due.nonce(), due.serverNonce(), due.g(), due.dhPrime(), Bytes.ofNumber(gA), due.serverTime());
    }

    private static Bytes flipped(Bytes due) {
        return Bytes.of((byte) ~due.at(0)).plus(due.from(1));
    }
}
