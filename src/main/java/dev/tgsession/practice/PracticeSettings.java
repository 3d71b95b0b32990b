package dev.tgsession.practice;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a practice data centre is made with.
 *
 * @param key the server's RSA key, whose public half a client has to be given
 * @param clock the machine's clock
 * @param random where chance comes from
 * @param basePort data centre n listens on {@code basePort + n}; 0 takes five free ports
 * @param clockSkew how far the server's clock is ahead of the machine's; negative for behind
 * @param console who watches
 * @param faults what the server does wrong on purpose
 * @param scenario how the server behaves towards everybody, made anew for each key
 * @param dialogs how many dialogs an account has whose number does not say otherwise
 * @param strict whether what can be guessed is refused, as Telegram refuses it: a layer that is too old, a key for another
 *     data centre than the one it is made at
 */
public record PracticeSettings(
        RsaPrivateKey key,
        InstantSource clock,
        SecureRandom random,
        int basePort,
        Duration clockSkew,
        PracticeConsole console,
        Faults faults,
        Optional<NamedFaults> scenario,
        int dialogs,
        boolean strict) {
    /** More dialogs than anybody has. */
    public static final int MOST_DIALOGS = 100_000;

    private static final int HIGHEST_PORT = 65_535;

    public PracticeSettings {
        if (basePort < 0 || basePort > HIGHEST_PORT - PracticeAccounts.DCS) {
            throw new IllegalArgumentException("no five ports follow " + basePort);
        }
        if (dialogs < 0 || dialogs > MOST_DIALOGS) {
            throw new IllegalArgumentException("an account has 0 to " + MOST_DIALOGS + " dialogs, not " + dialogs);
        }
    }

    /** On free ports, right in time, unwatched, without faults; plain accounts know nobody. */
    public static PracticeSettings of(RsaPrivateKey key, InstantSource clock, SecureRandom random) {
        return new PracticeSettings(
                key, clock, random, 0, Duration.ZERO, PracticeConsole.NONE, Faults.NONE, Optional.empty(), 0, false);
    }

    public PracticeSettings withBasePort(int port) {
        return new PracticeSettings(key, clock, random, port, clockSkew, console, faults, scenario, dialogs, strict);
    }

    public PracticeSettings withClockSkew(Duration skew) {
        return new PracticeSettings(key, clock, random, basePort, skew, console, faults, scenario, dialogs, strict);
    }

    public PracticeSettings withConsole(PracticeConsole watcher) {
        return new PracticeSettings(
                key, clock, random, basePort, clockSkew, watcher, faults, scenario, dialogs, strict);
    }

    public PracticeSettings withFaults(Faults wrongs) {
        return new PracticeSettings(
                key, clock, random, basePort, clockSkew, console, wrongs, scenario, dialogs, strict);
    }

    public PracticeSettings withScenario(NamedFaults towardsEverybody) {
        return new PracticeSettings(
                key,
                clock,
                random,
                basePort,
                clockSkew,
                console,
                faults,
                Optional.of(towardsEverybody),
                dialogs,
                strict);
    }

    public PracticeSettings withDialogs(int number) {
        return new PracticeSettings(key, clock, random, basePort, clockSkew, console, faults, scenario, number, strict);
    }

    public PracticeSettings withStrictness(boolean refuses) {
        return new PracticeSettings(
                key, clock, random, basePort, clockSkew, console, faults, scenario, dialogs, refuses);
    }
}
