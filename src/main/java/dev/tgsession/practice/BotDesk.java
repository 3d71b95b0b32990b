package dev.tgsession.practice;

import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;

/** Lets bots in: any token of the right form will do, but three beginnings tell another story. */
final class BotDesk {
    private static final int SECRET_LENGTH = 35;
    private static final int MOST_ID_DIGITS = 15;

    private final PracticeAccounts accounts;
    private final Logins logins;

    BotDesk(PracticeAccounts accounts, Logins logins) {
        this.accounts = accounts;
        this.logins = logins;
    }

    void open(Reception reception) {
        reception.serve(ImportBotAuthorization.class, Audience.ANYBODY, this::logIn);
    }

    private Authorization logIn(ImportBotAuthorization call, Caller caller) throws Refusal {
        LoginDesk.checkApp(call.apiId(), call.apiHash());
        String token = call.botAuthToken();
        int colon = token.indexOf(':');
        if (!isToken(token, colon)) {
            throw new Refusal(
                    400,
                    "ACCESS_TOKEN_INVALID",
                    "a bot token is digits, a colon, and 35 letters, digits, dashes or underscores");
        }
        String secret = token.substring(colon + 1);
        if (secret.startsWith("EXPIRED")) {
            throw Refusal.badRequest("ACCESS_TOKEN_EXPIRED");
        }
        if (secret.startsWith("INVALID")) {
            throw Refusal.badRequest("ACCESS_TOKEN_INVALID");
        }
        long id = Long.parseLong(token.substring(0, colon));
        boolean moved = secret.startsWith("MIGRATE") && id >= 1 && id <= PracticeAccounts.DCS;
        if (moved && caller.dc() != id) {
            throw Refusal.migrate("USER", (int) id);
        }
        PracticeAccount bot = accounts.bot(id, Home.at(caller.dc()));
        synchronized (bot) {
            return logins.complete(bot, caller);
        }
    }

    private static boolean isToken(String token, int colon) {
        if (colon < 1 || colon > MOST_ID_DIGITS || token.length() != colon + 1 + SECRET_LENGTH) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            char letter = token.charAt(i);
            boolean digit = letter >= '0' && letter <= '9';
            boolean other =
                    letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z' || letter == '-' || letter == '_';
            if (i != colon && !digit && (i < colon || !other)) {
                return false;
            }
        }
        return true;
    }
}
