package dev.tgsession.practice;

import dev.tgsession.tl.Tl;
import java.util.HashSet;
import java.util.Set;

/** What methods are called in the schema, for the console and for tests. */
final class MethodNames {
    private MethodNames() {}

    /** The name in the line a record carries. */
    static String of(Object record) {
        Tl[] lines = record.getClass().getAnnotationsByType(Tl.class);
        return lines.length == 0 ? record.getClass().getSimpleName() : nameIn(lines[0].value());
    }

    /** A method or object of which nothing but the id is known. */
    static String of(int id) {
        return "#" + Integer.toHexString(id);
    }

    /** The ids in the lines these records carry. */
    static Set<Integer> idsOf(Class<?>... records) {
        Set<Integer> ids = new HashSet<>();
        for (Class<?> record : records) {
            for (Tl tl : record.getAnnotationsByType(Tl.class)) {
                String line = tl.value();
                ids.add(Integer.parseUnsignedInt(line, line.indexOf('#') + 1, line.indexOf(' '), 16));
            }
        }
        return Set.copyOf(ids);
    }

    private static String nameIn(String line) {
        return line.substring(0, line.indexOf('#'));
    }
}
