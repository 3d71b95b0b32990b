package dev.tgsession.session.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * What stores need of the world around them.
 *
 * @param folder where names of files start that are not absolute
 * @param environment variables, for those that have a meaning: {@code PGPASSWORD}
 * @param random makes the names of temporary files
 * @param clock dates what is written down
 */
public record Surroundings(Path folder, Map<String, String> environment, SecureRandom random, InstantSource clock) {
    /** Takes a copy of the variables. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this program: its working folder, its variables, the clock of the machine. */
    static Surroundings ofThisProgram() {
        return new Surroundings(
                Path.of("").toAbsolutePath(), System.getenv(), new SecureRandom(), InstantSource.system());
    }

    /** Variables may hold passwords. */
    @Override
    public String toString() {
        return "Surroundings[" + folder + "]";
    }
}
