package dev.tgsession.tl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What constructors looked like in other layers, kept apart from the records so that only who needs them pays. */
final class OlderLines {
    /** For who speaks the newest layer only. */
    static final OlderLines NONE = new OlderLines();

    private final Map<String, List<Line>> byName = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /** A schema line, and the last layer in which it held. */
    record Line(int until, String text) {}

    private OlderLines() {}

    /** One a line, the last layer in front; what has no equals sign is a comment. */
    static OlderLines parse(String text) {
        OlderLines lines = new OlderLines();
        for (String each : text.split("\n", -1)) {
            String line = each.strip();
            int space = line.indexOf(' ');
            if (space > 0 && line.contains(" = ") && !line.startsWith("//")) {
                lines.add(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
            }
        }
        return lines;
    }

    private void add(int until, String text) {
        String name = TlLine.nameOf(text);
        List<Line> ofName = byName.computeIfAbsent(name, key -> new ArrayList<>());
        ofName.add(new Line(until, text));
        ofName.sort(Comparator.comparingInt(Line::until));
        names.put(TlLine.idOf(text), name);
    }

    List<Line> of(String name) {
        return byName.getOrDefault(name, List.of());
    }

    Optional<String> nameOf(int id) {
        return Optional.ofNullable(names.get(id));
    }
}
