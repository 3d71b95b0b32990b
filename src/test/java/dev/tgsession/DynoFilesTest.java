package dev.tgsession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that make a Heroku app of this folder do what README says; {@code scripts/rehearse-dyno} runs it all. */
class DynoFilesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    /** A web or worker process would start anew whenever a login ends; {@code run} is a word of the platform's own. */
    @Test
    void thereIsOneProcessTypeAndNobodyStartsItUnasked() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("Procfile"));
        assertThat(lines).hasSize(1);
        String[] line = lines.get(0).split(": ", 2);
        assertThat(line[0]).isEqualTo("tgsession");
        assertThat(Path.of(line[1])).isExecutable();
    }

    @Test
    void theJavaOfTheDynoIsNamedAndTheOneWeCompileFor() throws Exception {
        Properties system = new Properties();
        system.load(new StringReader(Files.readString(Path.of("system.properties"))));
        String release = system.getProperty("java.runtime.version");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<maven.compiler.release>" + release + "</maven.compiler.release>");
        assertThat(system.stringPropertyNames()).containsExactly("java.runtime.version");
    }

    /** Half a Maven wrapper stops the build: the buildpack wants both files, or neither. */
    @Test
    void mavenIsTheBuildpacksOwn() {
        assertThat(Path.of("mvnw")).doesNotExist();
        assertThat(Path.of(".mvn")).doesNotExist();
    }

    @Test
    void oneClickOrdersNothingAndDemandsNothing() throws Exception {
        JsonObject app = JsonParser.object().from(Files.readString(Path.of("app.json")));
        assertThat(app).doesNotContainKeys("addons", "formation", "scripts");
        assertThat(app.getArray("buildpacks").getObject(0).getString("url")).isEqualTo("heroku/java");
        JsonObject variables = app.getObject("env");
        assertThat(variables.keySet()).containsExactly("TG_API_ID", "TG_API_HASH");
        for (String name : variables.keySet()) {
            JsonObject variable = variables.getObject(name);
            assertThat(variable.getBoolean("required", true)).as(name).isFalse();
            assertThat(variable).doesNotContainKeys("value", "generator");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void theProgramIsFoundByItsName(String shell) throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell))));
        ProcessBuilder dyno =
                new ProcessBuilder(shell, "-c", ". \"$HOME/.profile\"; exec " + shell + " -c 'command -v tgsession'");
        dyno.environment().put("HOME", ROOT.toString());
        Process started = dyno.redirectErrorStream(true).start();
        try (InputStream said = started.getInputStream()) {
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(ROOT.resolve("scripts/tgsession").toString());
        }
        assertThat(started.waitFor()).isZero();
    }

    /** JLine asks a program called test about the terminal, and a script of ours has that name. */
    @Test
    void noScriptOfOursStandsInForAProgramOfTheSystem() throws Exception {
        ProcessBuilder dyno = new ProcessBuilder("sh", "-c", ". \"$HOME/.profile\"; printf %s \"$PATH\"");
        dyno.environment().put("HOME", ROOT.toString());
        dyno.environment().put("PATH", "/usr/bin:/bin");
        Process started = dyno.redirectErrorStream(true).start();
        try (InputStream said = started.getInputStream()) {
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("/usr/bin:/bin:" + ROOT.resolve("scripts"));
        }
    }

    /** What is ignored there is gone before the build. */
    @Test
    void noSessionGetsIntoASlugAndNothingThatIsNeededIsKeptOut() throws Exception {
        List<String> patterns = Files.readAllLines(Path.of(".slugignore"));
        assertThat(patterns).contains("*.session", "*.session.bak*").doesNotHaveDuplicates();
        List<String> needed =
                List.of("pom.xml", "src/main/java", "src/main/resources", "scripts/tgsession", ".profile");
        for (String pattern : patterns) {
            assertThat(needed)
                    .noneMatch(path -> pattern.startsWith("/")
                            ? ("/" + path + "/").startsWith(pattern + "/")
                            : path.endsWith(pattern.replace("*", "")));
        }
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("*.session", "*.session.bak*");
    }

    /** Copied are the sources that the build needs, and what it makes of them; a session that lies about is not. */
    @Test
    void theImageIsMadeOfWhatIsThere() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile"));
        List<String> copied = lines.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.split(" ", -1)[1])
                .toList();
        assertThat(copied)
                .contains("pom.xml", "src/main", "scripts/tgsession")
                .allMatch(name -> Files.exists(ROOT.resolve(name)));
        assertThat(lines).contains("COPY --from=build /src/target/tgsession.jar /app/target/tgsession.jar");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>tgsession</finalName>");
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).contains("**/*.session", "**/*.session.bak*", ".git");
    }
}
