package dev.tgsession.tl;

import dev.tgsession.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** All schema lines of the program, for tests that go over every one of them. */
final class SchemaLines {
    private SchemaLines() {}

    /** Every record of the schema. */
    static List<Class<?>> records() {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> topic : Schema.topics()) {
            for (Class<?> member : topic.getDeclaredClasses()) {
                if (member.isRecord()) {
                    records.add(member);
                }
            }
        }
        return records;
    }

    /** Every line that a record carries, of all layers. */
    static List<String> ofRecords() {
        List<String> lines = new ArrayList<>();
        for (Class<?> record : records()) {
            for (Tl tl : RecordShape.linesOf(record)) {
                lines.add(tl.value());
            }
        }
        return lines;
    }

    /** Every line that is only read over. */
    static List<String> readOver() {
        return Schema.otherLines()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("//"))
                .toList();
    }

    /**
     * The text whose CRC32 is the id of a line: without id and semicolon, without {@code true} flags, {@code string}
     * for {@code bytes}, and spaces for the brackets.
     */
    static String normalised(String line) {
        StringBuilder text = new StringBuilder();
        for (String word : line.replace(";", "").split(" ", -1)) {
            if (word.endsWith("?true")) {
                continue;
            }
            String plain = text.isEmpty() ? word.substring(0, word.indexOf('#')) : word;
            if (plain.endsWith(":bytes") || plain.endsWith("?bytes")) {
                plain = plain.substring(0, plain.length() - "bytes".length()) + "string";
            }
            text.append(text.isEmpty() ? "" : " ").append(plain);
        }
        return text.toString()
                .replace('<', ' ')
                .replace(">", "")
                .replace("{", "")
                .replace("}", "");
    }

    static int crc32(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
