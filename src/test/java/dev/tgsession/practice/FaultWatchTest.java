package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.Repertoire;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultWatchTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @Test
    void aClientThatStopsIsSaidToHaveSentNothingMore() throws Exception {
        List<String> notes = notes("res-pq-nonce", practising -> {
            TestClient client = practising.stranger(2);
            client.sendPlain(new ReqPqMulti(client.chance(16)));
            client.receivePlain(ResPq.class);
            client.close();
        });

        assertThat(notes)
                .containsExactly(
                        "the fault is done, on connection 1, in the answer to req_pq_multi",
                        "connection 1 is over; after the fault nothing came");
    }

    @ParameterizedTest
    @CsvSource({
        "dh-padding, req_DH_params, '3 packets came: set_client_DH_params, help.getConfig, ping'",
        "ga-small, req_DH_params, '3 packets came: set_client_DH_params, help.getConfig, ping'",
        "session-id, help.getConfig, '1 packet came: ping'",
        "padding-long, help.getConfig, '1 packet came: ping'",
        "twice, help.getConfig, '1 packet came: ping'"
    })
    void aClientThatLooksAtNothingIsSaidToHaveGoneOn(String fault, String place, String afterwards) throws Exception {
        List<String> notes = notes(fault, FaultWatchTest::carelessly);

        assertThat(notes)
                .containsExactly(
                        "the fault is done, on connection 1, in the answer to " + place,
                        "connection 1 is over; after the fault " + afterwards);
    }

    @Test
    void aServerThatDoesNothingWrongSaysNothing() throws Exception {
        assertThat(notes(Faults.NONE, FaultWatchTest::carelessly)).isEmpty();
    }

    @Test
    void eachConnectionHasAnAfterwardsOfItsOwn() throws Exception {
        List<String> notes = notes("exchange-cut", practising -> {
            TestClient first = practising.stranger(2);
            assertThatThrownBy(() -> first.withKey(TestClient.Style.MODERN, 2)).isInstanceOf(IOException.class);
            carelessly(practising);
        });

        assertThat(notes)
                .containsExactly(
                        "the fault is done, on connection 1, in the answer to req_DH_params",
                        "connection 1 is over; after the fault nothing came");
    }

    /** Looks at no more of an answer than that it is one. */
    private static void carelessly(Practising practising) throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        client.send(new Ping(7));
        client.receive(Pong.class);
        client.close();
    }

    private interface Story {
        void tell(Practising practising) throws Exception;
    }

    private static List<String> notes(String fault, Story story) throws Exception {
        return notes(Repertoire.fault(fault).orElseThrow().make(), story);
    }

    /** What the console heard once everybody has gone. */
    private static List<String> notes(Faults faults, Story story) throws Exception {
        try (Practising practising = new Practising(faults)) {
            story.tell(practising);
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (practising.server.connections() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            return practising.phone.notes;
        }
    }
}
