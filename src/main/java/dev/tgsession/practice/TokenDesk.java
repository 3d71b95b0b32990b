package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.practice.KnownKey.Login;
import dev.tgsession.practice.PhoneSchema.ScanLoginToken;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.AccountSchema.AccountAuthorization;
import dev.tgsession.schema.LoginTokenSchema.AcceptLoginToken;
import dev.tgsession.schema.LoginTokenSchema.ExportLoginToken;
import dev.tgsession.schema.LoginTokenSchema.ImportLoginToken;
import dev.tgsession.schema.LoginTokenSchema.LoginToken;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenMigrateTo;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenSuccess;
import dev.tgsession.schema.LoginTokenSchema.PlainLoginToken;
import dev.tgsession.schema.UpdatesSchema.UpdateLoginToken;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs in who shows a token to somebody who is logged in already, most often as a QR code.
 *
 * <pre>
 *   waiting session               server                      phone
 *    exportLoginToken ──────────▶ loginToken
 *                     the QR code ──────────────────────────▶ acceptLoginToken
 *    updateLoginToken ◀────────── accepted
 *    exportLoginToken ──────────▶ loginTokenSuccess, or loginTokenMigrateTo: then importLoginToken over there
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/api/qr-login">Login via QR code</a>.
 */
final class TokenDesk {
    private static final Duration TOKEN_LIVES = Duration.ofSeconds(30);
    private static final int TOKEN_SIZE = 32;
    private static final int MOST_TOKENS = 2_000;

    private final PracticeAccounts accounts;
    private final Logins logins;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Announcer announcer;
    private final PracticeConsole console;
    /** Spent ones too, so that who comes late can be told so; the oldest first. */
    private final Map<Bytes, Token> tokens = new LinkedHashMap<>();

    /** A token and what has become of it. Guarded by the desk. */
    private static final class Token {
        private final Bytes bytes;
        private final KnownKey owner;
        private final int dc;
        private final List<Long> exceptIds;
        private Instant expires;
        private Optional<PracticeAccount> taker = Optional.empty();
        private boolean spent;

        Token(Bytes bytes, KnownKey owner, int dc, List<Long> exceptIds, Instant expires) {
            this.bytes = bytes;
            this.owner = owner;
            this.dc = dc;
            this.exceptIds = exceptIds;
            this.expires = expires;
        }

        boolean isOver(Instant now) {
            return spent || !now.isBefore(expires);
        }
    }

    TokenDesk(
            PracticeAccounts accounts,
            Logins logins,
            InstantSource clock,
            SecureRandom random,
            Announcer announcer,
            PracticeConsole console) {
        this.accounts = accounts;
        this.logins = logins;
        this.clock = clock;
        this.random = random;
        this.announcer = announcer;
        this.console = console;
    }

    void open(Reception reception) {
        reception.serve(ExportLoginToken.class, Audience.ANYBODY, this::export);
        reception.serve(ImportLoginToken.class, Audience.ANYBODY, this::take);
        reception.serve(AcceptLoginToken.class, Audience.MEMBERS, this::accept);
        reception.serve(ScanLoginToken.class, Audience.ANYBODY, this::scan);
    }

    private LoginToken export(ExportLoginToken call, Caller caller) throws Refusal {
        LoginDesk.checkApp(call.apiId(), call.apiHash());
        Token token;
        synchronized (this) {
            token = waiting(caller.owner()).orElseGet(() -> issue(caller.owner(), caller.dc(), call.exceptIds()));
            if (token.taker.isEmpty()) {
                return new PlainLoginToken((int) token.expires.getEpochSecond(), token.bytes);
            }
        }
        return complete(token, caller);
    }

    private LoginToken take(ImportLoginToken call, Caller caller) throws Refusal {
        Token token;
        synchronized (this) {
            token = find(call.token());
            if (token.spent) {
                throw alreadyAccepted();
            }
            if (token.taker.isEmpty()) {
                throw new Refusal(400, "AUTH_TOKEN_INVALID", "nobody has accepted this token yet");
            }
        }
        return complete(token, caller);
    }

    /** The token was accepted: here is what its owner gets for it. */
    private LoginToken complete(Token token, Caller caller) throws Refusal {
        PracticeAccount account;
        synchronized (this) {
            account = token.taker.orElseThrow(IllegalStateException::new);
            int home = account.home().dc();
            if (home != caller.dc()) {
                return new LoginTokenMigrateTo(home, token.bytes);
            }
            token.spent = true;
        }
        synchronized (account) {
            return new LoginTokenSuccess(logins.afterFirstFactor(account, caller));
        }
    }

    private AccountAuthorization accept(AcceptLoginToken call, Caller caller) throws Refusal {
        PracticeAccount account = caller.login().account();
        if (account.isBot()) {
            throw Refusal.badRequest("BOT_METHOD_INVALID");
        }
        Token token;
        synchronized (this) {
            token = find(call.token());
            accept(token, account);
        }
        return AccountDesk.describe(token.owner, new Login(account, clock.instant(), random.nextLong() | 1), false);
    }

    private synchronized Boolean scan(ScanLoginToken call, Caller caller) throws Refusal {
        Token token = find(call.token());
        switch (call.verdict()) {
            case ScanLoginToken.ACCEPT -> accept(token, whose(call.phone(), token.dc));
            case ScanLoginToken.EXPIRE -> token.expires = clock.instant();
            case ScanLoginToken.REJECT -> tokens.remove(token.bytes);
            default -> throw Refusal.badRequest("INPUT_METHOD_INVALID");
        }
        console.note(token.dc, "the practice phone has scanned a QR code: " + call.verdict());
        return true;
    }

    private PracticeAccount whose(String phone, int dc) throws Refusal {
        String number = switch (phone) {
            case "" -> "99966" + dc + "0001";
            case "2fa" -> "99966" + dc + "0100";
            default -> phone;
        };
        return accounts.ofPhone(number).orElseThrow(() -> Refusal.badRequest("PHONE_NUMBER_INVALID"));
    }

    private void accept(Token token, PracticeAccount account) throws Refusal {
        if (token.spent || token.taker.isPresent()) {
            throw alreadyAccepted();
        }
        if (token.exceptIds.contains(account.id())) {
            throw new Refusal(400, "AUTH_TOKEN_EXCEPTION", "this account is in the except_ids of the waiting client");
        }
        token.taker = Optional.of(account);
        // The owner has to hear of it and come for it, perhaps over another connection.
        token.expires = clock.instant().plus(TOKEN_LIVES);
        int now = (int) clock.instant().getEpochSecond();
        announcer.tell(token.owner, new UpdateShort(new UpdateLoginToken(), now));
    }

    private static Refusal alreadyAccepted() {
        return Refusal.badRequest("AUTH_TOKEN_ALREADY_ACCEPTED");
    }

    // The tokens themselves.

    /** A client that asks again gets the same token until its time is up. */
    private Optional<Token> waiting(KnownKey owner) {
        Instant now = clock.instant();
        return tokens.values().stream()
                .filter(token -> token.owner == owner && !token.isOver(now))
                .reduce((earlier, later) -> later);
    }

    private Token issue(KnownKey owner, int dc, List<Long> exceptIds) {
        byte[] chance = new byte[TOKEN_SIZE];
        random.nextBytes(chance);
        Token token = new Token(
                Bytes.of(chance), owner, dc, exceptIds, clock.instant().plus(TOKEN_LIVES));
        Iterator<Bytes> oldest = tokens.keySet().iterator();
        while (tokens.size() >= MOST_TOKENS) {
            oldest.next();
            oldest.remove();
        }
        tokens.put(token.bytes, token);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        console.note(
                dc,
                "a client shows a QR code, for " + TOKEN_LIVES.toSeconds()
                        + " s: tgsession practice scan tg://login?token=" + text);
        return token;
    }

    private Token find(Bytes bytes) throws Refusal {
        Token token = tokens.get(bytes);
        if (token == null) {
            throw new Refusal(400, "AUTH_TOKEN_INVALIDX", "this server has given out no such token");
        }
        if (!token.spent && token.isOver(clock.instant())) {
            throw new Refusal(400, "AUTH_TOKEN_EXPIRED", "tokens are good for " + TOKEN_LIVES.toSeconds() + " seconds");
        }
        return token;
    }
}
