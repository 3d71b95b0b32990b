package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.schema.MtprotoSchema.FutureSalt;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Which salt holds when: a new one for every key and half hour, made from a secret so that none has to be remembered.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#server-salt">Server Salt</a>.
 */
final class Salts {
    private static final int PERIOD = 1800;
    private static final int MOST = 64;
    private static final Duration FIRST_SALT_HOLDS = Duration.ofSeconds(PERIOD);

    private final Bytes secret;
    private final InstantSource clock;

    Salts(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        byte[] chance = new byte[32];
        random.nextBytes(chance);
        this.secret = Bytes.of(chance);
    }

    long current(KnownKey key) {
        return at(key, period(clock.instant()));
    }

    /** The present salt, the one before it, and for half an hour the one that came out of the key exchange. */
    boolean accepts(KnownKey key, long salt) {
        Instant now = clock.instant();
        long period = period(now);
        return salt == at(key, period)
                || salt == at(key, period - 1)
                || salt == key.firstSalt() && now.isBefore(key.made().plus(FIRST_SALT_HOLDS));
    }

    /** The present salt and those to come, {@code wanted} in all but no more than 64. */
    List<FutureSalt> future(KnownKey key, int wanted) {
        long period = period(clock.instant());
        List<FutureSalt> salts = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(wanted, MOST)); i++) {
            int since = (int) ((period + i) * PERIOD);
            salts.add(new FutureSalt(since, since + PERIOD, at(key, period + i)));
        }
        return salts;
    }

    private static long period(Instant when) {
        return when.getEpochSecond() / PERIOD;
    }

    private long at(KnownKey key, long period) {
        return Hashes.sha256(secret, Bytes.ofLong(key.id()), Bytes.ofLong(period))
                .longAt(0);
    }
}
