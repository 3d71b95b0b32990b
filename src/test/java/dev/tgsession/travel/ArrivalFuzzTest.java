package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.Password;
import dev.tgsession.fuzz.Fuzzed;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** Whatever is said to come from another machine: a text, a sealed message, a key, an address. */
class ArrivalFuzzTest implements Fuzzed {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    public int mutantsFor(String target) {
        return target.equals("sealed") ? DEAR_MUTANTS : MUTANTS;
    }

    void armor(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            byte[] file = Armor.unwrap(text).orElse(new byte[0]);
            assertThat(file.length).isLessThanOrEqualTo(Armor.LARGEST);
            assertThat(Armor.unwrap(Armor.wrap(file))).contains(file);
        } catch (MalformedSessionException refused) {
            assertThat(refused.hint()).isNotEmpty();
        }
    }

    /** Looked at, and one passphrase tried. */
    void sealed(byte[] input) throws IOException {
        boolean meant = Sealed.isOne(input);
        try (Password passphrase = new Password("practice".toCharArray())) {
            byte[] file = Sealed.of(input).open(passphrase);
            assertThat(meant).isTrue();
            assertThat(file.length).isLessThanOrEqualTo(Armor.LARGEST);
        } catch (MalformedSessionException | WrongPassphraseException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    void sealedTexts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Sealed.isOne(text);
        try {
            Sealed.of(text);
        } catch (MalformedSessionException refused) {
            assertThat(refused.hint()).isNotEmpty();
        }
    }

    void keys(byte[] input) {
        try {
            PublicKeys.read(input, CLOCK);
        } catch (MalformedSessionException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
        try {
            SecretKeys.read(input);
        } catch (MalformedSessionException refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    void addresses(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String secret = "Zr7kQpw3";
        for (String address : new String[] {text, "https://" + text, "https://host/" + secret + text}) {
            try {
                SecretUrl url = SecretUrl.of(address);
                assertThat(url.host()).isNotEmpty();
                // A host is said, so only what stands behind it is hidden.
                if (address.startsWith("https://host/")) {
                    assertThat(url + url.host()).doesNotContain(secret);
                }
            } catch (TransferException refused) {
                assertThat(refused.getMessage() + refused.hint()).doesNotContain(secret);
            }
        }
        try {
            assertThat(S3Place.of("s3://" + text).bucket()).hasSizeGreaterThan(2);
        } catch (TransferException refused) {
            assertThat(refused.hint()).isNotEmpty();
        }
    }
}
