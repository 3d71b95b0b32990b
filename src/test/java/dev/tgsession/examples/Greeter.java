package dev.tgsession.examples;

import dev.tgsession.client.TelegramLogin;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.Talk;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.session.Account;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Session;
import dev.tgsession.session.store.SessionStore;
import java.io.IOException;
import java.util.Optional;

public record Greeter(ApiCredentials api, SessionStore store, Talk person) {
    public String greeting() throws IOException, LoginRefusedException {
        return greeting(TelegramLogin.of(api, store));
    }

    public String greeting(TelegramLogin.Wishes wishes) throws IOException, LoginRefusedException {
        TelegramLogin telegram =
                wishes.asking(new TalkingPrompter(person, Optional.empty())).ready();
        // Asks only if the stored session is not logged in.
        Session session = telegram.logIn();
        String name = session.account().flatMap(Account::fullName).orElse("you");
        EntityCache peers = EntityCache.of(session);
        boolean knowsNews = peers.byUsername("https://t.me/telegram").isPresent();
        return "Hello " + name + ", you " + (knowsNews ? "know" : "have not met") + " @telegram.";
    }
}
