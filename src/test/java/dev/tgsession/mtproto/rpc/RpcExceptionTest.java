package dev.tgsession.mtproto.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RpcExceptionTest {
    @Test
    void takesTheNumberOffTheEnd() {
        var flood = new RpcException(420, "FLOOD_WAIT_30");
        assertThat(flood.type()).isEqualTo("FLOOD_WAIT");
        assertThat(flood.argument()).hasValue(30);
        assertThat(flood.floodWait()).contains(Duration.ofSeconds(30));
        assertThat(flood).hasMessage("420 FLOOD_WAIT_30");
    }

    @Test
    void namesTheDataCentreToGoTo() {
        assertThat(new RpcException(303, "PHONE_MIGRATE_4").migrateTo()).contains(4);
        assertThat(new RpcException(303, "PHONE_MIGRATE_99999999999").migrateTo())
                .isEmpty();
        assertThat(new RpcException(400, "PHONE_MIGRATE_4").migrateTo()).isEmpty();
    }

    @Test
    void numbersInsideANameStay() {
        var confirm = new RpcException(420, "2FA_CONFIRM_WAIT_600");
        assertThat(confirm.type()).isEqualTo("2FA_CONFIRM_WAIT");
        assertThat(confirm.floodWait()).isEmpty();
        assertThat(new RpcException(400, "AUTH_TOKEN_INVALID2").type()).isEqualTo("AUTH_TOKEN_INVALID2");
    }

    @Test
    void oddTextsAreTakenAsTheyAre() {
        assertThat(new RpcException(500, "").type()).isEmpty();
        assertThat(new RpcException(500, "_5").type()).isEqualTo("_5");
        assertThat(new RpcException(500, "5").argument()).isEmpty();
        assertThat(new RpcException(420, "FLOOD_WAIT_1234567890123456789012345").argument())
                .isEmpty();
    }

    @Test
    void aHostileTextCannotReachTheTerminal() {
        String text = new RpcException(400, "\u001b[2J" + "A".repeat(1_000_000)).getMessage();
        assertThat(text).doesNotContain("\u001b").hasSizeLessThan(200);
    }

    @Test
    void serverTroubleMayPass() {
        assertThat(new RpcException(500, "RPC_CALL_FAIL").isServerTrouble()).isTrue();
        assertThat(new RpcException(-503, "Timeout").isServerTrouble()).isTrue();
        assertThat(new RpcException(406, "SEND_CODE_UNAVAILABLE").isServerTrouble())
                .isFalse();
    }
}
