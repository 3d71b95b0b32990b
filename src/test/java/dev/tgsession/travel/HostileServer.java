package dev.tgsession.travel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;

/**
 * A web server on loopback, over TLS, that does what the test says before it becomes an honest one: keeps what is put
 * there, and gives it back.
 */
public final class HostileServer implements AutoCloseable {
    private final SSLServerSocket door;
    private final Identity identity;
    private final Queue<Trick> tricks = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    /** What somebody asked; header names are in small letters. */
    public record Request(String method, String target, Map<String, String> headers, byte[] body) {}

    /** One answer that is not honest. */
    public interface Trick {
        void play(Request request, OutputStream out) throws IOException;
    }

    private HostileServer(Identity identity) throws IOException {
        this.identity = identity;
        this.door = (SSLServerSocket)
                identity.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** With a certificate for {@code localhost}. */
    public static HostileServer start() throws IOException {
        return start(Identity.ofLocalhost());
    }

    static HostileServer start(Identity identity) throws IOException {
        HostileServer server = new HostileServer(identity);
        Thread thread = new Thread(server::serve, "hostile server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** {@code https://localhost:PORT/path}. */
    public String url(String path) {
        return "https://" + host() + path;
    }

    /** {@code localhost:PORT}. */
    public String host() {
        return "localhost:" + door.getLocalPort();
    }

    /** The certificate, for whoever is to trust it. */
    public byte[] pem() {
        return identity.pem();
    }

    /** The next answer is this. */
    public HostileServer next(Trick trick) {
        tricks.add(trick);
        return this;
    }

    /** The next answer has this status, these header lines and this page. */
    public HostileServer nextSays(int status, String headers, String page) {
        return next((request, out) -> answer(out, status, headers, page.getBytes(StandardCharsets.UTF_8)));
    }

    /** What was asked up to now. */
    public List<Request> requests() {
        return requests;
    }

    /** What was put under that path. */
    public Optional<byte[]> kept(String path) {
        return Optional.ofNullable(kept.get(path));
    }

    /** As if it had been put there. */
    public void keep(String path, byte[] content) {
        kept.put(path, content);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    static void answer(OutputStream out, int status, String headers, byte[] body) throws IOException {
        String head = "HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n"
                + headers + "\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket line = door.accept()) {
                serve(line);
            } catch (IOException gone) {
                // Whoever asked went away, or the door was closed, which ends this.
            }
        }
    }

    private void serve(Socket line) throws IOException {
        Optional<Request> request = read(line.getInputStream());
        if (request.isEmpty()) {
            return;
        }
        requests.add(request.get());
        Optional<Trick> trick = Optional.ofNullable(tricks.poll());
        if (trick.isPresent()) {
            trick.get().play(request.get(), line.getOutputStream());
        } else {
            serve(request.get(), line.getOutputStream());
        }
    }

    private void serve(Request request, OutputStream out) throws IOException {
        String path = request.target().split("\\?", 2)[0];
        if (request.method().equals("PUT")) {
            kept.put(path, request.body());
            answer(out, 200, "", new byte[0]);
        } else if (kept.containsKey(path)) {
            answer(out, 200, "", kept.get(path));
        } else {
            answer(out, 404, "", "<Code>NoSuchKey</Code>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        String[] first = lines.get(0).split(" ");
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return Optional.of(new Request(first[0], first[1], headers, body));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}
