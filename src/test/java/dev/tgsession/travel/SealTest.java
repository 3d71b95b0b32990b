package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.MalformedSessionException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final InstantSource TODAY = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
    private static final byte[] FILE = Fixtures.bytes("plain.bin");

    @Test
    void whatWasSealedComesOutToTheByte() throws Exception {
        for (byte[] file : new byte[][] {FILE, new byte[0], {42}, new byte[3 << 20]}) {
            byte[] message = sealWith("ten words").seal(file);
            assertThat(Sealed.isOne(message)).isTrue();
            assertThat(Sealed.of(message).open(Password.of("ten words"))).isEqualTo(file);
        }
    }

    @Test
    void asTextItIsTheSameAndSaysNothingAboutItself() throws Exception {
        String text = sealWith("ten words").sealText(FILE);

        assertThat(text).startsWith("-----BEGIN PGP MESSAGE-----\n\n").endsWith("\n-----END PGP MESSAGE-----\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 64).noneMatch(line -> line.contains(":"));
        assertThat(Sealed.isOne(text)).isTrue();
        assertThat(Sealed.of(text).open(Password.of("ten words"))).isEqualTo(FILE);
    }

    /** Tag 3: version 4, AES-256, a salted and counted SHA-256, 65 million bytes long. Tag 18: version 1, with a sum. */
    @Test
    void itIsOfTheKindThatEveryGpgOpens() {
        String message = HexFormat.of().formatHex(sealWith("ten words").seal(FILE));

        assertThat(message).matches("(8c|c3)[0-9a-f]{2}04090308[0-9a-f]{16}ff.*");
        assertThat(message).matches(".{26,100}d2([0-9a-f]{2}|[0-9a-f]{4})01.*");
    }

    @Test
    void twoAreNeverTheSameAndTheFileDoesNotShow() {
        Seal seal = sealWith("ten words");
        assertThat(seal.seal(FILE)).isNotEqualTo(seal.seal(FILE));
        assertThat(new String(seal.seal(FILE), StandardCharsets.ISO_8859_1)).doesNotContain("SQLite");
    }

    @Test
    void aPassphraseMayHaveLettersOfAnyKind() throws Exception {
        byte[] message = sealWith("Grüße, Zoë \ud83d\udd11").seal(FILE);
        assertThat(Sealed.of(message).open(Password.of("Grüße, Zoë \ud83d\udd11")))
                .isEqualTo(FILE);
    }

    @Test
    void aKeyOpensItAndSoDoesAnyOfSeveral() throws Exception {
        byte[] message = new Seal(new SecureRandom())
                .withKeys(PublicKeys.read(Fixtures.bytes("anna.asc"), TODAY))
                .withKeys(PublicKeys.read(Fixtures.bytes("zoe.gpg"), TODAY))
                .withPassphrase(Password.of("ten words"))
                .seal(FILE);
        Sealed sealed = Sealed.of(message);

        assertThat(sealed.takesKey()).isTrue();
        assertThat(sealed.takesPassphrase()).isTrue();
        assertThat(sealed.open(Password.of("ten words"))).isEqualTo(FILE);
        SecretKeys anna = SecretKeys.read(Fixtures.bytes("anna-secret.asc"));
        assertThat(sealed.needsPassphraseOf(anna)).isFalse();
        assertThat(sealed.open(anna, Optional.empty())).isEqualTo(FILE);
        SecretKeys zoe = SecretKeys.read(Fixtures.bytes("zoe-secret.gpg"));
        assertThat(sealed.needsPassphraseOf(zoe)).isTrue();
        assertThat(sealed.open(zoe, Optional.of(Password.of("battery staple")))).isEqualTo(FILE);
    }

    @Test
    void whoseKeysTheyAreIsSaid() throws Exception {
        assertThat(PublicKeys.read(Fixtures.bytes("zoe.gpg"), TODAY).owners())
                .singleElement()
                .asString()
                .startsWith("Zoë <zoe@example.org> (F648 0F58 2C92 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired.asc", "revoked.asc", "signs-only.asc"})
    void aKeyThatItsOwnerDoesNotWantUsedIsRefused(String file) {
        assertThatThrownBy(() -> PublicKeys.read(Fixtures.bytes(file), TODAY))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("@example.org")
                .hasMessageContaining("expired, was revoked");
    }

    @Test
    void aKeyExpiresByTheClockThatWasGiven() throws Exception {
        InstantSource then = InstantSource.fixed(Instant.parse("2024-06-01T00:00:00Z"));
        assertThat(PublicKeys.read(Fixtures.bytes("expired.asc"), then).owners())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.bin", "symmetric.gpg", "symmetric-uncompressed.asc", "README.md"})
    void whatIsNoKeyIsToldFromOne(String file) {
        assertThatThrownBy(() -> PublicKeys.read(Fixtures.bytes(file), TODAY))
                .isInstanceOf(MalformedSessionException.class);
        assertThatThrownBy(() -> SecretKeys.read(Fixtures.bytes(file)))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("no secret OpenPGP key");
    }

    @Test
    void aSealThatNobodyCanOpenIsNotMade() {
        assertThatThrownBy(() -> new Seal(new SecureRandom()).seal(FILE)).isInstanceOf(IllegalStateException.class);
    }

    private static Seal sealWith(String passphrase) {
        return new Seal(new SecureRandom()).withPassphrase(Password.of(passphrase));
    }
}
