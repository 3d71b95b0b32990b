package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** A stream of noise, made readable. Every byte passes the cipher once, as it arrives. */
final class DecryptingInput extends InputStream {
    private final InputStream in;
    private final Obfuscation obfuscation;

    DecryptingInput(InputStream in, Obfuscation obfuscation) {
        this.in = in;
        this.obfuscation = obfuscation;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count > 0) {
            byte[] readable = obfuscation.decrypt(Bytes.of(into, offset, count)).toArray();
            System.arraycopy(readable, 0, into, offset, count);
        }
        return count;
    }
}
