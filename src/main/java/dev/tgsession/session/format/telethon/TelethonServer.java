package dev.tgsession.session.format.telethon;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.IpAddress;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which server a stored number, address and port mean.
 *
 * <p>Up to 1.10.10 Telethon wrote number 4 beside an address of data center 2, and files made from JSON have number 0.
 * The key was made with the server at the address, so the address decides.
 *
 * @param dataCenter the server, if it can be told
 * @param description as it stands in the file
 */
record TelethonServer(Optional<DataCenter> dataCenter, Server description, List<Finding> findings) {
    private static final int LARGEST_NUMBER = 9999;

    /**
     * Judges what is stored.
     *
     * @param fileName where it is stored; a practice session is known by its name
     */
    static TelethonServer of(Optional<Long> number, Optional<String> stored, Optional<Long> port, String fileName) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> host = stored.map(TelethonServer::bare).filter(text -> !text.isEmpty());
        Optional<Integer> known = host.flatMap(DataCenters::idOf);
        Optional<Environment> environment = host.map(one -> environment(one, fileName, findings));
        Optional<DataCenter> dataCenter = host.isPresent()
                ? byAddress(number, host.get(), known, port, environment.orElseThrow(), findings)
                : byNumber(number, findings);
        Server description = new Server(number, stored, port, environment, known);
        return new TelethonServer(dataCenter, description, findings);
    }

    private static Optional<DataCenter> byNumber(Optional<Long> number, List<Finding> findings) {
        long id = number.orElse(0L);
        if (id < 1 || id > LARGEST_NUMBER || !DataCenters.isBuiltIn(Environment.PRODUCTION, (int) id)) {
            findings.add(TelethonFindings.noAddressAtAll());
            return Optional.empty();
        }
        findings.add(TelethonFindings.noAddress((int) id));
        return Optional.of(DataCenters.builtIn(Environment.PRODUCTION, (int) id, false));
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
            findings.add(TelethonFindings.badPort());
        }
        long id = number.orElse(0L);
        boolean goodNumber = id >= 1 && id <= LARGEST_NUMBER;
        if (known.isPresent() && known.get() != id) {
            findings.add(
                    goodNumber
                            ? TelethonFindings.wrongNumber(id, known.get())
                            : TelethonFindings.missingNumber(known.get()));
        }
        if (known.isEmpty() && !goodNumber) {
            findings.add(TelethonFindings.unknownNumber());
            return Optional.empty();
        }
        try {
            int port443 = goodPort ? port.get().intValue() : DataCenters.DEFAULT_PORT;
            return Optional.of(new DataCenter(known.orElse((int) id), host, port443, environment));
        } catch (IllegalArgumentException noHost) {
            findings.add(TelethonFindings.badAddress());
            return Optional.empty();
        }
    }

    /** A known address of Telegram's tells; else the name of the file; else an address of one's own. */
    private static Environment environment(String host, String fileName, List<Finding> findings) {
        Optional<Environment> byAddress = DataCenters.environmentOf(host);
        boolean practiceName = SessionFileName.isPractice(fileName);
        boolean telegrams = byAddress.isPresent() && byAddress.get() != Environment.PRACTICE;
        if (practiceName && telegrams) {
            findings.add(TelethonFindings.practiceName());
        }
        if (practiceName && !telegrams) {
            return Environment.PRACTICE;
        }
        return byAddress.orElse(Environment.PRODUCTION);
    }

    /** From 0.15.5 to 1.16.0 Telethon stored IPv6 addresses in square brackets. */
    private static String bare(String address) {
        return IpAddress.parse(address).map(IpAddress::text).orElse(address.strip());
    }
}
