package dev.tgsession;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the house says about itself is true: its picture, its list of dependencies, its promises to be finished. */
class HouseTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path ROOT = MAIN.resolve("dev/tgsession");

    @Test
    void everyPackageHasAPageThatOpensWithItsQuestion() throws IOException {
        for (Path folder : packages()) {
            Path page = folder.resolve("package-info.java");
            assertThat(page).exists();
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .contains("@NullMarked")
                    .containsPattern("\\A/\\*\\*\\s+(\\* )?[A-Z][^.?]*\\?");
        }
    }

    @Test
    void everyPackageIsInThePictureOfTheHouse() throws IOException {
        Set<String> drawn = drawnRooms();
        for (Path folder : packages()) {
            if (!folder.equals(ROOT)) {
                String room = ROOT.relativize(folder).toString().replace('/', '.');
                assertThat(drawn).as("rooms drawn in the root package-info").contains(room);
            }
        }
    }

    @Test
    void theReadmeGivesEachDependencyAReason() throws Exception {
        assertThat(dependenciesOfReadme()).containsExactlyInAnyOrderElementsOf(runtimeDependenciesOfPom());
    }

    /** Heroku's build looks through the text of the file for these, and then adds a database that costs money. */
    @Test
    void thePomDoesNotOrderADatabase() throws Exception {
        String text = Files.readString(Path.of("pom.xml")).toLowerCase(java.util.Locale.ROOT);

        assertThat(text).doesNotContain("postgresql").doesNotContain("pgjdbc-ng");
        assertThat(runtimeDependenciesOfPom()).contains("postgresql");
    }

    /** A claim is worth as much as the test that holds it. */
    @Test
    void classesAndTestsNamedUnderSecurityAreThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("SECURITY.md"))) {
            String[] cells = line.split("\\|", -1);
            for (int i = 2; line.startsWith("|") && i < cells.length; i++) {
                Matcher name = Pattern.compile("`([A-Z]\\w+)`").matcher(cells[i]);
                while (name.find()) {
                    named.add(name.group(1) + ".java");
                }
            }
        }
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            Set<String> there = all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(named).hasSizeGreaterThan(40).isSubsetOf(there);
        }
    }

    @Test
    void testsNamedUnderFurtherFaultsAreThere() throws IOException {
        String page = Files.readString(Path.of("docs/faults.md"));
        Matcher name = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`").matcher(page.split("\n## Further faults\n", 2)[1]);
        Set<String> missing = new TreeSet<>();
        int found = 0;
        for (; name.find(); found++) {
            if (!isTest(name.group(1), name.group(2))) {
                missing.add(name.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(35);
    }

    private static boolean isTest(String type, String method) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            Path source = all.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no class " + type));
            return Files.readString(source).contains(" void " + method + "(");
        }
    }

    /** Each fault of the practice servers has its row, so that nobody adds one and forgets to look. */
    @Test
    void everyNamedFaultIsOnThePageOfFaults() throws IOException {
        String page = Files.readString(Path.of("docs/faults.md"));
        for (NamedFaults fault : Repertoire.faults()) {
            // In the table of libraries, and among the details about ours.
            assertThat(page.split("\n\\| `" + fault.name() + "` ", -1))
                    .as(fault.name())
                    .hasSize(3);
        }
    }

    @Test
    void mainSourcesPromiseNothingForLater() throws IOException {
        List<String> promises = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            if (Pattern.compile("\\b(TODO|FIXME|XXX)\\b").matcher(text).find()) {
                promises.add(source.toString());
            }
        }
        assertThat(promises).isEmpty();
    }

    private static Set<String> drawnRooms() throws IOException {
        Set<String> rooms = new TreeSet<>();
        Matcher line = Pattern.compile("^ \\* [0-9 ] {3}([a-z.]+) {2,}[A-Z].*\\?$", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("package-info.java")));
        while (line.find()) {
            rooms.add(line.group(1));
        }
        return rooms;
    }

    /** The folders that hold Java files. */
    private static Set<Path> packages() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path source : sources()) {
            folders.add(source.getParent());
        }
        return folders;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> runtimeDependenciesOfPom() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        List<String> names = new ArrayList<>();
        NodeList all = project.getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            String scope = text(dependency, "scope");
            // Imported boms and plugin dependencies are not in the jar.
            boolean ours = dependency.getParentNode().getParentNode() == project;
            if (ours && !scope.equals("test") && !scope.equals("provided")) {
                names.add(text(dependency, "artifactId"));
            }
        }
        return names;
    }

    /** First cells of the table under "What is inside". */
    private static List<String> dependenciesOfReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String part = readme.split("\n## What is inside\n", 2)[1].split("\n## ", 2)[0];
        Matcher row = Pattern.compile("^\\| `([^`]+)` +\\|", Pattern.MULTILINE).matcher(part);
        List<String> names = new ArrayList<>();
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    private static String text(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().trim();
    }
}
