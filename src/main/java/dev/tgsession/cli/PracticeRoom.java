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
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** A practice server inside this process, for one login, with its phone on the same screen. */
final class PracticeRoom implements AutoCloseable {
    /** The practice server takes any application. */
    static final ApiCredentials ANY_APPLICATION = new ApiCredentials(1, "0".repeat(32));

    private final Optional<PracticeServer> server;
    private final Notice notice;

    private PracticeRoom(Optional<PracticeServer> server, Notice notice) {
        this.server = server;
        this.notice = notice;
    }

    /** Lets other commands find a server, where it can be written down; until it is closed. */
    static final class Notice implements AutoCloseable {
        private final Optional<RunningServers.Entry> entry;

        private Notice(Optional<RunningServers.Entry> entry) {
            this.entry = entry;
        }

        boolean isThere() {
            return entry.isPresent();
        }

        @Override
        public void close() {
            entry.ifPresent(RunningServers.Entry::close);
        }
    }

    static Notice announce(PracticeServer server, Given given) {
        try {
            int basePort = server.address(1).getPort() - 1;
            return new Notice(Optional.of(RunningServers.of(given).add(basePort, given.endings())));
        } catch (IOException notKept) {
            return new Notice(Optional.empty());
        }
    }

    /** Where nobody practises. */
    static PracticeRoom none() {
        return new PracticeRoom(Optional.empty(), new Notice(Optional.empty()));
    }

    /** Starts the server; its messages come up in the conversation. */
    static PracticeRoom open(Given given, Conversation talk) throws IOException {
        SecureRandom random = given.random().get();
        var settings = PracticeSettings.of(key(given), given.clock(), random)
                .withConsole(new PracticeScreen(talk::tell, talk.withPerson()));
        talk.tell("Practice: nothing of this reaches Telegram. Try +9996620001; +9996620100 has the password"
                + " \"practice\". `tgsession practice --list` names more.");
        PracticeServer server = PracticeServer.start(settings);
        return new PracticeRoom(Optional.of(server), announce(server, given));
    }

    /** The key of this installation; one for this run only where none can be kept. */
    static RsaPrivateKey key(Given given) {
        SecureRandom random = given.random().get();
        Path folder = StateFolder.of(given.environment());
        try {
            PrivateFile.createFolder(folder);
            return PracticeKey.in(folder, random);
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
        notice.close();
        server.ifPresent(PracticeServer::close);
    }
}
