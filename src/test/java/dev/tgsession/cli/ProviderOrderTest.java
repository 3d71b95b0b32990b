package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Only the list: what Java does with it is settled once in a process. */
class ProviderOrderTest {
    @Test
    void theCiphersComeBehindTheHashes() {
        assertThat(ProviderOrder.reordered(List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE", "SunJGSS")))
                .containsExactly("SUN", "SunJCE", "SunRsaSign", "SunEC", "SunJSSE", "SunJGSS");
    }

    @Test
    void anOrderThatSomebodyChoseStays() {
        for (List<String> chosen : List.of(
                List.of("SunPKCS11", "SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE"),
                List.of("SUN", "SunRsaSign", "SunPKCS11", "SunJCE"),
                List.of("SUN", "SunJCE", "SunEC"),
                List.of("SunJCE", "SUN"),
                List.of("SUN", "IBMJCE"),
                List.<String>of())) {
            assertThat(ProviderOrder.reordered(chosen)).isEqualTo(chosen);
        }
    }
}
