package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.Schema;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.tl.MalformedTlException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A login whose code Telegram has sent and nobody has brought back yet: all that is needed to go on with it.
 *
 * <p>The api_hash is not, and is not here. The key is a secret: once the code has been brought back under it, it is the
 * login. It does not print, and neither does the name of the code.
 *
 * @param dataCenter where the code was asked for
 * @param authKey under which it was asked for
 * @param apiId of the application that asked
 * @param phone for whom
 * @param sent Telegram's answer
 * @param at when that came, by this machine's clock
 * @param passwordDue whether the code has been brought back already and only the password is missing
 * @param refused what was brought back in the place of this code and was wrong
 */
public record PendingLogin(
        DataCenter dataCenter,
        AuthKey authKey,
        int apiId,
        PhoneNumber phone,
        PlainSentCode sent,
        Instant at,
        boolean passwordDue,
        RefusedCodes refused) {
    private static final String TITLE = "tgsession login under way 2";

    /** One whose code nobody has typed wrongly yet. */
    public PendingLogin(
            DataCenter dataCenter,
            AuthKey authKey,
            int apiId,
            PhoneNumber phone,
            PlainSentCode sent,
            Instant at,
            boolean passwordDue) {
        this(dataCenter, authKey, apiId, phone, sent, at, passwordDue, RefusedCodes.NONE);
    }

    PendingLogin withPasswordDue() {
        return new PendingLogin(dataCenter, authKey, apiId, phone, sent, at, true, refused);
    }

    PendingLogin withRefused(RefusedCodes codes) {
        return new PendingLogin(dataCenter, authKey, apiId, phone, sent, at, passwordDue, codes);
    }

    /**
     * When the code was sent, as people say it.
     *
     * @param clock also tells in which time zone moments are said
     */
    public String whenItWasSent(Clock clock) {
        return new HumanTime(clock).moment(at);
    }

    /**
     * Where the code is, as one sentence.
     *
     * @param clock also tells in which time zone moments are said
     */
    public String whereTheCodeIs(Clock clock) {
        return new Deliveries(clock).of(phone, sent, at).where();
    }

    /** All of it in lines of text, the key included. Who keeps them keeps a secret. */
    public String toText() {
        return TITLE + "\n"
                + "dc " + dataCenter.id() + "\n"
                + "host " + dataCenter.host() + "\n"
                + "port " + dataCenter.port() + "\n"
                + "environment " + dataCenter.environment() + "\n"
                + "key " + authKey.secret().toHex() + "\n"
                + "api " + apiId + "\n"
                + "phone " + phone.digits() + "\n"
                + "sent " + Schema.codec().write(sent).toHex() + "\n"
                + "at " + at + "\n"
                + "due " + (passwordDue ? "password" : "code") + "\n"
                + "refused " + refused.toText() + "\n";
    }

    /**
     * Reads what {@link #toText} has written.
     *
     * @throws IOException if it is something else; the message holds nothing of the text
     */
    public static PendingLogin ofText(String text) throws IOException {
        Map<String, String> fields = fields(text);
        try {
            DataCenter there = new DataCenter(
                    Integer.parseInt(field(fields, "dc")),
                    field(fields, "host"),
                    Integer.parseInt(field(fields, "port")),
                    Environment.valueOf(field(fields, "environment")));
            // Under a stored key no server proves itself by RSA, so nobody else may stand in for Telegram here.
            if (DataCenters.isBuiltIn(there.environment(), there.id())
                    && !there.equals(DataCenters.builtIn(there.environment(), there.id(), there.isIpv6()))) {
                throw damaged("the address");
            }
            return new PendingLogin(
                    there,
                    AuthKey.of(Bytes.ofHex(field(fields, "key"))),
                    ApiCredentials.idOf(field(fields, "api")).orElseThrow(() -> damaged("api")),
                    new PhoneNumber(field(fields, "phone")),
                    sentCode(Bytes.ofHex(field(fields, "sent"))),
                    Instant.parse(field(fields, "at")),
                    field(fields, "due").equals("password"),
                    RefusedCodes.ofText(field(fields, "refused")));
        } catch (IllegalArgumentException | DateTimeException wrong) {
            // What exactly is wrong could quote a line, and one of the lines is the key.
            throw damaged("a line");
        }
    }

    private static Map<String, String> fields(String text) throws IOException {
        if (!text.startsWith(TITLE + "\n")) {
            throw new IOException("this is no login under way, or one of another release of tgsession");
        }
        Map<String, String> fields = new HashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                fields.put(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        return Optional.ofNullable(fields.get(name)).orElseThrow(() -> damaged(name));
    }

    private static PlainSentCode sentCode(Bytes bytes) throws IOException {
        try {
            if (Schema.codec().read(bytes) instanceof PlainSentCode sent) {
                return sent;
            }
        } catch (MalformedTlException malformed) {
            // Said below in the same words as the rest.
        }
        throw damaged("sent");
    }

    private static IOException damaged(String what) {
        return new IOException("the login under way is damaged: " + what + " is missing or wrong");
    }

    @Override
    public String toString() {
        return "PendingLogin[" + phone + " at data center " + dataCenter.id() + ", hidden]";
    }
}
