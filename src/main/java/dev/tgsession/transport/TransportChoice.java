package dev.tgsession.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a client speaks on a connection.
 *
 * <p>Obfuscation protects nothing: it only keeps simple filters from knowing the protocol at sight.
 *
 * @param framing where payloads end
 * @param obfuscated whether all of it goes through the obfuscating cipher
 */
public record TransportChoice(Framing framing, boolean obfuscated) {
    /** Obfuscated intermediate, what Telegram's own client library always uses. */
    public static final TransportChoice DEFAULT = new TransportChoice(Framing.INTERMEDIATE, true);

    /**
     * Checks the pair.
     *
     * @throws IllegalArgumentException for the full framing with obfuscation: the header has no tag for it
     */
    public TransportChoice {
        if (obfuscated && framing == Framing.FULL) {
            throw new IllegalArgumentException("the full framing cannot be obfuscated");
        }
    }

    /** Every choice there is. */
    public static List<TransportChoice> all() {
        List<TransportChoice> all = new ArrayList<>();
        for (Framing framing : Framing.values()) {
            all.add(new TransportChoice(framing, false));
            if (framing != Framing.FULL) {
                all.add(new TransportChoice(framing, true));
            }
        }
        return List.copyOf(all);
    }

    /** In words, for example {@code obfuscated padded intermediate}. */
    @Override
    public String toString() {
        String words = framing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return obfuscated ? "obfuscated " + words : words;
    }
}
