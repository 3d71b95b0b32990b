package dev.tgsession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a login is called in Telegram's list of devices. */
final class DeviceName {
    private static final int LONGEST = 64;

    private DeviceName() {}

    /** {@code tgsession on HOST}, so that its owner knows it again; no name server is asked. */
    static String of(Map<String, String> environment) {
        return "tgsession on " + host(environment);
    }

    /** What this machine is called. */
    static String host(Map<String, String> environment) {
        for (Path file : List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"))) {
            try {
                String name = Files.readString(file).strip();
                if (isName(name)) {
                    return name;
                }
            } catch (IOException notThisSystem) {
                // The next one may know.
            }
        }
        for (String variable : List.of("HOSTNAME", "HOST", "COMPUTERNAME")) {
            String name = environment.getOrDefault(variable, "").strip();
            if (isName(name)) {
                return name;
            }
        }
        return "this computer";
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }
}
