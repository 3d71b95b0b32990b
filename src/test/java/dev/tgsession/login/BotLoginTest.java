package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.API;
import static dev.tgsession.login.LoginStory.API_HASH;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;
import dev.tgsession.session.Session;
import org.junit.jupiter.api.Test;

class BotLoginTest {
    private static final String SECRET = "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";
    private static final String TOKEN = "123456789:" + SECRET;

    private final LoginStory story = new LoginStory();

    @Test
    void aTokenAtThePhonePromptLogsInAsABot() throws Exception {
        story.person.phone(" " + TOKEN + " ");
        story.telegram.answers(call(TOKEN), authorization(user(123_456_789, true)));
        story.confirms(user(123_456_789, true));

        Session session = story.succeeds();

        assertThat(session.account().orElseThrow().bot()).isTrue();
        assertThat(session.account().orElseThrow().userId()).isEqualTo(123_456_789);
        assertThat(session.account().orElseThrow().phone()).isEmpty();
        assertThat(story.person.everythingSaid()).doesNotContain(SECRET);
    }

    @Test
    void aBotMayLiveInAnotherDataCenter() throws Exception {
        story.person.phone(TOKEN);
        story.telegram
                .refuses(call(TOKEN), 303, "USER_MIGRATE_4")
                .at(4)
                .answers(call(TOKEN), authorization(user(123_456_789, true)));
        story.confirms(user(123_456_789, true));

        assertThat(story.succeeds().dataCenter().id()).isEqualTo(4);
    }

    @Test
    void aWrongTokenIsAskedForAgainAndNeverSentTwice() throws Exception {
        String other = TOKEN.replace("AAE", "AAF");
        story.person.phone(TOKEN).phone(TOKEN).phone(other);
        story.telegram
                .refuses(call(TOKEN), 400, "ACCESS_TOKEN_INVALID")
                .answers(call(other), authorization(user(123_456_789, true)));
        story.confirms(user(123_456_789, true));

        story.succeeds();

        assertThat(story.person.refusals)
                .containsExactly(
                        "Telegram does not accept this bot token; @BotFather tells the current one. 2 tries are left.",
                        "Telegram has refused this phone number or bot token already.");
        assertThat(story.person.everythingSaid()).doesNotContain(SECRET);
    }

    @Test
    void threeRevokedTokensAreEnough() {
        for (String token : new String[] {TOKEN + "1", TOKEN + "2", TOKEN + "3"}) {
            story.person.phone(token);
            story.telegram.refuses(call(token), 400, "ACCESS_TOKEN_EXPIRED");
        }

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(refusal).message().doesNotContain(SECRET);
    }

    @Test
    void aBotWhoseApiIdIsWrongIsRefused() {
        story.person.phone(TOKEN);
        story.telegram.refuses(call(TOKEN), 400, "API_ID_INVALID");

        assertThat(story.isRefused().kind()).isEqualTo(Kind.API_CREDENTIALS);
    }

    private static ImportBotAuthorization call(String token) {
        return new ImportBotAuthorization(API.id(), API_HASH, token);
    }
}
