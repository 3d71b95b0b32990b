package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.signIn;
import static dev.tgsession.login.LoginStory.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UpdatesSchema.UpdatesState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.schema.UserSchema.UserEmpty;
import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedInTest {
    private static final GetUsers WHO = new GetUsers(List.of(new InputUserSelf()));
    private static final UpdatesState STATE = new UpdatesState(1, 2, 3, 4, 5);

    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    private void letIn(PlainAuthorization authorization) {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH)).answers(signIn(HASH, CODE), authorization);
    }

    @Test
    void namesMayBeMissing() throws Exception {
        PlainUser nameless = new PlainUser(
                true,
                false,
                false,
                false,
                false,
                false,
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        letIn(authorization(nameless));
        story.confirms(nameless);

        assertThat(story.succeeds().account()).contains(Account.of(7, false));
    }

    @Test
    void anAccountThatIsOnlyANumberGetsItsNamesFromTheConfirmation() throws Exception {
        letIn(new PlainAuthorization(Optional.empty(), Optional.empty(), Optional.empty(), new UserEmpty(user().id())));
        story.confirms();

        assertThat(story.succeeds().account().orElseThrow().firstName()).contains("Ada");
    }

    @Test
    void anAccountThatStaysANumberIsOne() throws Exception {
        letIn(authorization());
        telegram.answers(WHO, List.<User>of(new UserEmpty(user().id()))).answers(new GetState(), STATE);

        assertThat(story.succeeds().account().orElseThrow().firstName()).contains("Ada");
    }

    @Test
    void theAccessHashOfAMinUserIsGoodForNothing() throws Exception {
        PlainUser min = new PlainUser(
                true,
                false,
                false,
                false,
                true,
                false,
                7,
                Optional.of(99L),
                Optional.of("Ada"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        letIn(authorization(min));
        story.confirms(min);

        assertThat(story.succeeds().account().orElseThrow().accessHash()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, SESSION_REVOKED, NOT_AUTHORISED",
        "401, AUTH_KEY_UNREGISTERED, NOT_AUTHORISED",
        "401, USER_DEACTIVATED_BAN, BANNED",
        "406, AUTH_KEY_DUPLICATED, NOT_AUTHORISED",
    })
    void aLoginThatIsTakenBackAtOnceIsNone(int code, String error, Kind kind) {
        letIn(authorization());
        telegram.refuses(WHO, code, error);

        assertThat(story.isRefused().kind()).isEqualTo(kind);
    }

    @Test
    void aLoginThatIsTakenBackAMomentLaterIsNoneEither() {
        letIn(authorization());
        telegram.answers(WHO, List.of(user())).refuses(new GetState(), 401, "SESSION_REVOKED");

        assertThat(story.isRefused().kind()).isEqualTo(Kind.NOT_AUTHORISED);
    }

    @Test
    void aFrozenAccountIsLoggedInAllTheSame() throws Exception {
        letIn(authorization());
        telegram.refuses(WHO, 420, "FROZEN_METHOD_INVALID").refuses(new GetState(), 420, "FROZEN_METHOD_INVALID");

        Session session = story.succeeds();

        assertThat(session.account().orElseThrow().userId()).isEqualTo(user().id());
        assertThat(session.updateState()).isEmpty();
        assertThat(warnings())
                .containsExactly(
                        "Telegram has not confirmed the login yet. Telegram has frozen this account for breaking its"
                                + " rules.",
                        "Telegram does not say where the account's updates stand. Telegram has frozen this account for"
                                + " breaking its rules.");
    }

    @Test
    void aLongWaitAfterTheLoginDoesNotUndoIt() throws Exception {
        letIn(authorization());
        telegram.refuses(WHO, 420, "FLOOD_WAIT_300").answers(new GetState(), STATE);

        assertThat(story.succeeds().updateState()).contains(new UpdateState(1, 2, 3, 4));
        assertThat(warnings()).singleElement().asString().contains("5 minutes");
    }

    @Test
    void aLineThatBreaksAfterTheLoginDoesNotUndoIt() throws Exception {
        letIn(authorization());
        telegram.replies(WHO, call -> {
            throw new SocketTimeoutException("no answer");
        });

        assertThat(story.succeeds().account()).isPresent();
        assertThat(warnings())
                .containsExactly("Telegram has not confirmed the login yet. The connection failed: no answer");
    }

    @Test
    void aLoginWhoseKeyIsNotKnownAnyMoreIsGone() {
        letIn(authorization());
        telegram.replies(WHO, call -> {
            throw new TransportRefusedException(TransportRefusedException.NOT_FOUND);
        });

        LoginRefusedException gone = story.isRefused();

        assertThat(gone.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(gone.sentence()).endsWith("the session is gone.");
        assertThat(person.news).extracting(News::kind).doesNotContain(News.Kind.NEW_DEVICE);
    }

    @Test
    void aLoginWhoseKeyIsLostBetweenTheTwoQuestionsIsGoneToo() {
        letIn(authorization());
        telegram.answers(WHO, List.of(user())).replies(new GetState(), call -> {
            throw new TransportRefusedException(TransportRefusedException.NOT_FOUND);
        });

        assertThat(story.isRefused().kind()).isEqualTo(Kind.NOT_AUTHORISED);
    }

    @Test
    void anyOtherTransportErrorAfterTheLoginDoesNotUndoIt() throws Exception {
        letIn(authorization());
        telegram.replies(WHO, call -> {
            throw new TransportRefusedException(TransportRefusedException.FLOOD);
        });

        assertThat(story.succeeds().account()).isPresent();
        assertThat(warnings()).singleElement().asString().contains("transport error -429");
    }

    @Test
    void aServerThatFailsACheckAfterTheLoginDoes() {
        letIn(authorization());
        telegram.replies(WHO, call -> {
            throw new FailedCheckException("message", "its msg_key is wrong");
        });

        assertThat(story.fails(IOException.class)).isInstanceOf(FailedCheckException.class);
    }

    @Test
    void anotherAccountThanTheOneLetInIsRefused() {
        letIn(authorization());
        telegram.answers(WHO, List.of(user(8, false)));

        assertThat(story.isRefused().sentence()).contains("now says that it is another");
    }

    @Test
    void anAccountWithoutANumberIsRefused() {
        letIn(authorization(user(0, false)));

        assertThat(story.isRefused().sentence()).isEqualTo("Telegram let in an account without a number.");
    }

    @Test
    void theOtherDevicesWillHearOfIt() throws Exception {
        letIn(new PlainAuthorization(Optional.of(7), Optional.empty(), Optional.empty(), user()));
        story.confirms();

        story.succeeds();

        assertThat(person.news).extracting(News::kind).contains(News.Kind.NEW_DEVICE);
        assertThat(warnings())
                .containsExactly("Telegram wants this account to have a password (two-step verification). Without one,"
                        + " the next login is possible only in 7 days.");
    }

    private List<String> warnings() {
        return person.news.stream()
                .filter(news -> news.kind() == News.Kind.WARNING)
                .map(News::sentence)
                .toList();
    }
}
