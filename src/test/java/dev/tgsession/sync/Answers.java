package dev.tgsession.sync;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Answers made by real Telethon; the README beside them says how. */
final class Answers {
    private static final JsonObject ALL = read();

    private Answers() {}

    /** One answer, with what is known of it. */
    record Sample(String name, Bytes answer, JsonObject known) {
        int start() {
            return known.getInt("start");
        }

        JsonArray rows() {
            return known.getArray("rows");
        }

        JsonObject dates() {
            return known.getObject("dates");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> pages() {
        return samples("pages");
    }

    static List<Sample> hostile() {
        return samples("hostile");
    }

    static List<Sample> unknown() {
        return samples("unknown");
    }

    static Sample named(String name) {
        return pages().stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Sample> samples(String part) {
        return ALL.getArray(part).stream()
                .map(JsonObject.class::cast)
                .map(each -> new Sample(
                        each.getString("name"), Bytes.of(Base64.getDecoder().decode(each.getString("answer"))), each))
                .toList();
    }

    private static JsonObject read() {
        try (InputStream in = Objects.requireNonNull(Answers.class.getResourceAsStream("dialogs.json"))) {
            return JsonParser.object().from(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParserException e) {
            throw new IllegalStateException(e);
        }
    }
}
