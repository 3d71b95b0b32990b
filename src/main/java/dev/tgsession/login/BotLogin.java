package dev.tgsession.login;

import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;
import java.io.IOException;

/**
 * A bot logs in: one call, no code, no password.
 *
 * <p>Source: <a href="https://core.telegram.org/api/bots">core.telegram.org/api/bots</a>.
 */
final class BotLogin {
    private final Surroundings around;
    private final ApiCredentials api;
    private final BotToken token;

    BotLogin(Surroundings around, ApiCredentials api, BotToken token) {
        this.around = around;
        this.api = api;
        this.token = token;
    }

    Authorization run() throws IOException, RpcException, LoginRefusedException {
        return around.line().call(new ImportBotAuthorization(api.id(), api.hash(), token.text()));
    }
}
