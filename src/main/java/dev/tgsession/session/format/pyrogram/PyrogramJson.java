package dev.tgsession.session.format.pyrogram;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.session.Account;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StoredJson;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Pyrogram's file was before 0.15 (2019): a JSON object.
 *
 * <pre>
 * {
 *   "dc_id": 2, "test_mode": false, "user_id": 1234567, "date": 1540000000, "is_bot": false,
 *   "auth_key": ["Base64, in pieces", "to be joined", ...],
 *   "peers_by_id": {"1234567": "access hash as text", "-1000000000001": ..., "-5": null},
 *   "peers_by_username": {"name": 1234567}, "peers_by_phone": {"15550001111": 1234567}
 * }
 * </pre>
 */
final class PyrogramJson {
    /** A million peers of that time take half as much. */
    private static final int LARGEST = 64 << 20;

    /** As far as one has to look for the key of the key. */
    private static final int HEAD = 64 * 1024;

    private final StoredServer server;
    private final StoredKey key;
    private final Optional<Account> account;
    private final List<Peer> peers;
    private final PeerTally tally;

    private PyrogramJson(
            StoredServer server, StoredKey key, Optional<Account> account, List<Peer> peers, PeerTally tally) {
        this.server = server;
        this.key = key;
        this.account = account;
        this.peers = peers;
        this.tally = tally;
    }

    /** Whether it begins like such a file. */
    static boolean isOne(SessionSource source) {
        try {
            String head = new String(source.head(HEAD), StandardCharsets.ISO_8859_1);
            return head.stripLeading().startsWith("{") && head.contains("\"dc_id\"") && head.contains("\"auth_key\"");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Reads it.
     *
     * @throws MalformedSessionException if it is no whole JSON object
     */
    static PyrogramJson of(SessionSource source) throws IOException {
        JsonObject json = StoredJson.parse(source.bytes(LARGEST), "Pyrogram before 0.15");
        boolean test = json.getBoolean("test_mode", false);
        StoredServer server = StoredServer.byNumber(whole(json.get("dc_id")), test, source.name());
        Optional<Account> account = whole(json.get("user_id"))
                .filter(PyrogramNumbers::isSomebody)
                .map(id -> Account.of(id, json.getBoolean("is_bot", false)));
        PeerTally tally = new PeerTally();
        List<Peer> peers = new ArrayList<>();
        Map<Long, String> usernames = inverse(json.getObject("peers_by_username", new JsonObject()));
        Map<Long, String> phones = inverse(json.getObject("peers_by_phone", new JsonObject()));
        for (Map.Entry<String, Object> entry :
                json.getObject("peers_by_id", new JsonObject()).entrySet()) {
            Optional<Long> id = number(entry.getKey());
            Optional<Long> hash = entry.getValue() instanceof String text ? number(text) : whole(entry.getValue());
            if (id.isEmpty() || id.get() == 0) {
                continue;
            }
            tally.add(id.get());
            Optional<String> username = Optional.ofNullable(usernames.get(id.get()));
            Optional<String> phone = Optional.ofNullable(phones.get(id.get()));
            if (account.filter(self -> self.userId() == id.get()).isPresent()) {
                account = account.map(self -> new Account(
                        self.userId(), self.bot(), hash, Optional.empty(), Optional.empty(), username, phone));
            } else if (hash.isPresent() || PeerKind.of(id.get()) == PeerKind.GROUP) {
                peers.add(new Peer(id.get(), hash.orElse(0L), username, phone, Optional.empty(), Optional.empty()));
            }
        }
        return new PyrogramJson(server, key(json.get("auth_key")), account, peers, tally);
    }

    /**
     * The session.
     *
     * @throws MalformedSessionException if there is no whole key, or no server to use it with
     */
    Session session() throws MalformedSessionException {
        return new Session(server.required(), key.required(), account, peers, Optional.empty(), Optional.empty());
    }

    /** Everything but the secrets. */
    Inspection inspection(SessionSource source, SessionFormat format) {
        List<Finding> findings = new ArrayList<>(key.findings());
        findings.addAll(server.findings());
        findings.add(Finding.warning(
                "pyrogram-json",
                "This is a session of Pyrogram before 0.15, kept as JSON; today's Pyrogram does not open it.",
                "Let tgsession write it anew."));
        if (source.isOpenToOthers()) {
            findings.add(CommonFindings.openToOthers());
        }
        return new Inspection(
                source.name(),
                Optional.of(format.name()),
                format.title(),
                Optional.empty(),
                Optional.of(server.description()),
                key.description(),
                key.authKey().isPresent() && account.isPresent() ? Login.LIKELY : Login.NEVER,
                account,
                Optional.of(tally.counts()),
                Optional.empty(),
                findings);
    }

    /** Pieces of text that make one text in Base64; in the oldest files it may be one piece. */
    private static StoredKey key(@Nullable Object stored) {
        StringBuilder joined = new StringBuilder();
        if (stored instanceof JsonArray pieces) {
            pieces.forEach(piece -> joined.append(piece instanceof String text ? text : ""));
        } else if (stored instanceof String text) {
            joined.append(text);
        }
        try {
            return StoredKey.of(Base64.getDecoder().decode(joined.toString()));
        } catch (IllegalArgumentException notBase64) {
            return StoredKey.unreadable();
        }
    }

    /** Ids to names. */
    private static Map<Long, String> inverse(JsonObject names) {
        Map<Long, String> byId = new HashMap<>();
        for (Map.Entry<String, Object> entry : names.entrySet()) {
            whole(entry.getValue()).ifPresent(id -> byId.putIfAbsent(id, entry.getKey()));
        }
        return byId;
    }

    private static Optional<Long> whole(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        return Optional.empty();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
