package dev.tgsession.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where this program keeps what is its own from one run to the next. */
final class StateFolder {
    private StateFolder() {}

    /** As the XDG base directory specification has it; on Windows below {@code LOCALAPPDATA}. */
    static Path of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (state.startsWith("/")) {
            return Path.of(state, "tgsession");
        }
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return local.isEmpty() ? Path.of(home, ".local", "state", "tgsession") : Path.of(local, "tgsession");
    }
}
