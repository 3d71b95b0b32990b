package dev.tgsession.session.format.telethon;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.format.Inspection.Reader;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.StoredJson;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Telethon's file was from 0.10.1 to 0.15.5 (2017): a JSON object in one line.
 *
 * <pre>
 * {
 *   "server_address": "149.154.167.51", "port": 443,
 *   "auth_key_data": "Base64",                        null for no key
 *   "entities": [[marked id, access hash or null]],   since 0.15
 *   "id": 1, "sequence": 0, "time_offset": 0,         to 0.13.2
 *   "salt": 1, "layer": 70                            of no use today
 * }
 * </pre>
 *
 * <p>There is no number of the data center: the address tells.
 */
final class TelethonJson {
    /** A million entities take half as much. */
    private static final int LARGEST = 64 << 20;

    /** As far as one has to look for the key of the key. */
    private static final int HEAD = 64 * 1024;

    private TelethonJson() {}

    /** Whether it begins like such a file. */
    static boolean isOne(SessionSource source) {
        if (SqliteDatabase.isOne(source)) {
            return false;
        }
        try {
            String head = new String(source.head(HEAD), StandardCharsets.ISO_8859_1);
            // Written with its members in no order, so entities may come before the key.
            return head.stripLeading().startsWith("{")
                    && (head.contains("\"auth_key_data\"") || head.contains("\"server_address\""))
                    && !head.contains("\"dc_id\"");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Reads it.
     *
     * @throws MalformedSessionException if it is no whole JSON object
     * @throws IOException if it cannot be read
     */
    static OtherEra read(SessionSource source) throws IOException {
        JsonObject json = StoredJson.parse(source.bytes(LARGEST), "Telethon 0.10 to 0.15");
        PeerTally tally = new PeerTally();
        List<Peer> peers = new ArrayList<>();
        if (json.get("entities") instanceof JsonArray entities) {
            for (Object entity : entities) {
                if (entity instanceof JsonArray pair && pair.size() == 2) {
                    Optional<Long> id = whole(pair.get(0)).filter(number -> number != 0);
                    // A basic group has no hash; of others nothing can be done without.
                    Optional<Long> hash = whole(pair.get(1))
                            .or(() -> id.filter(TelethonJson::isGroup).map(group -> 0L));
                    if (id.isPresent() && hash.isPresent()) {
                        tally.add(id.get());
                        peers.add(new Peer(
                                id.get(),
                                hash.get(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
                    }
                }
            }
        }
        Optional<String> address =
                json.get("server_address") instanceof String text ? Optional.of(text) : Optional.empty();
        return new OtherEra(
                "Telethon session file of 0.10 to 0.15 (JSON)",
                TelethonFindings.json(),
                Optional.empty(),
                StoredServer.of(Optional.empty(), address, whole(json.get("port")), Optional.empty(), source.name()),
                key(json.get("auth_key_data")),
                Optional.empty(),
                peers,
                tally.counts(),
                Optional.empty(),
                List.of(),
                readers(),
                List.of());
    }

    private static boolean isGroup(long markedId) {
        return PeerKind.of(markedId) == PeerKind.GROUP;
    }

    /**
     * From 0.16 on such a file is taken over; until 0.17 the login in it was lost with the first exit, and 1.6 took
     * that out.
     */
    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (TelethonReleases.Era era : TelethonReleases.eras()) {
            boolean takes = era.schema() <= 4;
            boolean keeps = era.schema() == 4;
            Optional<String> remark = Optional.empty();
            if (!takes) {
                remark = Optional.of("file is not a database");
            } else if (!keeps) {
                remark = Optional.of("takes it over, but up to 0.16.2 forgets the login in it");
            }
            readers.add(new Reader(era.words(), keeps, remark, false));
        }
        return readers;
    }

    private static StoredKey key(@Nullable Object stored) {
        if (stored == null) {
            return StoredKey.none();
        }
        try {
            return stored instanceof String text
                    ? StoredKey.of(Base64.getMimeDecoder().decode(text))
                    : StoredKey.unreadable();
        } catch (IllegalArgumentException notBase64) {
            return StoredKey.unreadable();
        }
    }

    private static Optional<Long> whole(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long
                ? Optional.of(((Number) value).longValue())
                : Optional.empty();
    }
}
