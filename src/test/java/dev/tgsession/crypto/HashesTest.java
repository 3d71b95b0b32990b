package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;

class HashesTest {
    /** The examples of FIPS 180-2 for "abc". */
    @Test
    void hashesAsTheStandardSays() {
        assertThat(Hashes.sha1(Bytes.ofUtf8("abc")).toHex()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(Hashes.sha256(Bytes.ofUtf8("abc")).toHex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void theCutsDoNotMatter() {
        Bytes whole = Bytes.ofUtf8("abc");
        Bytes first = Bytes.ofUtf8("a");
        Bytes rest = Bytes.ofUtf8("bc");
        assertThat(Hashes.sha1(first, Bytes.EMPTY, rest)).isEqualTo(Hashes.sha1(whole));
        assertThat(Hashes.sha256(first, Bytes.EMPTY, rest)).isEqualTo(Hashes.sha256(whole));
    }

    @Test
    void nothingHasAHashToo() {
        assertThat(Hashes.sha1().toHex()).isEqualTo("da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assertThat(Hashes.sha256()).isEqualTo(Hashes.sha256(Bytes.EMPTY));
    }

    @Test
    void aSaltStandsOnBothSides() {
        Bytes salt = Bytes.ofUtf8("salt");
        Bytes inner = Bytes.ofUtf8("inner");
        assertThat(Bytes.of(Hashes.sha256Between(salt.toArray(), inner.toArray())))
                .isEqualTo(Hashes.sha256(salt, inner, salt));
    }
}
