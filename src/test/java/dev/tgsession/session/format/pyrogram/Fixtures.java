package dev.tgsession.session.format.pyrogram;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sessions in the test resources; the README beside them says where they come from. */
final class Fixtures {
    /** The key of all of them: 00 to ff. */
    static final AuthKey KEY = AuthKey.of(rising());

    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Fixtures.class.getResource("README.md").toURI()).resolveSibling(name);
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static SessionSource source(String name) {
        return SessionSource.ofFile(file(name));
    }

    /** A string without its line end. */
    static String line(String name) throws IOException {
        return Files.readString(file(name)).strip();
    }

    /** All sessions of all libraries of the family, that are files of tables. */
    static Stream<Entry> databases() {
        return entries().filter(entry -> entry.variant().equals("sqlite"));
    }

    /** All string sessions. */
    static Stream<Entry> strings() {
        return entries().filter(entry -> entry.variant().startsWith("string"));
    }

    static Stream<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (String library : List.of("pyrogram", "hydrogram", "pyrofork", "kurigram")) {
            for (Object entry : json(library + "/manifest.json").getArray("fixtures")) {
                entries.add(new Entry(library, (JsonObject) entry));
            }
        }
        return entries.stream();
    }

    private static JsonObject json(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return JsonParser.object().from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] rising() {
        byte[] key = new byte[AuthKey.SIZE];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    /** One session of a manifest; prints its name, which is what a parameterized test shows. */
    record Entry(String library, JsonObject fields) {
        String file() {
            return library + "/" + fields.getString("file");
        }

        SessionSource source() {
            return Fixtures.source(file());
        }

        JsonObject expected() {
            return fields.getObject("expected");
        }

        String variant() {
            return expected().getString("variant");
        }

        /** The format that it is in. */
        String format() {
            if (variant().startsWith("string")) {
                return "pyrogram-string";
            }
            return library.equals("kurigram") ? "kurigram" : "pyrogram";
        }

        boolean isLoggedIn() {
            return expected().getBoolean("logged_in", true);
        }

        List<JsonObject> peers() {
            List<JsonObject> peers = new ArrayList<>();
            for (Object peer : expected().getArray("peers", new JsonArray())) {
                peers.add((JsonObject) peer);
            }
            return peers;
        }

        @Override
        public String toString() {
            return file();
        }
    }
}
