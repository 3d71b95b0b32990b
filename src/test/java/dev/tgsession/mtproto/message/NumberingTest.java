package dev.tgsession.mtproto.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.Vectors;
import dev.tgsession.mtproto.message.ReceivedMessages.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NumberingTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);

    private Instant clock = NOW;

    @Test
    void idsAreDatedAsInTheVectors() {
        for (JsonObject v : Vectors.file("msg-ids.json").list("vectors")) {
            if (v.has("msg_id")) {
                Instant moment = Instant.ofEpochSecond(v.getLong("unix_seconds"), v.getLong("nanoseconds"));
                assertThat(Long.toUnsignedString(MessageIds.of(moment)))
                        .as(v.getString("name"))
                        .isEqualTo(v.getString("msg_id"));
            }
        }
    }

    @Test
    void sequenceNumbersCountAsInTheVectors() {
        JsonObject v = Vectors.file("msg-ids.json").list("vectors").stream()
                .filter(entry -> entry.has("events"))
                .findFirst()
                .orElseThrow();
        SequenceNumbers numbers = new SequenceNumbers();
        JsonArray events = v.getArray("events");
        for (int i = 0; i < events.size(); i++) {
            boolean content = events.getArray(i).getString(0).equals("content");
            assertThat(content ? numbers.nextContent() : numbers.nextService())
                    .isEqualTo(events.getArray(i).getInt(1));
        }
    }

    @Test
    void idsRiseThoughTheClockStandsOrGoesBack() {
        MessageIds ids = new MessageIds(() -> clock);
        long first = ids.next();
        assertThat(first & 0xffff_ffffL).as("an id needs a fraction").isNotZero();
        long second = ids.next();
        clock = NOW.minusSeconds(100);
        long third = ids.next();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(third % 4).isZero();
    }

    @Test
    void theRemainderSaysWhoSpeaks() {
        MessageIds ids = new MessageIds(() -> clock);
        long answer = ids.nextAnswer();
        long unasked = ids.nextUnasked();
        assertThat(answer & 3).isEqualTo(1);
        assertThat(unasked & 3).isEqualTo(3);
        assertThat(unasked).isGreaterThan(answer);
    }

    @Test
    void serverTimeFollowsWhatTheServerSaid() {
        ServerTime time = new ServerTime(() -> clock);
        assertThat(time.isKnown()).isFalse();
        time.is(NOW.plusSeconds(3600));
        clock = NOW.plusSeconds(10);
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(3610));
        assertThat(time.difference()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void nothingIsHeardTwice() throws Exception {
        ReceivedMessages heard = new ReceivedMessages(known());
        long id = MessageIds.of(NOW) | 1;
        assertThat(heard.judge(id)).isEqualTo(Verdict.NEW);
        assertThat(heard.judge(id)).isEqualTo(Verdict.KNOWN);
    }

    @Test
    void nothingComesFromAnotherTime() throws Exception {
        ReceivedMessages heard = new ReceivedMessages(known());
        assertThat(heard.judge(MessageIds.of(NOW.minusSeconds(301)) | 1)).isEqualTo(Verdict.OUT_OF_TIME);
        assertThat(heard.judge(MessageIds.of(NOW.minusSeconds(299)) | 1)).isEqualTo(Verdict.NEW);
        assertThat(heard.judge(MessageIds.of(NOW.plusSeconds(31)) | 1)).isEqualTo(Verdict.OUT_OF_TIME);
        assertThat(heard.judge(MessageIds.of(NOW.plusSeconds(29)) | 1)).isEqualTo(Verdict.NEW);
    }

    @Test
    void anEvenIdIsNoServers() {
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> new ReceivedMessages(known()).judge(MessageIds.of(NOW)));
    }

    @Test
    void whatIsOlderThanAllWeRememberIsNotHeardAgain() throws Exception {
        ReceivedMessages heard = new ReceivedMessages(known());
        long first = MessageIds.of(NOW) | 1;
        for (int i = 0; i < 1200; i++) {
            assertThat(heard.judge(first + 4L * i)).isEqualTo(Verdict.NEW);
        }
        assertThat(heard.judge(first + 4)).isEqualTo(Verdict.KNOWN);
        assertThat(heard.judge(first - 8)).isEqualTo(Verdict.KNOWN);
    }

    private ServerTime known() {
        ServerTime time = new ServerTime(() -> clock);
        time.is(NOW);
        return time;
    }
}
