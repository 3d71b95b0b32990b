package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.practice.PracticeKey;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;

/** A practice server inside this process, for one login, with its phone on the same screen. */
final class PracticeRoom implements AutoCloseable {
    static final int DATA_CENTERS = PracticeServer.DATA_CENTRES;

    /** The practice server takes any application. */
    static final ApiCredentials ANY_APPLICATION = new ApiCredentials(1, "0".repeat(32));

    private final Optional<PracticeServer> server;

    private PracticeRoom(Optional<PracticeServer> server) {
        this.server = server;
    }

    /** Where nobody practises. */
    static PracticeRoom none() {
        return new PracticeRoom(Optional.empty());
    }

    /** Starts the server; its messages come up in the conversation. */
    static PracticeRoom open(Given given, Conversation talk) throws IOException {
        SecureRandom random = given.random().get();
        var settings = PracticeSettings.of(key(given), given.clock(), random)
                .withConsole(new PracticeScreen(talk::tell, talk.withPerson()));
        talk.tell("Practice: nothing of this reaches Telegram. Try +9996620001; +9996620100 has the password"
                + " \"practice\". `tgsession practice --list` names more.");
        return new PracticeRoom(Optional.of(PracticeServer.start(settings)));
    }

    /** The key of this installation; one for this run only where none can be kept. */
    static RsaPrivateKey key(Given given) {
        SecureRandom random = given.random().get();
        try {
            return PracticeKey.in(StateFolder.of(given.environment()), random);
        } catch (IOException notKept) {
            return RsaPrivateKey.generate(random);
        }
    }

    /** Where to log in. */
    Destination destination(int dc) {
        PracticeServer running = server.orElseThrow();
        InetSocketAddress address = running.address(dc);
        var start = new DataCenter(dc, address.getHostString(), address.getPort(), Environment.PRACTICE);
        return new Destination(start, ServerKeys.own(running.publicKey()));
    }

    @Override
    public void close() {
        server.ifPresent(PracticeServer::close);
    }
}
