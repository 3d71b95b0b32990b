package dev.tgsession.session.format;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.IpAddress;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.Inspection.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which server a stored number, address and port mean.
 *
 * <p>The key was made with the server at the address, so the address decides: numbers are wrong now and then, since
 * libraries have written them before they had moved, or not at all. Where there is no address, the number has a known
 * one.
 *
 * @param dataCenter the server, if it can be told
 * @param description as it stands in the session, but without an address that is none
 * @param findings what is to be said about it; the last one tells why there is no server
 */
public record StoredServer(Optional<DataCenter> dataCenter, Server description, List<Finding> findings) {
    private static final int LARGEST_NUMBER = 9999;

    /**
     * Judges what is stored.
     *
     * @param test whether it is said to be a test server, where the library says so
     * @param fileName where it is stored; a practice session is known by its name
     */
    public static StoredServer of(
            Optional<Long> number,
            Optional<String> stored,
            Optional<Long> port,
            Optional<Boolean> test,
            String fileName) {
        Optional<String> host = stored.map(StoredServer::bare).filter(text -> !text.isEmpty());
        if (host.isEmpty()) {
            StoredServer byNumber = byNumber(number, test.orElse(false), fileName);
            List<Finding> findings = new ArrayList<>(byNumber.findings);
            if (byNumber.dataCenter.isPresent()) {
                findings.add(noAddress(byNumber.dataCenter.get().id()));
            }
            Server description = new Server(
                    number, stored, port, byNumber.description.environment(), byNumber.description.dcIdOfAddress());
            return new StoredServer(byNumber.dataCenter, description, findings);
        }
        List<Finding> findings = new ArrayList<>();
        Optional<Integer> known = DataCenters.idOf(host.get());
        Environment environment = environment(host.get(), test, fileName, findings);
        Optional<DataCenter> dataCenter = byAddress(number, host.get(), known, port, environment, findings);
        // What is no address may be anything, even the key of a file in which everything has moved.
        Optional<String> shown = DataCenter.isHost(host.get()) ? stored : Optional.empty();
        return new StoredServer(dataCenter, new Server(number, shown, port, Optional.of(environment), known), findings);
    }

    /** The server of that number, for libraries that note nothing more. */
    public static StoredServer byNumber(Optional<Long> number, boolean test, String fileName) {
        long id = number.orElse(0L);
        if (SessionFileName.isPractice(fileName)) {
            return nowhere(number, Environment.PRACTICE, practiceWithoutAddress());
        }
        Environment environment = test ? Environment.TEST : Environment.PRODUCTION;
        if (id < 1 || id > LARGEST_NUMBER || !DataCenters.isBuiltIn(environment, (int) id)) {
            return nowhere(number, environment, noAddressAtAll());
        }
        Server description =
                new Server(number, Optional.empty(), Optional.empty(), Optional.of(environment), Optional.empty());
        return new StoredServer(Optional.of(DataCenters.builtIn(environment, (int) id, false)), description, List.of());
    }

    /**
     * The server.
     *
     * @throws MalformedSessionException if it cannot be told
     */
    public DataCenter required() throws MalformedSessionException {
        if (dataCenter.isEmpty()) {
            throw new MalformedSessionException(findings.get(findings.size() - 1));
        }
        return dataCenter.get();
    }

    private static StoredServer nowhere(Optional<Long> number, Environment environment, Finding why) {
        Server description =
                new Server(number, Optional.empty(), Optional.empty(), Optional.of(environment), Optional.empty());
        return new StoredServer(Optional.empty(), description, List.of(why));
    }

    private static Optional<DataCenter> byAddress(
            Optional<Long> number,
            String host,
            Optional<Integer> known,
            Optional<Long> port,
            Environment environment,
            List<Finding> findings) {
        boolean goodPort = port.isPresent() && port.get() >= 1 && port.get() <= 65_535;
        if (!goodPort) {
            findings.add(badPort());
        }
        if (!DataCenter.isHost(host)) {
            findings.add(badAddress());
            return Optional.empty();
        }
        long id = number.orElse(0L);
        boolean goodNumber = id >= 1 && id <= LARGEST_NUMBER;
        if (known.isPresent() && known.get() != id) {
            findings.add(goodNumber ? wrongNumber(id, known.get()) : missingNumber(known.get()));
        }
        if (known.isEmpty() && !goodNumber) {
            findings.add(unknownNumber());
            return Optional.empty();
        }
        int port443 = goodPort ? port.get().intValue() : DataCenters.DEFAULT_PORT;
        return Optional.of(new DataCenter(known.orElse((int) id), host, port443, environment));
    }

    /**
     * A known address of Telegram's tells; else the name of the file; else an address of one's own; else what the
     * library says.
     */
    private static Environment environment(
            String host, Optional<Boolean> test, String fileName, List<Finding> findings) {
        Optional<Environment> byAddress = DataCenters.environmentOf(host);
        Environment said = test.orElse(false) ? Environment.TEST : Environment.PRODUCTION;
        boolean telegrams = byAddress.isPresent() && byAddress.get() != Environment.PRACTICE;
        if (SessionFileName.isPractice(fileName)) {
            if (!telegrams) {
                return Environment.PRACTICE;
            }
            findings.add(practiceName());
        }
        if (telegrams && test.isPresent() && byAddress.get() != said) {
            findings.add(wrongTestMark(test.get()));
        }
        return byAddress.orElse(said);
    }

    /** From 0.15.5 to 1.16.0 Telethon stored IPv6 addresses in square brackets. */
    private static String bare(String address) {
        return IpAddress.parse(address).map(IpAddress::text).orElse(address.strip());
    }

    private static Finding wrongNumber(long stored, int right) {
        return Finding.warning(
                "dc-address-mismatch",
                "The session says data center " + stored + ", but the address is one of data center " + right + ".",
                "The address is right, and tgsession goes by it: old releases of libraries stored a wrong number.");
    }

    private static Finding missingNumber(int right) {
        return Finding.warning(
                "dc-missing",
                "The number of the data center is missing; by its address it is " + right + ".",
                "tgsession fills it in.");
    }

    private static Finding unknownNumber() {
        return Finding.error(
                "dc-missing",
                "The number of the data center is missing, and its address is not a known one.",
                CommonFindings.BACKUP_OR_LOG_IN);
    }

    private static Finding wrongTestMark(boolean test) {
        return Finding.warning(
                "test-address-mismatch",
                test
                        ? "The session is marked as one of the test servers, but the address is not one of theirs."
                        : "The session is not marked as one of the test servers, but the address is one of theirs.",
                "The address is right, and tgsession goes by it.");
    }

    private static Finding noAddress(int number) {
        return Finding.warning(
                "no-server-address",
                "The server's address is missing; data center " + number + " has a known one.",
                "The library may go to another data center instead. tgsession fills the address in.");
    }

    private static Finding noAddressAtAll() {
        return Finding.error(
                "no-server-address",
                "Neither a known data center nor an address is in the session.",
                CommonFindings.LOG_IN);
    }

    private static Finding badAddress() {
        return Finding.error(
                "bad-server-address",
                "What stands for the server's address is no address.",
                CommonFindings.BACKUP_OR_LOG_IN);
    }

    private static Finding badPort() {
        return Finding.warning("bad-port", "The server's port is missing or out of range; tgsession takes 443.", "");
    }

    private static Finding practiceName() {
        return Finding.warning(
                "practice-name",
                "The file is named like the session of a practice server, but the address is Telegram's.",
                "Give it a name that does not end in .practice.session.");
    }

    private static Finding practiceWithoutAddress() {
        return Finding.error(
                "practice-without-address",
                "The file is named like the session of a practice server, and has no place for that server's address.",
                "Use the session it was made from.");
    }
}
