package dev.tgsession.mtproto.rpc;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.EarlyDhSecret;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.handshake.ClientHandshake.Agreed;
import dev.tgsession.mtproto.handshake.HandshakeRunner;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.message.ServerTime;
import dev.tgsession.session.DataCenter;
import dev.tgsession.transport.PacketChannel;
import dev.tgsession.transport.TransportChoice;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Dials a data centre and makes a key with it, on the same channel that then carries the calls. */
public final class KeyMakingDialer implements Dialer {
    private static final int MOST_TRIES = 3;
    private static final int WRONG_DATA_CENTRE = -444;
    private static final int TOO_FAST = -429;

    private final ChannelOpener opener;
    private final ServerKeys serverKeys;
    private final ClientIdentity identity;
    private final SecureRandom random;
    private final Executor aside;
    private final InstantSource clock;
    private final Pause pause;
    private final Duration keyPatience;
    private final Duration callPatience;

    /**
     * A dialer.
     *
     * @param aside does what can be done while an answer is on its way
     * @param keyPatience how long each answer may take while a key is made; ten seconds are plenty
     * @param callPatience how long each call may take
     */
    public KeyMakingDialer(
            ChannelOpener opener,
            ServerKeys serverKeys,
            ClientIdentity identity,
            SecureRandom random,
            Executor aside,
            InstantSource clock,
            Pause pause,
            Duration keyPatience,
            Duration callPatience) {
        this.opener = opener;
        this.serverKeys = serverKeys;
        this.identity = identity;
        this.random = random;
        this.aside = aside;
        this.clock = clock;
        this.pause = pause;
        this.keyPatience = keyPatience;
        this.callPatience = callPatience;
    }

    /**
     * A dialer over TCP, as it is wanted nearly always.
     *
     * @param patience how long a port, and each answer while a key is made, may take; a call may take twice as long
     */
    public static KeyMakingDialer overTcp(
            TransportChoice way,
            Duration patience,
            ServerKeys serverKeys,
            ClientIdentity identity,
            SecureRandom random,
            InstantSource clock) {
        return new KeyMakingDialer(
                new TcpOpener(way, patience, random),
                serverKeys,
                identity,
                random,
                EarlyDhSecret.inBackground(),
                clock,
                Pause.sleeping(),
                patience,
                patience.multipliedBy(2));
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter) throws IOException {
        Duration backOff = Duration.ofSeconds(1);
        for (int attempt = 1; ; attempt++) {
            try {
                return makeKey(dataCenter);
            } catch (FailedCheckException e) {
                // A server that fails a check gets no second chance.
                throw e;
            } catch (IOException e) {
                if (attempt == MOST_TRIES || isHopeless(e)) {
                    throw e;
                }
                pause.forAbout(isTooFast(e) ? backOff.multipliedBy(4) : backOff);
                backOff = backOff.multipliedBy(2);
            }
        }
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter, AuthKey key) throws IOException {
        // The salt is not known; the server answers the first message with the right one.
        return connection(dataCenter, key, 0, new ServerTime(clock), opener.open(dataCenter));
    }

    private RpcConnection makeKey(DataCenter dataCenter) throws IOException {
        PacketChannel channel = opener.open(dataCenter);
        try {
            var runner = new HandshakeRunner(serverKeys, random, aside, clock, keyPatience);
            Agreed agreed = runner.run(channel, dataCenter.wireId());
            var time = new ServerTime(clock);
            time.is(agreed.serverTime());
            return connection(dataCenter, agreed.key(), agreed.salt(), time, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private RpcConnection connection(
            DataCenter dataCenter, AuthKey key, long salt, ServerTime time, PacketChannel channel) {
        var session = new RpcSession(key, salt, time, random, identity);
        return new CallerDrivenConnection(dataCenter, key, session, time, channel, opener, clock, pause, callPatience);
    }

    private static boolean isHopeless(IOException e) {
        return e instanceof TransportRefusedException refusal && refusal.code() == WRONG_DATA_CENTRE;
    }

    private static boolean isTooFast(IOException e) {
        return e instanceof TransportRefusedException refusal && refusal.code() == TOO_FAST;
    }
}
