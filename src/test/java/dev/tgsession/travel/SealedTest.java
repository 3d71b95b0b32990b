package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTest {
    private static final byte[] FILE = Fixtures.bytes("plain.bin");

    private static final boolean THOROUGH = Boolean.getBoolean("tgsession.thorough");
    private static final int[] CHANGES = {0x01, 0x02, 0x03, 0x04, 0x80, 0xff};
    /** Lengths, key id and the first number, of which each change is tried; a byte behind them gets one, or all if thorough. */
    private static final int WITH_NUMBERS = 64;

    @ParameterizedTest
    @CsvSource({
        "symmetric.gpg,         correct horse",
        "symmetric-umlauts.gpg, 'Grüße, Zoë'",
        "for-zoe-or-passphrase.gpg, correct horse"
    })
    void whatGpgSealedWithAPassphraseComesOutToTheByte(String name, String passphrase) throws Exception {
        byte[] message = Fixtures.bytes(name);
        assertThat(Sealed.isOne(message)).isTrue();
        assertThat(Sealed.of(message).takesPassphrase()).isTrue();
        assertThat(Sealed.of(message).open(Password.of(passphrase))).isEqualTo(FILE);
        assertThatThrownBy(() -> Sealed.of(message).open(Password.of("Correct horse")))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessageContaining("does not open this");
    }

    @Test
    void whatGpgSealedForKeysComesOutToTheByte() throws Exception {
        SecretKeys anna = SecretKeys.read(Fixtures.bytes("anna-secret.asc"));
        SecretKeys zoe = SecretKeys.read(Fixtures.bytes("zoe-secret.gpg"));
        Optional<Password> staple = Optional.of(Password.of("battery staple"));

        Sealed forAnna = Sealed.of(Fixtures.bytes("for-anna.gpg"));
        assertThat(forAnna.takesPassphrase()).isFalse();
        assertThat(forAnna.open(anna, Optional.empty())).isEqualTo(FILE);
        Sealed forBoth = Sealed.of(Fixtures.text("for-zoe-and-anna-signed.asc"));
        assertThat(forBoth.open(zoe, staple)).isEqualTo(FILE);
        assertThat(forBoth.open(anna, Optional.empty())).isEqualTo(FILE);
        assertThat(Sealed.of(Fixtures.bytes("for-zoe-or-passphrase.gpg")).open(zoe, staple))
                .isEqualTo(FILE);

        assertThatThrownBy(() -> forAnna.open(zoe, staple))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("sealed for somebody else");
        assertThatThrownBy(() -> forBoth.open(zoe, Optional.of(Password.of("horse"))))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessageContaining("the secret key");
        assertThatThrownBy(() -> forBoth.open(zoe, Optional.empty())).isInstanceOf(WrongPassphraseException.class);
    }

    @Test
    void textSurvivesATerminalThatWrapsAndIndents() throws Exception {
        String text = Fixtures.text("symmetric-uncompressed.asc");
        String bent = "$ gpg -c\r\n" + text.replace("\n", "\u00a0 \r\n  ") + "$ ";
        assertThat(Sealed.of(bent).open(Password.of("correct horse"))).isEqualTo(FILE);

        String withHeaders = text.replaceFirst("\n\n", "\nVersion: GnuPG v2\nComment: a: b\n\n");
        assertThat(Sealed.of(withHeaders).open(Password.of("correct horse"))).isEqualTo(FILE);

        String joined = text.replace("\n", "");
        StringBuilder wrapped = new StringBuilder();
        for (int i = 0; i < joined.length(); i += 80) {
            wrapped.append(joined, i, Math.min(joined.length(), i + 80)).append(" \n");
        }
        assertThat(Sealed.of(wrapped.toString()).open(Password.of("correct horse")))
                .isEqualTo(FILE);
    }

    @Test
    void textOfWhichAPartIsMissingIsRefusedBeforeAPassphraseIsAsked() {
        String text = Fixtures.text("symmetric-uncompressed.asc");
        assertDamaged(text.replaceFirst("\n[^\n-]{64}\n", "\n"));
        assertDamaged(text.substring(0, text.indexOf("-----END")));
        assertDamaged(text.replaceFirst("\n\n.", "\n\n!"));
        assertDamaged(text.replaceFirst("\n\nj", "\n\nk"));
        assertDamaged("-----BEGIN PGP MESSAGE-----\n\n-----END PGP MESSAGE-----");
        assertDamaged("hello");
        assertThat(Sealed.isOne("-----BEGIN TELEGRAM SESSION-----")).isFalse();
    }

    /** All bits at once, and the lowest alone. */
    @ParameterizedTest
    @ValueSource(ints = {0xff, 0x01, 0x80})
    void eachChangedByteIsRefused(int change) throws Exception {
        byte[] small = Arrays.copyOf(FILE, 120);
        for (byte[] message : new byte[][] {quicklySealed(small, false), quicklySealed(small, true)}) {
            assertThat(Sealed.of(message).open(Password.of("p"))).isEqualTo(small);
            for (int i = 0; i < message.length; i++) {
                byte[] changed = message.clone();
                changed[i] ^= (byte) change;
                assertThatThrownBy(() -> Sealed.of(changed).open(Password.of("p")))
                        .as("byte %d", i)
                        .isInstanceOfAny(MalformedSessionException.class, WrongPassphraseException.class);
            }
        }
    }

    @Test
    void eachCutIsRefused() throws Exception {
        byte[] small = Arrays.copyOf(FILE, 120);
        for (byte[] message : new byte[][] {quicklySealed(small, false), quicklySealed(small, true)}) {
            for (int length = 0; length < message.length; length++) {
                byte[] cut = Arrays.copyOf(message, length);
                assertThatThrownBy(() -> Sealed.of(cut).open(Password.of("p")))
                        .as("%d bytes", length)
                        .isInstanceOfAny(MalformedSessionException.class, WrongPassphraseException.class);
            }
        }
    }

    /** Also where the change means nothing to the one who opens it: in how many bits a number has. */
    @ParameterizedTest
    @CsvSource({"for-anna.gpg, anna-secret.asc", "for-carl.gpg, carl-secret.gpg"})
    void eachChangedByteOfAMessageForAKeyIsRefused(String name, String keyFile) throws Exception {
        SecretKeys keys = SecretKeys.read(Fixtures.bytes(keyFile));
        byte[] message = Fixtures.bytes(name);
        assertThat(Sealed.of(message).open(keys, Optional.empty())).isEqualTo(FILE);
        for (int i = 0; i < message.length; i++) {
            for (int change : i < WITH_NUMBERS || THOROUGH ? CHANGES : new int[] {CHANGES[i % CHANGES.length]}) {
                byte[] changed = message.clone();
                changed[i] ^= (byte) change;
                assertThatThrownBy(() -> Sealed.of(changed).open(keys, Optional.empty()))
                        .as("byte %d, %x", i, change)
                        .isInstanceOf(MalformedSessionException.class);
            }
        }
    }

    @Test
    void damageBehindTheStartIsToldFromAWrongPassphrase() throws Exception {
        byte[] message = Fixtures.bytes("symmetric.gpg");
        message[message.length - 40] ^= 1;
        assertThatThrownBy(() -> Sealed.of(message).open(Password.of("correct horse")))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("missing or changed");
    }

    @Test
    void whatIsNotProtectedAgainstChangesIsRefused() {
        assertThat(Sealed.isOne(Fixtures.bytes("unprotected.gpg"))).isTrue();
        assertThatThrownBy(() -> Sealed.of(Fixtures.bytes("unprotected.gpg")))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("not protected against changes");
    }

    @Test
    void whatGrowsBeyondMeasureIsStopped() throws Exception {
        byte[] bomb = encrypted(false, out -> {
            PGPCompressedDataGenerator generator = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB);
            try (OutputStream deflated = generator.open(out);
                    OutputStream literal =
                            new PGPLiteralDataGenerator().open(deflated, 'b', "", new Date(0), new byte[1 << 16])) {
                for (int i = 0; i <= Sealed.LARGEST >> 20; i++) {
                    literal.write(new byte[1 << 20]);
                }
            }
        });
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> Sealed.of(bomb).open(Password.of("p"))).isInstanceOf(MalformedSessionException.class);
    }

    @Test
    void messagesWithinMessagesWithoutEndAreStopped() throws Exception {
        byte[] inside = new byte[0];
        for (int i = 0; i < 20; i++) {
            ByteArrayOutputStream outer = new ByteArrayOutputStream();
            try (OutputStream deflated = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZIP).open(outer)) {
                deflated.write(inside);
            }
            inside = outer.toByteArray();
        }
        byte[] nested = inside;
        byte[] message = encrypted(false, out -> out.write(nested));
        assertThatThrownBy(() -> Sealed.of(message).open(Password.of("p")))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("no file in it");
    }

    @Test
    void nobodyMayAskForTheMemoryOfAWholeMachine() throws Exception {
        byte[] message = sealedWith(
                new BcPBEKeyEncryptionMethodGenerator("p".toCharArray(), new S2K.Argon2Params(new byte[16], 1, 1, 10)));
        assertThat(Sealed.of(message).open(Password.of("p"))).isEqualTo(FILE);

        // The third byte from the end of the packet is the exponent of the memory: 2^31 KiB.
        int exponent = indexOfMemory(message);
        message[exponent] = 31;
        assertThatThrownBy(() -> Sealed.of(message))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("more than 256 MiB");
    }

    @Test
    void aSessionIsNoMessage() {
        assertThat(Sealed.isOne(FILE)).isFalse();
        assertThat(Sealed.isOne(new byte[0])).isFalse();
        assertThat(Sealed.isOne(new byte[] {(byte) 0x99, 1, 2})).isFalse();
        assertThatThrownBy(() -> Sealed.of(FILE)).isInstanceOf(MalformedSessionException.class);
        assertThatThrownBy(() -> Sealed.of(Fixtures.bytes("zoe.gpg"))).isInstanceOf(MalformedSessionException.class);
    }

    private interface Inside {
        void writeTo(OutputStream out) throws Exception;
    }

    /** With a short hash, as here it is opened a thousand times; in the way of today's gpg, or in the coming one. */
    private static byte[] quicklySealed(byte[] file, boolean aead) throws Exception {
        return encrypted(aead, out -> literal(out, file));
    }

    private static byte[] encrypted(boolean aead, Inside inside) throws Exception {
        BcPGPDataEncryptorBuilder builder = new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithIntegrityPacket(true)
                .setSecureRandom(new SecureRandom());
        if (aead) {
            builder.setWithAEAD(2, 6).setUseV5AEAD();
        }
        return encrypted(
                builder,
                new BcPBEKeyEncryptionMethodGenerator(
                        "p".toCharArray(), new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256), 0),
                inside);
    }

    private static byte[] sealedWith(BcPBEKeyEncryptionMethodGenerator method) throws Exception {
        return encrypted(
                new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).setWithIntegrityPacket(true),
                method,
                out -> literal(out, FILE));
    }

    private static byte[] encrypted(
            BcPGPDataEncryptorBuilder builder, BcPBEKeyEncryptionMethodGenerator method, Inside inside)
            throws Exception {
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(builder);
        generator.addMethod(method);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        inside.writeTo(content);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (OutputStream encrypted = generator.open(message, content.size())) {
            encrypted.write(content.toByteArray());
        }
        return message.toByteArray();
    }

    private static void literal(OutputStream out, byte[] file) throws IOException {
        try (OutputStream literal = new PGPLiteralDataGenerator().open(out, 'b', "", file.length, new Date(0))) {
            literal.write(file);
        }
    }

    /** Behind tag, length, version, cipher, kind of hash, 16 bytes of salt, passes and lanes. */
    private static int indexOfMemory(byte[] message) {
        assertThat(message[4]).isEqualTo((byte) S2K.ARGON_2);
        return 5 + 16 + 2;
    }

    private static void assertDamaged(String text) {
        assertThatThrownBy(() -> Sealed.of(text))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("cannot be opened");
    }
}
