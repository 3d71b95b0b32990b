package dev.tgsession.tl;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** The vector files beside the tests of this package; their README says where they come from. */
final class Vectors {
    private Vectors() {}

    static Stream<JsonObject> entries(String file, String list) {
        try (InputStream in = Vectors.class.getResourceAsStream(file)) {
            JsonArray entries = JsonParser.object().from(in).getArray(list);
            return entries.stream().map(JsonObject.class::cast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
