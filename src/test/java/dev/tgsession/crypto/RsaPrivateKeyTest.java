package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaPrivateKeyTest {
    /** The PEMs of rsa-private-keys.txt in their order; the file says how they were made. */
    private static final List<String> PEMS = pems();

    private static final String PKCS1 = PEMS.get(0);
    private static final String PKCS8 = PEMS.get(1);
    private static final String PUBLIC = PEMS.get(2);
    private static final String ENCRYPTED = PEMS.get(3);
    private static final String ED25519 = PEMS.get(4);
    private static final String SMALL = PEMS.get(5);

    @Test
    void readsBothForms() {
        RsaPublicKey due = RsaPublicKey.ofPem(PUBLIC);
        assertThat(RsaPrivateKey.ofPem(PKCS1).publicKey()).isEqualTo(due);
        assertThat(RsaPrivateKey.ofPem(PKCS8).publicKey()).isEqualTo(due);
    }

    @Test
    void writesWhatOpensslWrites() {
        assertThat(RsaPrivateKey.ofPem(PKCS1).toPem()).isEqualToNormalizingNewlines(PKCS8);
        assertThat(RsaPrivateKey.ofPem(PKCS8).toPem()).isEqualToNormalizingNewlines(PKCS8);
    }

    @Test
    void undoesWhatThePublicHalfDid() {
        RsaPrivateKey key = RsaPrivateKey.ofPem(PKCS8);
        for (BigInteger number : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.ONE.shiftLeft(2000).subtract(BigInteger.ONE),
                key.publicKey().modulus().subtract(BigInteger.ONE))) {
            Bytes block = Bytes.ofNumber(number, 256);
            assertThat(key.decryptRaw(key.publicKey().encryptRaw(block))).isEqualTo(block);
        }
    }

    @Test
    void takesOnlyBlocksBelowTheModulus() {
        RsaPrivateKey key = RsaPrivateKey.ofPem(PKCS8);
        Bytes modulus = Bytes.ofNumber(key.publicKey().modulus());
        for (Bytes wrong : List.of(modulus, modulus.first(255), modulus.plus(modulus), Bytes.EMPTY)) {
            assertThatIllegalArgumentException().isThrownBy(() -> key.decryptRaw(wrong));
        }
    }

    @Test
    void aNewKeyWorksAndReadsBack() {
        RsaPrivateKey key = RsaPrivateKey.generate(new SecureRandom());
        assertThat(key.publicKey().modulus().bitLength()).isEqualTo(2048);
        assertThat(key.publicKey().exponent()).isEqualTo(65537);
        RsaPrivateKey reread = RsaPrivateKey.ofPem(key.toPem());
        Bytes block = Bytes.ofNumber(BigInteger.TEN.pow(600), 256);
        assertThat(reread.decryptRaw(key.publicKey().encryptRaw(block))).isEqualTo(block);
    }

    @Test
    void hidesItself() {
        assertThat(RsaPrivateKey.ofPem(PKCS8)).hasToString("RsaPrivateKey[hidden]");
        assertThat(Pem.read(PKCS8)).hasToString("Pem[hidden]");
    }

    @Test
    void aKeyThatIsNotAnOpenRsaPrivateKeyIsRefused() {
        refuses(PUBLIC, "a PEM of another kind, neither \"RSA PRIVATE KEY\" nor \"PRIVATE KEY\"");
        refuses(ENCRYPTED, "a PEM of another kind, neither \"RSA PRIVATE KEY\" nor \"PRIVATE KEY\"");
        refuses(ED25519, "the PEM does not hold an RSA private key that can be read");
        refuses(SMALL, "an RSA key of 1024 bits; MTProto needs exactly 2048");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"
            })
    void garbageIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPrivateKey.ofPem(text))
                .withMessageContaining("PEM");
    }

    @Test
    void aDamagedKeyIsRefusedWithoutQuotingIt() {
        String[] lines = PKCS1.split("\n");
        for (int line = 1; line < lines.length - 1; line++) {
            String[] damaged = lines.clone();
            damaged[line] = swapped(damaged[line]);
            String word = damaged[line].substring(8, 16);
            assertThatIllegalArgumentException()
                    .as("line %d", line)
                    .isThrownBy(() -> RsaPrivateKey.ofPem(String.join("\n", damaged)))
                    .withNoCause()
                    .withMessageNotContaining(word);
        }
    }

    /** Two letters change places. */
    private static String swapped(String line) {
        int at = 20;
        while (line.charAt(at) == line.charAt(at + 1)) {
            at++;
        }
        return line.substring(0, at) + line.charAt(at + 1) + line.charAt(at) + line.substring(at + 2);
    }

    private static void refuses(String pem, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPrivateKey.ofPem(pem))
                .withMessage(why)
                .withNoCause();
    }

    private static List<String> pems() {
        try (InputStream in = RsaPrivateKeyTest.class.getResourceAsStream("rsa-private-keys.txt")) {
            Matcher pem = Pattern.compile("-----BEGIN .*?-----END [^\n]*\n", Pattern.DOTALL)
                    .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<String> found = new ArrayList<>();
            while (pem.find()) {
                found.add(pem.group());
            }
            return found;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
