package dev.tgsession.practice.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything the server can be told to do by name. */
public final class Repertoire {
    /** What begins to happen to numbers that end so, one scenario for each number from here on. */
    public static final int FIRST_NUMBER = 600;

    private static final String SALTS = "salt-[1-9][0-9]?";

    private Repertoire() {}

    /** What a client has to notice, and to end the matter; two or three are harmless, and say so. */
    public static List<NamedFaults> faults() {
        List<NamedFaults> all = new ArrayList<>(KeyExchangeFaults.all());
        all.addAll(MessageFaults.all());
        return all;
    }

    /** What a client has to live with. */
    public static List<NamedFaults> scenarios() {
        return ProtocolScenarios.all();
    }

    /** A fault by its name. */
    public static Optional<NamedFaults> fault(String name) {
        return named(name, faults());
    }

    /** A scenario by its name; {@code salt-N} is there for any N from 1 to 99. */
    public static Optional<NamedFaults> scenario(String name) {
        Optional<NamedFaults> listed = named(name, scenarios());
        return listed.isEmpty() && name.matches(SALTS)
                ? Optional.of(ProtocolScenarios.salts(Integer.parseInt(name.substring(name.indexOf('-') + 1))))
                : listed;
    }

    /** The scenario of the numbers that end so, 0 to 9999. */
    public static Optional<NamedFaults> scenario(int lastFour) {
        List<NamedFaults> all = scenarios();
        int place = lastFour - FIRST_NUMBER;
        return place >= 0 && place < all.size() ? Optional.of(all.get(place)) : Optional.empty();
    }

    private static Optional<NamedFaults> named(String name, List<NamedFaults> all) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
