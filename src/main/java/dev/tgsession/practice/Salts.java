package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.schema.MtprotoSchema.FutureSalt;
import java.security.SecureRandom;
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
    private static final int HALF_AN_HOUR = 1800;
    private static final int MOST = 64;

    private final Bytes secret;
    private final InstantSource clock;
    private final Conduct conduct;

    Salts(InstantSource clock, SecureRandom random, Conduct conduct) {
        this.clock = clock;
        this.conduct = conduct;
        byte[] chance = new byte[32];
        random.nextBytes(chance);
        this.secret = Bytes.of(chance);
    }

    long current(KnownKey key) {
        return at(key, clock.instant().getEpochSecond() / length(key));
    }

    /** The present salt, the one before it, and for half an hour the one that came out of the key exchange. */
    boolean accepts(KnownKey key, long salt) {
        Instant now = clock.instant();
        int length = length(key);
        long period = now.getEpochSecond() / length;
        return salt == at(key, period)
                || salt == at(key, period - 1)
                || salt == key.firstSalt()
                        && key.saltTurn() == 0
                        && now.isBefore(key.made().plusSeconds(length));
    }

    /** The present salt and those to come, {@code wanted} in all but no more than 64. */
    List<FutureSalt> future(KnownKey key, int wanted) {
        int length = length(key);
        long period = clock.instant().getEpochSecond() / length;
        List<FutureSalt> salts = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(wanted, MOST)); i++) {
            int since = (int) ((period + i) * length);
            salts.add(new FutureSalt(since, since + length, at(key, period + i)));
        }
        return salts;
    }

    private int length(KnownKey key) {
        return conduct.towards(key).saltPeriod().orElse(HALF_AN_HOUR);
    }

    private long at(KnownKey key, long period) {
        return Hashes.sha256(secret, Bytes.ofLong(key.id()), Bytes.ofInt(key.saltTurn()), Bytes.ofLong(period))
                .longAt(0);
    }
}
