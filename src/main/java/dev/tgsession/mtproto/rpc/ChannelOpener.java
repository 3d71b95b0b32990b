package dev.tgsession.mtproto.rpc;

import dev.tgsession.session.DataCenter;
import dev.tgsession.transport.PacketChannel;
import java.io.IOException;

/** Opens a channel to a data centre: over TCP, through a proxy, or in memory in a test. */
@FunctionalInterface
public interface ChannelOpener {
    /**
     * A fresh channel.
     *
     * @throws IOException if nobody answers there
     */
    PacketChannel open(DataCenter dataCenter) throws IOException;
}
