package dev.tgsession.practice;

import dev.tgsession.practice.faults.Faults;

/**
 * How the server behaves: right, but for the faults it was told to make, towards everybody or towards one key.
 *
 * @param towardsAll what it does wrong whoever comes
 */
record Conduct(Faults towardsAll) {
    /** A temporary key is treated as its permanent one, once it is bound. */
    Faults towards(KnownKey key) {
        return Faults.both(towardsAll, key.owner().orElse(key).conduct());
    }
}
