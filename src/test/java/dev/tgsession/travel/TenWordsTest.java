package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenWordsTest {
    @Test
    void theyAreTenWordsOfTheListWithHyphensBetween() {
        List<String> all = TenWords.words();
        for (int i = 0; i < 100; i++) {
            assertThat(TenWords.drawn(new SecureRandom()).split("-"))
                    .hasSize(10)
                    .allMatch(all::contains);
        }
    }

    @Test
    void theListHasElevenBitsAWordAndNoTwoThatLookAlike() {
        List<String> all = TenWords.words();
        Set<String> beginnings = new HashSet<>();
        all.forEach(word -> beginnings.add(word.substring(0, Math.min(4, word.length()))));
        assertThat(all).hasSize(2048).allMatch(word -> word.matches("[a-z]{3,8}"));
        assertThat(beginnings).hasSize(2048);
    }

    @Test
    void eachWordOfTheListIsDrawn() {
        Set<String> seen = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 5000; i++) {
            seen.addAll(List.of(TenWords.drawn(random).split("-")));
        }
        assertThat(seen).hasSize(2048);
    }
}
