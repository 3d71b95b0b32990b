package dev.tgsession.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/** What a socket receives up to a deadline. A socket's own timeout starts anew with every byte, this one does not. */
final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private Deadline deadline = Deadline.in(Duration.ZERO);

    DeadlineInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    void deadline(Deadline next) {
        deadline = next;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        return in.read(into, offset, length);
    }
}
