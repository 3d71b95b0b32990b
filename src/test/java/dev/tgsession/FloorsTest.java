package dev.tgsession;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Arrows point down: who may look at whom, and which rooms hold clocks, dice, sockets, databases and screens. */
class FloorsTest {
    private static final String HOUSE = "dev.tgsession";

    /**
     * A package, and the packages it may look at, bottom floor first. A star stands for one family of session files,
     * and such families never look at each other; {@code cli} may look everywhere.
     */
    private static final Map<String, Set<String>> FLOORS = table("""
            bytes             |
            tl                | bytes
            crypto            | bytes
            schema            | tl bytes
            transport         | crypto bytes
            session           | crypto bytes
            mtproto.message   | schema tl crypto bytes
            mtproto.handshake | mtproto.message schema tl transport crypto bytes
            mtproto.rpc       | mtproto.handshake mtproto.message schema tl transport session crypto bytes
            session.format    | session crypto bytes
            session.format.*  | session.format session tl crypto bytes
            session.convert   | session.format.* session.format session bytes
            travel            | session.format session crypto bytes
            session.store     | session.convert session.format.* session.format session crypto bytes
            login             | mtproto.rpc schema tl transport session crypto bytes
            sync              | mtproto.rpc schema tl session bytes
            practice.faults   | mtproto.handshake mtproto.message schema tl crypto bytes
            practice          | practice.faults mtproto.handshake mtproto.message schema tl transport session crypto bytes
            client            | login sync session.store mtproto.rpc mtproto.handshake transport session crypto bytes
            cli.terminal      | login session crypto bytes
            cli               | ANYTHING
            """);

    /**
     * Where the world comes in for those who use the library and bring no clock and no dice of their own; the command line
     * is the other door.
     */
    private static final Set<String> LIBRARY_DOORS =
            Set.of(HOUSE + ".session.store.Surroundings", HOUSE + ".client.TelegramLogin$Wishes");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HOUSE);

    @Test
    void everyPackageHasItsRowInTheTable() {
        assertThat(MAIN)
                .as("classes on no floor: give their package a row in FLOORS and a line in the house's picture")
                .allMatch(type -> roomOf(type).isEmpty() || FLOORS.containsKey(rowOf(roomOf(type))));
    }

    @Test
    void theTableItselfPointsDown() {
        List<String> seen = new ArrayList<>(List.of("ANYTHING"));
        FLOORS.forEach((room, below) -> {
            assertThat(seen).as(room + " stands on").containsAll(below);
            seen.add(room);
        });
    }

    @Test
    void everyArrowPointsDown() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : MAIN) {
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                String from = roomOf(type);
                String to = roomOf(arrow.getTargetClass());
                if (isOurs(arrow.getTargetClass()) && !mayLook(from, to)) {
                    wrong.add(from + " -> " + to + ": " + arrow.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePackagesFormNoCircle() {
        slices().matching(HOUSE + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void onlyTheDoorsMakeChance() {
        DescribedPredicate<JavaAccess<?>> ownDice = describe(
                "makes a SecureRandom",
                access -> access.getTargetOwner().isEquivalentTo(java.security.SecureRandom.class)
                        && (access.getName().equals("<init>")
                                || access.getName().startsWith("getInstance")));
        holds(noClasses().that(areNoDoor()).should().accessTargetWhere(ownDice));
    }

    @Test
    void nobodyUsesDiceThatCanBeGuessed() {
        holds(noClasses()
                .should()
                .accessTargetWhere(targetOwner(nameMatching(
                        "java\\.util\\.(Random|SplittableRandom)" + "|java\\.util\\.concurrent\\.ThreadLocalRandom"))));
        holds(noClasses()
                .should()
                .accessTargetWhere(describe(
                        "is Math.random",
                        access -> access.getTargetOwner().isEquivalentTo(Math.class)
                                && access.getName().equals("random"))));
    }

    @Test
    void onlyTheDoorsReadTheClockOnTheWall() {
        DescribedPredicate<JavaAccess<?>> ownClock = describe("looks at the wall clock", access -> {
            String call = access.getTargetOwner().getName() + "." + access.getName();
            return call.equals("java.time.InstantSource.system")
                    || call.startsWith("java.time.Clock.system")
                    || call.equals("java.lang.System.currentTimeMillis")
                    // now() without a clock; now(clock) is fine.
                    || (call.matches("java\\.time\\.\\w+\\.now")
                            && access.getDescription().contains(".now()>"))
                    || (call.equals("java.util.Date.<init>")
                            && access.getDescription().contains("<init>()>"));
        });
        holds(noClasses().that(areNoDoor()).should().accessTargetWhere(ownClock));
    }

    @Test
    void onlyTheCommandLineTouchesTheStandardStreams() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + ".cli..")
                .should()
                .accessTargetWhere(targetOwner(nameMatching("java\\.lang\\.System"))
                        .and(target(have(nameMatching("in|out|err|setIn|setOut|setErr|console|exit"))))));
    }

    @Test
    void onlyTransportAndPracticeOpenSockets() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE + ".transport", HOUSE + ".practice")
                .should()
                .accessTargetWhere(targetOwner(nameMatching("java\\.net\\.(ServerSocket|Socket|DatagramSocket)"
                        + "|java\\.nio\\.channels\\.\\w*(Socket|Datagram)\\w*|javax\\.net\\.(Server)?SocketFactory"
                        + "|javax\\.net\\.ssl\\.\\w*Socket\\w*"))));
    }

    @Test
    void onlyWhatTravelsGoesOverTheWeb() {
        onlyIn(Set.of("travel"), "java.net.http..", "javax.net.ssl..");
        holds(noClasses()
                .should()
                .accessTargetWhere(targetOwner(nameMatching("java\\.net\\.(URL|\\w*URLConnection)"))));
    }

    @Test
    void onlySessionsKnowDatabases() {
        onlyIn(Set.of("session.."), "java.sql..", "javax.sql..", "org.sqlite..");
    }

    @Test
    void onlyTheStoresKnowADatabaseServer() {
        onlyIn(Set.of("session.store"), "org.postgresql..");
    }

    @Test
    void onlyTheCommandLineKnowsPicocliAndJLine() {
        onlyIn(Set.of("cli.."), "picocli..", "org.jline..");
    }

    @Test
    void jsonIsReadAndWrittenInFewPlaces() {
        onlyIn(Set.of("cli..", "session.format..", "session.store", "practice"), "com.grack.nanojson..");
    }

    @Test
    void onlyCryptoAndTravelKnowBouncyCastle() {
        onlyIn(Set.of("crypto", "travel"), "org.bouncycastle..");
    }

    @Test
    void onlyWhatTravelsIsInOpenPgp() {
        onlyIn(Set.of("travel"), "org.bouncycastle.openpgp..", "org.bouncycastle.bcpg..");
    }

    @Test
    void phoneNumbersAreUnderstoodNearThePerson() {
        onlyIn(Set.of("cli..", "login"), "com.google.i18n.phonenumbers..");
    }

    @Test
    void noFieldIsBothSharedAndChangeable() {
        holds(fields().that().areStatic().should().beFinal());
    }

    @Test
    void typesAreNamedAfterWhatTheyAre() {
        holds(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)"));
    }

    private static void holds(ArchRule rule) {
        // A rule about a room that is not built yet holds.
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static DescribedPredicate<JavaClass> areNoDoor() {
        return describe("are neither the command line nor a door of the library", type -> {
            String room = roomOf(type);
            return !room.equals("cli") && !room.startsWith("cli.") && !LIBRARY_DOORS.contains(type.getName());
        });
    }

    private static void onlyIn(Set<String> rooms, String... libraries) {
        String[] allowed = rooms.stream().map(room -> HOUSE + "." + room).toArray(String[]::new);
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries));
    }

    private static boolean mayLook(String from, String to) {
        Set<String> below = FLOORS.getOrDefault(rowOf(from), Set.of());
        return from.equals(to) || below.contains("ANYTHING") || below.contains(rowOf(to));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(HOUSE) || type.getPackageName().startsWith(HOUSE + ".");
    }

    /** The package without the house's name in front; empty for the root. */
    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return isOurs(type) && !name.equals(HOUSE) ? name.substring(HOUSE.length() + 1) : "";
    }

    private static String rowOf(String room) {
        return room.startsWith("session.format.") ? "session.format.*" : room;
    }

    private static Map<String, Set<String>> table(String text) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] cells = line.split("\\|", -1);
            String below = cells[1].trim();
            rows.put(cells[0].trim(), below.isEmpty() ? Set.of() : Set.of(below.split(" +")));
        }
        return rows;
    }
}
