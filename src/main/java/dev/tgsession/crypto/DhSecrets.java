package dev.tgsession.crypto;

import java.security.SecureRandom;

/** Where one side's halves of Diffie-Hellman exchanges come from; no half is given twice. */
@FunctionalInterface
public interface DhSecrets {
    /** Another half in that group. */
    DhSecret next(DhGroup group);

    /** Halves that are drawn when they are asked for. */
    static DhSecrets drawnBy(SecureRandom random) {
        return group -> DhSecret.draw(group, random);
    }
}
