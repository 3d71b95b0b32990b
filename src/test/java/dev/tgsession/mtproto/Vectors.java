package dev.tgsession.mtproto;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the protocol's test vectors from the class path. */
public final class Vectors {
    private final JsonObject root;

    private Vectors(JsonObject root) {
        this.root = root;
    }

    /** The vectors of one file beside this class in the test resources; with a slash in front, of any file there. */
    public static Vectors file(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no vectors called " + name);
            }
            return new Vectors(JsonParser.object().from(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The entries of one of its lists. */
    public List<JsonObject> list(String key) {
        JsonArray array = root.getArray(key);
        List<JsonObject> entries = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            entries.add(array.getObject(i));
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException("no entries under " + key);
        }
        return entries;
    }

    /** A field written in hex. */
    public static Bytes bytes(JsonObject entry, String field) {
        return Bytes.ofHex(entry.getString(field));
    }
}
