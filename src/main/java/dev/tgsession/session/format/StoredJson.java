package dev.tgsession.session.format;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.nio.charset.StandardCharsets;

/** JSON as libraries stored it before they took to databases; what is read may come from anybody. */
public final class StoredJson {
    /** The parser goes down by calling itself, and no library nests deeper than four. */
    private static final int DEEPEST = 16;

    private StoredJson() {}

    /**
     * The object that these bytes are, as UTF-8.
     *
     * @param whose for the message, such as {@code Telethon 0.10 to 0.15}
     * @throws MalformedSessionException if they are not one whole object, or one nested beyond reason
     */
    public static JsonObject parse(byte[] content, String whose) throws MalformedSessionException {
        if (depth(content) <= DEEPEST) {
            try {
                return JsonParser.object().from(new String(content, StandardCharsets.UTF_8));
            } catch (JsonParserException broken) {
                // Its message quotes from the file, so it is not passed on.
            }
        }
        throw new MalformedSessionException(Finding.error(
                "bad-json",
                "This begins like a session of " + whose + ", but is no whole JSON object.",
                "Look for a backup, or copy the file again from where it came."));
    }

    /** How deep it is nested at most; brackets in texts count too, which errs on the safe side. */
    private static int depth(byte[] content) {
        int depth = 0;
        int deepest = 0;
        for (byte c : content) {
            if (c == '{' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
