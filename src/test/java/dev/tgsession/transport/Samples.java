package dev.tgsession.transport;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;

/** Payloads and vectors for the tests of this package. */
final class Samples {
    private Samples() {}

    /** The entries of one list in one of the vector files beside this package's test resources. */
    static List<JsonObject> vectors(String file, String list) {
        try (InputStream in = Samples.class.getResourceAsStream(file)) {
            return JsonParser.object().from(in).getArray(list).stream()
                    .map(JsonObject.class::cast)
                    .toList();
        } catch (IOException | JsonParserException e) {
            throw new IllegalStateException(file, e);
        }
    }

    static JsonObject vector(String file, String name) {
        return vectors(file, "vectors").stream()
                .filter(vector -> vector.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Bytes hex(JsonObject vector, String key) {
        return Bytes.ofHex(vector.getString(key));
    }

    /** Looks like an encrypted message of 24 + 16 n bytes. */
    static Bytes sealed(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        payload[0] |= 1;
        return Bytes.of(payload);
    }

    /** A plain message: no key, an id, the length of the rest, the rest. */
    static Bytes plain(int size) {
        byte[] body = new byte[size - 20];
        new Random(size).nextBytes(body);
        return Bytes.join(
                Bytes.ofLong(0), Bytes.ofLong(0x51e5_7ac4_2770_964aL), Bytes.ofInt(body.length), Bytes.of(body));
    }

    static Framing framing(String vectorName) {
        return switch (vectorName) {
            case "abridged" -> Framing.ABRIDGED;
            case "intermediate" -> Framing.INTERMEDIATE;
            case "padded_intermediate" -> Framing.PADDED_INTERMEDIATE;
            case "full" -> Framing.FULL;
            default -> throw new IllegalArgumentException(vectorName);
        };
    }
}
