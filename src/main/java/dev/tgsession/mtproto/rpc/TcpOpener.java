package dev.tgsession.mtproto.rpc;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.transport.PacketChannel;
import dev.tgsession.transport.TcpPacketChannel;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Opens channels over TCP, straight to the data centre.
 *
 * <p>Telegram's own servers listen on 443, 80 and 5222, so a firewall that closes one of them does not matter; somebody's
 * own server has the one port it was given.
 */
public final class TcpOpener implements ChannelOpener {
    private static final int[] PORTS = {443, 80, 5222};

    private final TransportChoice transport;
    private final Duration patience;
    private final SecureRandom random;

    /**
     * An opener.
     *
     * @param patience how long one port may take to answer
     */
    public TcpOpener(TransportChoice transport, Duration patience, SecureRandom random) {
        this.transport = transport;
        this.patience = patience;
        this.random = random;
    }

    @Override
    public PacketChannel open(DataCenter dataCenter) throws IOException {
        IOException first = null;
        for (int port : ports(dataCenter)) {
            try {
                return TcpPacketChannel.connect(
                        address(dataCenter, port), transport, dataCenter.wireId(), patience, random);
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                }
            }
        }
        throw first == null ? new IOException("no port to try") : first;
    }

    static Set<Integer> ports(DataCenter dataCenter) {
        Set<Integer> ports = new LinkedHashSet<>();
        ports.add(dataCenter.port());
        if (dataCenter.environment() != Environment.PRACTICE) {
            for (int port : PORTS) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static InetSocketAddress address(DataCenter dataCenter, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(dataCenter.host(), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(dataCenter.host());
        }
        return address;
    }
}
