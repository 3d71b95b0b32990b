package dev.tgsession.mtproto.handshake;

import dev.tgsession.crypto.RsaPublicKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The RSA keys of the servers we are willing to talk to. Exactly one ring is used for a login, so a practice key never
 * counts for Telegram's own servers, nor theirs for a practice server.
 *
 * <p>Source: the keys that Telegram's official clients carry (TDLib, July 2026); see <a
 * href="https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication">server
 * authentication</a>.
 */
public final class ServerKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private static final String PRODUCTION_MODULUS = "e8bb3305c0b52c6cf2afdf7637313489e63e05268e5badb601af417786472e5f"
            + "93b85438968e20e6729a301c0afc121bf7151f834436f7fda680847a66bf64accec78ee21c0b316f0edafe2f41908da7"
            + "bd1f4a5107638eeb67040ace472a14f90d9f7c2b7def99688ba3073adb5750bb02964902a359fe745d8170e36876d4fd"
            + "8a5d41b2a76cbff9a13267eb9580b2d06d10357448d20d9da2191cb5d8c93982961cdfdeda629e37f1fb09a072202769"
            + "6032fe61ed663db7a37f6f263d370f69db53a0dc0a1748bdaaff6209d5645485e6e001d1953255757e4b8e42813347b1"
            + "1da6ab500fd0ace7e6dfa3736199ccaf9397ed0745a427dcfa6cd67bcb1acff3";

    private static final String TEST_MODULUS = "c8c11d635691fac091dd9489aedced2932aa8a0bcefef05fa800892d9b52ed03"
            + "200865c9e97211cb2ee6c7ae96d3fb0e15aeffd66019b44a08a240cfdd2868a85e1f54d6fa5deaa041f6941ddf302690"
            + "d61dc476385c2fa655142353cb4e4b59f6e5b6584db76fe8b1370263246c010c93d011014113ebdf987d093f9d37c2be"
            + "48352d69a1683f8f6e6c2167983c761e3ab169fde5daaa12123fa1beab621e4da5935e9c198f82f35eae583a99386d81"
            + "10ea6bd1abb0f568759f62694419ea5f69847c43462abef858b4cb5edc84e7b9226cd7bd7e183aa974a712c079dde85b"
            + "9dc063b8a5c08e8f859c0ee5dcd824c7807f20153361a7f63cfd2a433a1be7f5";

    private final List<RsaPublicKey> keys;

    private ServerKeys(List<RsaPublicKey> keys) {
        this.keys = keys;
    }

    /** The one key of Telegram's production servers. */
    public static ServerKeys production() {
        return new ServerKeys(List.of(key(PRODUCTION_MODULUS)));
    }

    /** The one key of Telegram's test servers. */
    public static ServerKeys test() {
        return new ServerKeys(List.of(key(TEST_MODULUS)));
    }

    /**
     * The key of somebody's own server.
     *
     * @throws IllegalArgumentException if it is a key of Telegram's: those are never accepted from elsewhere
     */
    public static ServerKeys own(RsaPublicKey key) {
        if (key.equals(key(PRODUCTION_MODULUS)) || key.equals(key(TEST_MODULUS))) {
            throw new IllegalArgumentException("this is a key of Telegram's own servers, not of a server of yours");
        }
        return new ServerKeys(List.of(key));
    }

    /** The first key on offer that is on this ring. */
    Optional<RsaPublicKey> firstKnown(List<Long> fingerprints) {
        for (Long fingerprint : fingerprints) {
            for (RsaPublicKey key : keys) {
                if (key.fingerprint() == fingerprint) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }

    private static RsaPublicKey key(String modulus) {
        return new RsaPublicKey(new BigInteger(modulus, 16), EXPONENT);
    }
}
