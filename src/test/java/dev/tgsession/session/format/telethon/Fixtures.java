package dev.tgsession.session.format.telethon;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The session files in the test resources; the README beside them says where they come from. */
final class Fixtures {
    /** The key of nearly all of them: 00 to ff. */
    static final AuthKey KEY = AuthKey.of(rising());

    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Fixtures.class.getResource("manifest.json").toURI()).resolveSibling(name);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static SessionSource source(String name) {
        return SessionSource.ofFile(file(name));
    }

    /** A list of the manifest: "fixtures" or "broken". */
    static List<Entry> entries(String list) {
        List<Entry> entries = new ArrayList<>();
        for (Object entry : json("manifest.json").getArray(list)) {
            entries.add(new Entry((JsonObject) entry));
        }
        if (entries.isEmpty()) {
            throw new AssertionError("no entries in " + list);
        }
        return entries;
    }

    static JsonObject json(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return JsonParser.object().from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    static String sha256(AuthKey key) {
        return Hashes.sha256(key.secret()).toHex();
    }

    private static byte[] rising() {
        byte[] key = new byte[256];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    /** One file of the manifest; prints its name, which is what a parameterized test shows. */
    record Entry(JsonObject fields) {
        String file() {
            return fields.getString("file");
        }

        SessionSource source() {
            return Fixtures.source(file());
        }

        /** "telethon-v2" and such; Telethon 1 if it is not said. */
        Optional<String> kind() {
            return Optional.ofNullable(
                    fields.getObject("expected", new JsonObject()).getString("kind"));
        }

        List<JsonObject> rows(String table) {
            List<JsonObject> rows = new ArrayList<>();
            for (Object row : fields.getArray(table, new JsonArray())) {
                rows.add((JsonObject) row);
            }
            return rows;
        }

        List<String> texts(String list) {
            List<String> texts = new ArrayList<>();
            for (Object text : fields.getArray(list, new JsonArray())) {
                texts.add((String) text);
            }
            return texts;
        }

        @Override
        public String toString() {
            return file();
        }
    }
}
