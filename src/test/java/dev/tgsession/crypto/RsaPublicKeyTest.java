package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsaPublicKeyTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    /** From openssl rsa -pubin -RSAPublicKey_out, for the vector with n and e of Telegram's production key. */
    private static final String KNOWN_PKCS1 = """
            -----BEGIN RSA PUBLIC KEY-----
            MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g
            5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO
            62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/
            +aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9
            t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs
            5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB
            -----END RSA PUBLIC KEY-----
            """;

    /** From openssl rsa -pubin -pubout, for the same. */
    private static final String KNOWN_SPKI = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6LszBcC1LGzyr992NzE0
            ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9k
            rM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO62cECs5HKhT5DZ98K33vmWiLowc621dQ
            uwKWSQKjWf50XYFw42h21P2KXUGyp2y/+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5
            gpYc397aYp438fsJoHIgJ2lgMv5h7WY9t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRU
            hebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP
            8wIDAQAB
            -----END PUBLIC KEY-----
            """;

    static List<Vector> vectors() {
        return Vectors.of("rsa-keys");
    }

    /** A key of the vectors, by the hex form of its fingerprint. */
    static RsaPublicKey knownKey(String fingerprint) {
        return vectors().stream()
                .filter(vector -> vector.text("fingerprint_hex").equals(fingerprint))
                .map(RsaPublicKeyTest::key)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theFingerprintNamesTheKey(Vector vector) {
        assertThat(key(vector).fingerprint())
                .isEqualTo(vector.decimal("fingerprint_signed").longValueExact())
                .isEqualTo(vector.bytes("fingerprint_wire_bytes").longAt(0));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bothPemFormsReadBack(Vector vector) {
        RsaPublicKey key = key(vector);
        assertThat(RsaPublicKey.ofPem(key.toPkcs1Pem())).isEqualTo(key);
        assertThat(RsaPublicKey.ofPem(key.toSpkiPem())).isEqualTo(key);
    }

    @Test
    void pemsAreThoseOfOpenssl() {
        RsaPublicKey key = knownKey("d09d1d85de64fd85");
        assertThat(key.toPkcs1Pem()).isEqualToNormalizingNewlines(KNOWN_PKCS1);
        assertThat(key.toSpkiPem()).isEqualToNormalizingNewlines(KNOWN_SPKI);
        assertThat(RsaPublicKey.ofPem(KNOWN_PKCS1)).isEqualTo(key);
        assertThat(RsaPublicKey.ofPem(KNOWN_SPKI)).isEqualTo(key);
    }

    @Test
    void aPemMayStandAmongOtherText() {
        String text = "Telegram's key:\r\n\r\n" + KNOWN_PKCS1.replace("\n", "\r\n") + "and more\r\n";
        assertThat(RsaPublicKey.ofPem(text)).isEqualTo(knownKey("d09d1d85de64fd85"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "d09d1d85de64fd85",
                "-----BEGIN RSA PUBLIC KEY-----\n",
                "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n",
                "-----BEGIN RSA PUBLIC KEY-----\n-----END RSA PUBLIC KEY-----\n",
                "-----BEGIN RSA PUBLIC KEY-----\n!!!!\n-----END RSA PUBLIC KEY-----\n",
                "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----\n",
                "-----BEGIN RSA PUBLIC KEY-----\nAgEB\n-----END RSA PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nBQA=\n-----END PUBLIC KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
            })
    void garbageIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPublicKey.ofPem(text))
                .withMessageContaining("PEM");
    }

    @Test
    void aKeyCutShortIsRefused() {
        String[] lines = KNOWN_PKCS1.split("\n");
        lines[2] = "";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPublicKey.ofPem(String.join("\n", lines)))
                .withMessageContaining("PEM");
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefused() {
        // From openssl genpkey -algorithm ed25519 | openssl pkey -pubout
        String ed25519 =
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA2LJKMsaCaq6SOmUlrSBzGNhV4nkm4OgU47TWbQOGt0Y=\n-----END PUBLIC KEY-----\n";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPublicKey.ofPem(ed25519))
                .withMessage("the PEM does not hold an RSA public key");
    }

    @Test
    void aPrivateKeyIsRefusedAndNotQuoted() {
        for (String label : List.of("RSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
            String pem = "-----BEGIN " + label + "-----\nMAA=\n-----END " + label + "-----\n";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RsaPublicKey.ofPem(pem))
                    .withMessage("this is a private key; the public one is needed here");
        }
    }

    @Test
    void aSmallKeyIsRefused() {
        // From openssl genrsa 1024 | openssl rsa -RSAPublicKey_out
        String pem = """
                -----BEGIN RSA PUBLIC KEY-----
                MIGJAoGBANUXac0MbQegRIxi2L9+BlMaO8dbIsLpd4Kx2i/Z+z18siZmhxlH0BtK
                IkFArkM6REGG0ofMUOG++xij3rsSSMKlFH8ejibsl+6ArFtyWoPGgSnbsyx7Hmz9
                +mT2dKWafqLtWvFyo8uEgpHbXkFBw1jkTVA7SF8cOeKPaz1gw7J7AgMBAAE=
                -----END RSA PUBLIC KEY-----
                """;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPublicKey.ofPem(pem))
                .withMessage("an RSA key of 1024 bits; MTProto needs exactly 2048");
    }

    @Test
    void aModulusHas2048BitsAndIsOdd() {
        BigInteger modulus = knownKey("d09d1d85de64fd85").modulus();
        for (BigInteger wrong : List.of(
                modulus.shiftRight(1),
                modulus.shiftLeft(1).add(BigInteger.ONE),
                modulus.add(BigInteger.ONE),
                modulus.negate(),
                BigInteger.ZERO)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RsaPublicKey(wrong, F4));
        }
    }

    @Test
    void anExponentIsOddAndInRange() {
        BigInteger modulus = knownKey("d09d1d85de64fd85").modulus();
        for (BigInteger wrong : List.of(
                BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, F4.negate(), F4.add(BigInteger.ONE), modulus)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RsaPublicKey(modulus, wrong))
                    .withMessageContaining("exponent");
        }
        assertThat(new RsaPublicKey(modulus, BigInteger.valueOf(3)).exponent()).isEqualTo(3);
    }

    @Test
    void encryptsNumbersBelowTheModulus() {
        RsaPublicKey key = knownKey("d09d1d85de64fd85");
        Bytes one = Bytes.ofNumber(BigInteger.ONE, 256);
        assertThat(key.encryptRaw(one)).isEqualTo(one);
        Bytes largest = Bytes.ofNumber(key.modulus().subtract(BigInteger.ONE));
        assertThat(key.encryptRaw(largest)).isEqualTo(largest);
        for (Bytes wrong : List.of(Bytes.ofNumber(key.modulus()), one.from(1), one.plus(one), Bytes.EMPTY)) {
            assertThatIllegalArgumentException().isThrownBy(() -> key.encryptRaw(wrong));
        }
    }

    private static RsaPublicKey key(Vector vector) {
        return new RsaPublicKey(vector.number("n"), vector.number("e"));
    }
}
