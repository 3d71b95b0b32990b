package dev.tgsession.session.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A line to a server whose first connection breaks after so many bytes in one direction; later ones hold. */
final class CuttingLine implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final boolean toServer;
    private final int most;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private volatile boolean cut;
    private volatile boolean forGood;

    private CuttingLine(ServerSocket door, int target, boolean toServer, int most) {
        this.door = door;
        this.target = target;
        this.toServer = toServer;
        this.most = most;
    }

    static CuttingLine to(int target, boolean toServer, int most) throws IOException {
        ServerSocket door = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        CuttingLine line = new CuttingLine(door, target, toServer, most);
        daemon(line::serve);
        return line;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Whether it has come to that. */
    boolean isCut() {
        return cut;
    }

    /** There is no second connection, either. */
    void cutForGood() {
        forGood = true;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket one : open) {
            one.close();
        }
    }

    private void serve() {
        try {
            boolean first = true;
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getByName("127.0.0.1"), target);
                open.add(client);
                open.add(server);
                int toServerMost = first && toServer ? most : Integer.MAX_VALUE;
                int toClientMost = first && !toServer ? most : Integer.MAX_VALUE;
                first = false;
                daemon(() -> pass(client, server, toServerMost));
                daemon(() -> pass(server, client, toClientMost));
            }
        } catch (IOException closed) {
            // So nobody comes any more.
        }
    }

    private void pass(Socket from, Socket to, int budget) {
        int left = budget;
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (true) {
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                int passed = Math.min(count, left);
                out.write(buffer, 0, passed);
                left -= passed;
                if (passed < count) {
                    cut = true;
                    if (forGood) {
                        door.close();
                    }
                    break;
                }
            }
        } catch (IOException broken) {
            // Then the other side shall know, too.
        }
        for (Socket one : new Socket[] {from, to}) {
            try {
                one.close();
            } catch (IOException alreadyClosed) {
                // As it should be.
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting line");
        thread.setDaemon(true);
        thread.start();
    }
}
