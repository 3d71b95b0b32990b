package dev.tgsession.crypto;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;

/** The protocol vectors in the test resources; their README says where they come from. */
final class Vectors {
    private Vectors() {}

    /** The main list of a file. */
    static List<Vector> of(String file) {
        return of(file, "vectors");
    }

    /** A list of a file, by its name; never an empty one. */
    static List<Vector> of(String file, String list) {
        try (InputStream in = Vectors.class.getResourceAsStream(file + ".json")) {
            JsonObject root = JsonParser.object().from(in);
            List<Vector> vectors = root.getArray(list).stream()
                    .map(entry -> new Vector((JsonObject) entry))
                    .toList();
            if (vectors.isEmpty()) {
                throw new AssertionError("no vectors in " + file + ", " + list);
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new AssertionError(e);
        }
    }

    /** One entry; prints its name, which is what a parameterized test shows. */
    record Vector(JsonObject fields) {
        boolean has(String field) {
            return fields.has(field) && !fields.isNull(field);
        }

        String text(String field) {
            return present(field).getString(field);
        }

        Bytes bytes(String field) {
            return Bytes.ofHex(text(field));
        }

        /** A number written as hex bytes. */
        BigInteger number(String field) {
            return bytes(field).toNumber();
        }

        BigInteger decimal(String field) {
            return new BigInteger(text(field));
        }

        int integer(String field) {
            return present(field).getInt(field);
        }

        boolean flag(String field) {
            return present(field).getBoolean(field);
        }

        List<Vector> list(String field) {
            return present(field).getArray(field).stream()
                    .map(entry -> new Vector((JsonObject) entry))
                    .toList();
        }

        @Override
        public String toString() {
            return fields.getString("name", "");
        }

        private JsonObject present(String field) {
            if (!has(field)) {
                throw new AssertionError("no " + field + " in the vector " + this);
            }
            return fields;
        }
    }
}
