package dev.tgsession.cli;

import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Java looks for its ciphers. It asks its providers one by one, and loads each for that: those of RSA, of curves and of
 * TLS come before the one with AES. None of them has anything in common with it, so it may as well be asked before them, which
 * saves about ten milliseconds of processor time, and those classes.
 *
 * <p>It counts only until Java has looked for the first time, and no other thread may look meanwhile. Where somebody has put the
 * providers in an order of his own, that stays.
 */
final class ProviderOrder {
    private static final String PROPERTY = "security.provider.";
    private static final String HASHES = "SUN";
    private static final String CIPHERS = "SunJCE";
    private static final Set<String> NEITHER = Set.of("SunRsaSign", "SunEC", "SunJSSE");

    private ProviderOrder() {}

    /** Has the one with the ciphers asked second, behind the one with the hashes. */
    static void cipherFirst() {
        List<String> usual = new ArrayList<>();
        for (String name = at(1); name != null; name = at(usual.size() + 1)) {
            usual.add(name);
        }
        List<String> better = reordered(usual);
        for (int i = 0; i < better.size(); i++) {
            Security.setProperty(PROPERTY + (i + 1), better.get(i));
        }
    }

    /** The same list if it is not Java's own. */
    static List<String> reordered(List<String> usual) {
        int place = usual.indexOf(CIPHERS);
        boolean plain = place > 1 && usual.get(0).equals(HASHES) && NEITHER.containsAll(usual.subList(1, place));
        List<String> better = new ArrayList<>(usual);
        if (plain) {
            better.add(1, better.remove(place));
        }
        return better;
    }

    private static @Nullable String at(int number) {
        return Security.getProperty(PROPERTY + number);
    }
}
