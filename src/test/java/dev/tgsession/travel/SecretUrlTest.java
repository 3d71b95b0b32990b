package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretUrlTest {
    private static final String SIGNED = "https://Bucket.example/login.session?X-Amz-Signature=5ec12e7";

    @Test
    void itPrintsAsItsHost() throws Exception {
        assertThat(SecretUrl.of(SIGNED)).hasToString("https://bucket.example/...");
        assertThat(SecretUrl.of("https://h.example:8443/x").host()).isEqualTo("h.example:8443");
        assertThat(SecretUrl.of("https://h.example:443/x").host()).isEqualTo("h.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {" " + SIGNED + "\n", "\"" + SIGNED + "\"", "'" + SIGNED + "'", "\" " + SIGNED + " \""})
    void blanksAndQuotesAroundItDoNotMatter(String given) throws Exception {
        assertThat(SecretUrl.of(given).uri()).hasToString(SIGNED);
        assertThat(SecretUrl.isMeant(given)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://bucket.example/x?sig=5ec12e7",
                "https://name:5ec12e7@bucket.example/x",
                "https:///x?5ec12e7",
                "https://bucket.example/x y?5ec12e7",
                "https://bucket.example:99999/5ec12e7",
                "https://under_score/5ec12e7",
                "https://bucket.example/\u00005ec12e7",
                "ftp://bucket.example/5ec12e7",
                "5ec12e7",
                ""
            })
    void whatIsRefusedIsNotRepeated(String given) {
        TransferException refused = catchThrowableOfType(TransferException.class, () -> SecretUrl.of(given));
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace, true));
        assertThat(refused.kind()).isEqualTo(TransferException.Kind.ADDRESS);
        assertThat(trace + refused.hint()).doesNotContain("5ec12e7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h.example/x?sig=1",
                "https://u:p@h.example/x",
                "https://h.example/x#key",
                "https://h.example/hooks/dGhpc2lzYXNlY3JldDEyMzQ1",
                "https://h.example/550e8400-e29b-41d4-a716-446655440000/x.session",
                "https://h.example/9f86d081884c7d659a2feaa0c55ad015.session",
                "https://h.example/eyJhbGciOiJIUzI1NiIsInR5cCI6.eyJzdWIiOiIx.c2ln",
            })
    void whatMayBeASecretIsSeen(String given) {
        assertThat(SecretUrl.isSecret(given)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h.example/login.session",
                "https://h.example/team/sessions-of-our-many-robots/2026/login.session",
                "https://h.example:8443/a-file-with-a-long-name-and-2-digits.session",
            })
    void aPlainAddressIsNone(String given) {
        assertThat(SecretUrl.isSecret(given)).isFalse();
    }
}
