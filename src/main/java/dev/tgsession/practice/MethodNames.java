package dev.tgsession.practice;

import dev.tgsession.tl.Tl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What methods are called in the schema, for the console and for tests. */
final class MethodNames {
    private static final int HEX = 16;

    /** Read when the first unknown method comes. */
    private Optional<Map<Integer, String>> unknown = Optional.empty();

    /** The name in the line a record carries. */
    static String of(Object record) {
        Tl[] lines = record.getClass().getAnnotationsByType(Tl.class);
        if (lines.length == 0) {
            return record.getClass().getSimpleName();
        }
        String line = lines[0].value();
        return line.substring(0, line.indexOf('#'));
    }

    /** The ids in the lines these records carry. */
    static Set<Integer> idsOf(Class<?>... records) {
        Set<Integer> ids = new HashSet<>();
        for (Class<?> record : records) {
            for (Tl tl : record.getAnnotationsByType(Tl.class)) {
                String line = tl.value();
                ids.add(Integer.parseUnsignedInt(line, line.indexOf('#') + 1, line.indexOf(' '), HEX));
            }
        }
        return Set.copyOf(ids);
    }

    /** A method for which there is no record: by its name, if it is one of Telegram's, or else by its id. */
    synchronized String of(int id) {
        if (unknown.isEmpty()) {
            unknown = Optional.of(read());
        }
        String name = unknown.get().get(id);
        return name == null ? "#" + Integer.toHexString(id) : name;
    }

    /** One method a line: its name and its ids, separated by blanks. */
    private static Map<Integer, String> read() {
        Map<Integer, String> names = new HashMap<>();
        try (InputStream in = MethodNames.class.getResourceAsStream("method-names.txt")) {
            if (in == null) {
                throw new IllegalStateException("method-names.txt is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("//")) {
                    String[] words = line.split(" ", -1);
                    for (int i = 1; i < words.length; i++) {
                        names.put(Integer.parseUnsignedInt(words[i], HEX), words[0]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
