package dev.tgsession.tl;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds what begins with a constructor id: a record, or a bare line that is only read over.
 *
 * <p>It looks no further than it must. A field of a sealed type is searched among the cases of that type first; whole
 * schemas are gone through one after the other, and only when nothing nearer knows the id.
 */
final class Catalogue {
    private final List<Class<?>> schemas;
    private final Supplier<String> otherLines;
    private final Optional<Supplier<String>> olderLines;

    private final Map<Class<?>, RecordShape> shapes = new HashMap<>();
    private final Map<Integer, Class<?>> records = new HashMap<>();
    private final Set<Class<?>> seen = new HashSet<>();
    private final Map<Integer, TlLine> parsedLines = new HashMap<>();
    /** Lines not parsed yet; empty until they are first needed. */
    private Optional<Map<Integer, String>> lines = Optional.empty();

    /** Where each constructor's record is, by the constructor's name. */
    private final Map<String, Class<?>> named = new HashMap<>();
    /** What the records looked like in other layers; not read before it is needed. */
    private Optional<OlderLines> older = Optional.empty();

    Catalogue(List<Class<?>> schemas, Supplier<String> otherLines, Optional<Supplier<String>> olderLines) {
        this.schemas = List.copyOf(schemas);
        this.otherLines = otherLines;
        this.olderLines = olderLines;
    }

    /** @throws IllegalStateException if the record does not fit its lines */
    synchronized RecordShape shapeOf(Class<?> record) {
        // Not computeIfAbsent: a lambda here is paid for at start-up.
        RecordShape shape = shapes.get(record);
        if (shape == null) {
            shape = new RecordShape(record, older());
            shapes.put(record, shape);
        }
        return shape;
    }

    /** The record with this id; {@code near} is the type that is due and is looked at first. */
    synchronized Optional<RecordShape> find(int id, Class<?> near) {
        index(near);
        for (int i = 0; !records.containsKey(id) && i < schemas.size(); i++) {
            if (seen.add(schemas.get(i))) {
                for (Class<?> member : schemas.get(i).getDeclaredClasses()) {
                    index(member);
                }
            }
        }
        Class<?> record = records.get(id);
        if (record == null && olderLines.isPresent()) {
            record = older().nameOf(id).map(named::get).orElse(null);
        }
        return record == null ? Optional.empty() : Optional.of(shapeOf(record));
    }

    /** The line of the object with this id, whether a record carries it or not. */
    synchronized Optional<TlLine> line(int id) {
        TlLine parsed = parsedLines.get(id);
        if (parsed == null) {
            String text = lines().get(id);
            if (text == null) {
                Optional<RecordShape> shape = find(id, Object.class);
                if (shape.isEmpty() || shape.get().isCall()) {
                    return Optional.empty();
                }
                parsed = shape.get().withId(id).line();
            } else {
                parsed = TlLine.parse(text);
            }
            parsedLines.put(id, parsed);
        }
        return Optional.of(parsed);
    }

    /** Notes the ids of a record, or of all cases of a sealed type. */
    private void index(Class<?> type) {
        if (!seen.add(type)) {
            return;
        }
        if (type.isRecord()) {
            for (Tl tl : RecordShape.linesOf(type)) {
                records.put(TlLine.idOf(tl.value()), type);
                if (olderLines.isPresent()) {
                    named.put(TlLine.nameOf(tl.value()), type);
                }
            }
        } else if (type.isSealed()) {
            for (Class<?> each : type.getPermittedSubclasses()) {
                index(each);
            }
        }
    }

    private OlderLines older() {
        if (olderLines.isEmpty()) {
            return OlderLines.NONE;
        }
        if (older.isEmpty()) {
            older = Optional.of(OlderLines.parse(olderLines.get().get()));
        }
        return older.get();
    }

    private Map<Integer, String> lines() {
        if (lines.isPresent()) {
            return lines.get();
        }
        Map<Integer, String> found = new HashMap<>();
        String text = otherLines.get();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            // Comments and empty lines have no equals sign.
            String line = text.substring(from, to).strip();
            if (line.contains(" = ")) {
                found.put(TlLine.idOf(line), line);
            }
            from = to + 1;
        }
        lines = Optional.of(found);
        return found;
    }
}
