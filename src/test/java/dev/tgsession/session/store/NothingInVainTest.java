package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever names no database server pays nothing for one. */
class NothingInVainTest {
    @TempDir
    private Path folder;

    @Test
    void noDriverIsLoadedForAFile() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NothingInVainTest.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(folder.resolve("anon.session")).exists();
        assertThat(said)
                .contains(FileStore.class.getName())
                .doesNotContain("org.postgresql.", "java.sql.DriverManager");
    }

    public static void main(String[] arguments) throws Exception {
        try (SessionStore store = SessionStores.open("anon")) {
            store.save(SampleSessions.rich());
            store.load();
        }
    }
}
