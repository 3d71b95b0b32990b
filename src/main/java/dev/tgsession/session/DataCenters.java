package dev.tgsession.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data centers everybody knows before the first word with a server, and what an address tells.
 *
 * <p>The addresses are those the official clients carry; the neighbours are front ends of the same data centers that
 * servers have handed out over the years and that stand in session files.
 */
public final class DataCenters {
    /** Where a login starts when nothing else is known, in production and on the test servers. */
    public static final int DEFAULT_ID = 2;

    /** The port tried first. */
    public static final int DEFAULT_PORT = 443;

    private static final List<Known> PRODUCTION = List.of(
            new Known(1, "149.154.175.50", "2001:b28:f23d:f001::a"),
            new Known(2, "149.154.167.51", "2001:67c:4e8:f002::a"),
            new Known(3, "149.154.175.100", "2001:b28:f23d:f003::a"),
            new Known(4, "149.154.167.91", "2001:67c:4e8:f004::a"),
            new Known(5, "149.154.171.5", "2001:b28:f23f:f005::a"));

    private static final List<Known> TEST = List.of(
            new Known(1, "149.154.175.10", "2001:b28:f23d:f001::e"),
            new Known(2, "149.154.167.40", "2001:67c:4e8:f002::e"),
            new Known(3, "149.154.175.117", "2001:b28:f23d:f003::e"));

    private DataCenters() {}

    /**
     * The built-in data center of that number.
     *
     * @throws IllegalArgumentException if the environment has no data center of that number; a practice server has none
     */
    public static DataCenter builtIn(Environment environment, int id, boolean ipv6) {
        for (Known known : known(environment)) {
            if (known.id == id) {
                return known.at(environment, ipv6);
            }
        }
        throw new IllegalArgumentException("no data center " + id + " is known in " + environment);
    }

    /** All built-in data centers of an environment, in the order of their numbers; none for a practice server. */
    public static List<DataCenter> builtIn(Environment environment, boolean ipv6) {
        List<DataCenter> all = new ArrayList<>();
        for (Known known : known(environment)) {
            all.add(known.at(environment, ipv6));
        }
        return List.copyOf(all);
    }

    /** Whether the environment has a built-in data center of that number. */
    public static boolean isBuiltIn(Environment environment, int id) {
        return id >= 1 && id <= known(environment).size();
    }

    /**
     * Which servers this address belongs to, if it is known.
     *
     * <p>No common format marks a test session, so the address has to tell: the test servers by exact address, the
     * machine itself and private networks as somebody's own server.
     */
    public static Optional<Environment> environmentOf(String address) {
        if (asWritten(PRODUCTION, address).isPresent()) {
            return Optional.of(Environment.PRODUCTION);
        }
        Optional<IpAddress> ip = IpAddress.parse(address);
        if (ip.isEmpty()) {
            return isOwnName(address) ? Optional.of(Environment.PRACTICE) : Optional.empty();
        }
        if (idAmong(TEST, ip.get()).isPresent()) {
            return Optional.of(Environment.TEST);
        }
        if (productionIdOf(ip.get()).isPresent()) {
            return Optional.of(Environment.PRODUCTION);
        }
        return ip.get().isOwn() ? Optional.of(Environment.PRACTICE) : Optional.empty();
    }

    /**
     * The number of the data center behind this address, if it is known.
     *
     * <p>Where a stored number and a stored address disagree, the address is right: the key was made with the server
     * that was reached, whatever the number beside it says.
     */
    public static Optional<Integer> idOf(String address) {
        Optional<Integer> usual = asWritten(PRODUCTION, address);
        if (usual.isPresent()) {
            return usual;
        }
        Optional<IpAddress> ip = IpAddress.parse(address);
        if (ip.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> test = idAmong(TEST, ip.get());
        return test.isPresent() ? test : productionIdOf(ip.get());
    }

    private static List<Known> known(Environment environment) {
        return switch (environment) {
            case PRODUCTION -> PRODUCTION;
            case TEST -> TEST;
            case PRACTICE -> List.of();
        };
    }

    /** Nearly every address in a file is one of these, to the letter; then there is nothing to take apart. */
    private static Optional<Integer> asWritten(List<Known> all, String address) {
        for (Known known : all) {
            if (address.equals(known.ipv4) || address.equals(known.ipv6)) {
                return Optional.of(known.id);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> idAmong(List<Known> all, IpAddress ip) {
        for (Known known : all) {
            if (ip.is(ip.isIpv6() ? known.ipv6 : known.ipv4)) {
                return Optional.of(known.id);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> productionIdOf(IpAddress ip) {
        Optional<Integer> builtIn = idAmong(PRODUCTION, ip);
        if (builtIn.isPresent()) {
            return builtIn;
        }
        if (ip.isBetween("149.154.175.50", "149.154.175.59")) {
            return Optional.of(1);
        }
        if (ip.is("149.154.167.50") || ip.is("149.154.167.41") || ip.is("95.161.76.100")) {
            return Optional.of(2);
        }
        if (ip.is("149.154.167.92")) {
            return Optional.of(4);
        }
        if (ip.isBetween("91.108.56.0", "91.108.56.255")) {
            return Optional.of(5);
        }
        return Optional.empty();
    }

    private static boolean isOwnName(String name) {
        return name.equalsIgnoreCase("localhost");
    }

    private record Known(int id, String ipv4, String ipv6) {
        DataCenter at(Environment environment, boolean wantIpv6) {
            return new DataCenter(id, wantIpv6 ? ipv6 : ipv4, DEFAULT_PORT, environment);
        }
    }
}
