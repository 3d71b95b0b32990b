package dev.tgsession.cli;

import java.util.ArrayList;
import java.util.List;

/** What stands on a terminal after everything was printed, where a carriage return goes back and is written over. */
final class Screen {
    private Screen() {}

    /** The lines, without spaces at their ends. */
    static List<String> after(String printed) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char c : printed.toCharArray()) {
            if (c == '\n') {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else {
                line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
                column++;
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
