import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.travel.PublicKeys;
import dev.tgsession.travel.Seal;
import dev.tgsession.travel.Sealed;
import dev.tgsession.travel.SecretKeys;
import dev.tgsession.travel.WrongPassphraseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals files and tries damaged ones, many in one run.
 *
 * <pre>
 *   seal FILE OUT [KEYFILE...]     OUT.gpg and OUT.asc; with the passphrase in TGSESSION_PASSPHRASE if there is no key
 *   flips FILE SEALED [KEYFILE]    changes every byte in turn, one bit and all; says how many changes were refused
 * </pre>
 */
final class Seals {
    private Seals() {}

    public static void main(String[] words) throws Exception {
        byte[] file = Files.readAllBytes(Path.of(words[1]));
        switch (words[0]) {
            case "seal" -> {
                Seal seal = new Seal(new SecureRandom());
                for (String key : Arrays.asList(words).subList(3, words.length)) {
                    seal.withKeys(PublicKeys.read(Files.readAllBytes(Path.of(key)), Clock.systemUTC()));
                }
                if (words.length == 3) {
                    seal.withPassphrase(passphrase());
                }
                Files.write(Path.of(words[2] + ".gpg"), seal.seal(file));
                Files.writeString(Path.of(words[2] + ".asc"), seal.sealText(file), StandardCharsets.US_ASCII);
            }
            case "flips" -> System.out.println(
                    flips(file, Files.readAllBytes(Path.of(words[2])), words.length > 3 ? words[3] : null));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static int flips(byte[] file, byte[] sealed, String keyFile) throws Exception {
        Optional<SecretKeys> keys = keyFile == null
                ? Optional.empty()
                : Optional.of(SecretKeys.read(Files.readAllBytes(Path.of(keyFile))));
        if (!Arrays.equals(file, opened(sealed, keys))) {
            throw new AssertionError("the message itself does not open");
        }
        int refused = 0;
        for (int i = 0; i < sealed.length; i++) {
            for (int change : new int[] {0x01, 0xff}) {
                byte[] changed = sealed.clone();
                changed[i] ^= (byte) change;
                try {
                    opened(changed, keys);
                    throw new AssertionError("byte " + i + " was changed, and nobody noticed");
                } catch (MalformedSessionException | WrongPassphraseException noticed) {
                    refused++;
                }
            }
        }
        return refused;
    }

    private static byte[] opened(byte[] sealed, Optional<SecretKeys> keys) throws IOException {
        return keys.isPresent()
                ? Sealed.of(sealed).open(keys.get(), Optional.empty())
                : Sealed.of(sealed).open(passphrase());
    }

    private static Password passphrase() {
        return Password.of(System.getenv("TGSESSION_PASSPHRASE"));
    }
}
