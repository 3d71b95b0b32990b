package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.TransferSchema.LogOut;
import dev.tgsession.schema.TransferSchema.LoggedOut;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.UserEmpty;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingLoginTest {
    private static final GetUsers WHO = new GetUsers(List.of(new InputUserSelf()));

    private final ScriptedTelegram telegram = new ScriptedTelegram().withKeys();
    private final ScriptedPerson person = new ScriptedPerson();
    private final MovableClock clock = new MovableClock();

    @Test
    void telegramSaysWhoItIsUnderTheKeyOfTheSession() throws Exception {
        telegram.answers(WHO, List.of(user()));
        Account account = login().whoAmI().orElseThrow();
        assertThat(account.userId()).isEqualTo(user().id());
        assertThat(account.username()).isEqualTo(user().username());
        telegram.isDone();
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTH_KEY_UNREGISTERED",
        "401, SESSION_REVOKED",
        "401, USER_DEACTIVATED",
        "406, AUTH_KEY_DUPLICATED"
    })
    void aLoginThatHasEndedIsNobodys(int code, String error) throws Exception {
        telegram.refuses(WHO, code, error).refuses(new LogOut(), code, error);
        assertThat(login().whoAmI()).isEmpty();
        assertThat(login().logOut()).isFalse();
        telegram.isDone();
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsNobodysLogin() throws Exception {
        telegram.replies(WHO, call -> {
            throw new TransportRefusedException(TransportRefusedException.NOT_FOUND);
        });
        assertThat(login().whoAmI()).isEmpty();
        telegram.replies(WHO, call -> {
            throw new TransportRefusedException(-429);
        });
        assertThatThrownBy(() -> login().whoAmI()).isInstanceOf(TransportRefusedException.class);
        telegram.isDone();
    }

    @Test
    void anEmptyAnswerIsNobodyEither() throws Exception {
        telegram.answers(WHO, List.of(new UserEmpty(5)));
        assertThat(login().whoAmI()).isEmpty();
        telegram.isDone();
    }

    @Test
    void aShortWaitIsSatOutAndALongOneIsTold() throws Exception {
        telegram.refuses(WHO, 420, "FLOOD_WAIT_3").answers(WHO, List.of(user()));
        assertThat(login().whoAmI()).isPresent();
        telegram.refuses(WHO, 420, "FLOOD_WAIT_3600");
        assertThatThrownBy(() -> login().whoAmI())
                .isInstanceOfSatisfying(
                        LoginRefusedException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.FLOOD_WAIT));
        telegram.isDone();
    }

    @Test
    void aKeyIsNotCarriedToAnotherDataCenter() {
        telegram.refuses(WHO, 303, "USER_MIGRATE_4");
        assertThatThrownBy(() -> login().whoAmI())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its key is one of data center 2");
        telegram.isDone();
    }

    @Test
    void loggingOutSaysSoToTelegram() throws Exception {
        telegram.answers(new LogOut(), new LoggedOut(Optional.empty()));
        assertThat(login().logOut()).isTrue();
        telegram.isDone();
    }

    @Test
    void nobodyAnswersNothing() {
        Prompter nobody = Prompter.nobody();
        assertThatThrownBy(nobody::phoneOrBotToken).isInstanceOf(EndOfAnswersException.class);
        assertThatThrownBy(() -> nobody.agrees("Really?")).isInstanceOf(EndOfAnswersException.class);
    }

    private ExistingLogin login() {
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), ScriptedTelegram.keyOf(2));
        return new ExistingLogin(telegram, session, person, clock, clock::move);
    }
}
