package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.DcOption;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    @ParameterizedTest
    @ValueSource(strings = {"PHONE_MIGRATE_4", "NETWORK_MIGRATE_4"})
    void aLoginGoesToTheDataCenterOfTheAccount(String error) throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 303, error)
                .at(4)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        Session session = story.succeeds();

        assertThat(session.dataCenter()).isEqualTo(DataCenters.builtIn(Environment.PRODUCTION, 4, false));
        assertThat(session.authKey()).isEqualTo(ScriptedTelegram.keyOf(4));
        assertThat(telegram.dialled()).extracting(DataCenter::id).containsExactly(2, 4);
        assertThat(person.news)
                .contains(new News(News.Kind.DATA_CENTER, "Telegram goes on with this login in its data center 4."));
    }

    @Test
    void aLoginMayMoveAfterTheCodeToo() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 303, "USER_MIGRATE_5")
                .at(5)
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        assertThat(story.succeeds().dataCenter().id()).isEqualTo(5);
    }

    @Test
    void whoBeganOverIpv6StaysThere() throws Exception {
        story.start = DataCenters.builtIn(Environment.TEST, 2, true);
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_1")
                .at(1)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        assertThat(story.succeeds().dataCenter()).isEqualTo(DataCenters.builtIn(Environment.TEST, 1, true));
    }

    @Test
    void threeRedirectsAreEnough() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_4")
                .at(4)
                .refuses(sendCode(), 303, "PHONE_MIGRATE_2")
                .at(2)
                .refuses(sendCode(), 303, "PHONE_MIGRATE_4")
                .at(4)
                .refuses(sendCode(), 303, "PHONE_MIGRATE_2");

        assertThat(story.isRefused().sentence())
                .isEqualTo("Telegram sends this login from one data center to the next.");
    }

    @Test
    void aDataCenterThatIsNotInTheTableIsLookedUp() throws Exception {
        DataCenter practice = new DataCenter(2, "127.0.0.1", 4002, Environment.PRACTICE);
        story.start = practice;
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_4")
                .answers(
                        new GetConfig(),
                        config(
                                option(false, false, false, false, 1, "127.0.0.1", 4001),
                                option(true, false, false, false, 4, "::1", 4004),
                                option(false, true, false, false, 4, "127.0.0.1", 4104),
                                option(false, false, false, true, 4, "127.0.0.1", 4204),
                                option(false, false, true, false, 4, "127.0.0.1", 4304),
                                option(false, false, false, false, 4, "127.0.0.1", 4004),
                                option(false, false, false, false, 4, "127.0.0.1", 4404)))
                .at(4)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        assertThat(story.succeeds().dataCenter()).isEqualTo(new DataCenter(4, "127.0.0.1", 4004, Environment.PRACTICE));
    }

    @Test
    void anAddressForObfuscatedConnectionsIsBetterThanNone() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_6")
                .answers(new GetConfig(), config(option(false, false, true, false, 6, "203.0.113.6", 443)))
                .at(6)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        assertThat(story.succeeds().dataCenter().host()).isEqualTo("203.0.113.6");
    }

    @Test
    void aDataCenterWithoutAnAddressEndsTheLogin() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_9").answers(new GetConfig(), config());

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.sentence())
                .isEqualTo("Telegram sends this login to data center 9, but tells no address for it.");
        assertThat(refusal.kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void anAddressThatIsNoneCountsAsNone() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 303, "PHONE_MIGRATE_9")
                .answers(
                        new GetConfig(),
                        config(
                                option(false, false, false, false, 9, "not an address", 443),
                                option(false, false, false, false, 9, "203.0.113.9", 70_000)));

        assertThat(story.isRefused().sentence()).contains("tells no address for it");
    }

    @Test
    void aShortWaitIsSatOutWithACountdownAndNotASecondLess() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 420, "FLOOD_WAIT_3")
                .replies(sendCode(), call -> {
                    assertThat(story.clock.instant()).isEqualTo(MovableClock.START.plusSeconds(3));
                    return byApp(HASH);
                })
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.waits)
                .containsExactly(
                        "3 Telegram wants us to wait 3 seconds.",
                        "2 Telegram wants us to wait 3 seconds.",
                        "1 Telegram wants us to wait 3 seconds.",
                        "0 Telegram wants us to wait 3 seconds.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOOD_WAIT_60", "FLOOD_PREMIUM_WAIT_60"})
    void aMinuteIsTheLongestWait(String error) throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 420, error)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(story.clock.instant()).isEqualTo(MovableClock.START.plusSeconds(60));
    }

    @Test
    void aLongerWaitIsToldAndSendCodeIsNotRepeated() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 420, "FLOOD_WAIT_61");

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.FLOOD_WAIT);
        assertThat(refusal.sentence())
                .isEqualTo("Telegram wants no more of this for 1 minute 1 second, until 12:01 UTC.");
        assertThat(refusal.floodWait()).contains(Duration.ofSeconds(61));
        assertThat(refusal.until()).contains(MovableClock.START.plusSeconds(61));
        assertThat(person.waits).isEmpty();
    }

    @Test
    void aTestNumberIsNotWaitedFor() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 420, "FLOOD_TEST_PHONE_WAIT_5");

        assertThat(story.isRefused().kind()).isEqualTo(Kind.FLOOD_WAIT);
        assertThat(person.waits).isEmpty();
    }

    @Test
    void afterThreeWaitsTheFourthIsOneTooMany() {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 420, "FLOOD_WAIT_1")
                .refuses(sendCode(), 420, "FLOOD_WAIT_1")
                .refuses(sendCode(), 420, "FLOOD_WAIT_1")
                .refuses(sendCode(), 420, "FLOOD_WAIT_1");

        assertThat(story.isRefused().kind()).isEqualTo(Kind.FLOOD_WAIT);
    }

    @Test
    void aLongWaitInTheMiddleCancelsTheCode() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 420, "FLOOD_WAIT_86400")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().until()).contains(MovableClock.START.plus(Duration.ofDays(1)));
    }

    @Test
    void serverTroubleIsSatOutWithGrowingPauses() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.refuses(sendCode(), 500, "RPC_CALL_FAIL")
                .refuses(sendCode(), -503, "Timeout")
                .refuses(sendCode(), 500, "WORKER_BUSY_TOO_LONG_RETRY")
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(story.clock.instant()).as("1 + 2 + 4 seconds").isEqualTo(MovableClock.START.plusSeconds(7));
        assertThat(person.waits)
                .contains("1 Telegram has trouble of its own (500 RPC_CALL_FAIL); asking again.")
                .contains("2 Telegram has trouble of its own (-503 Timeout); asking again.");
    }

    @Test
    void serverTroubleThatStaysEndsTheLogin() {
        person.phone(PHONE);
        for (int i = 0; i < 4; i++) {
            telegram.refuses(sendCode(), -503, "Timeout");
        }

        assertThat(story.isRefused().sentence()).isEqualTo("Telegram has trouble of its own: -503 Timeout.");
    }

    private static Config config(DcOption... options) {
        return new Config(0, 0, false, 2, List.of(options));
    }

    private static DcOption option(
            boolean ipv6, boolean mediaOnly, boolean tcpoOnly, boolean cdn, int id, String address, int port) {
        return new DcOption(ipv6, mediaOnly, tcpoOnly, cdn, id, address, port);
    }
}
