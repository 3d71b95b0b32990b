package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Undoes {@code gzip_packed}, up to a limit: a few bytes can claim to be gigabytes.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages#packed-object">Packed Object</a>. TDLib sends
 * zlib streams under the same name, so both are understood.
 */
public final class Inflation {
    /** {@code gzip_packed}. */
    public static final int ID = 0x3072cfa1;

    private final int limit;

    /** An inflation that refuses to produce more than {@code limit} bytes from one object. */
    public Inflation(int limit) {
        this.limit = limit;
    }

    /** Whether this object is a compressed one. */
    public static boolean isPacked(Bytes object) {
        return object.size() >= 4 && object.intAt(0) == ID;
    }

    /**
     * The object inside a {@code gzip_packed}; any other object as it is.
     *
     * @throws MalformedTlException if it cannot be decompressed, is larger than the limit, or is compressed twice
     */
    public Bytes inflate(Bytes object) throws MalformedTlException {
        if (!isPacked(object)) {
            return object;
        }
        Bytes inflated = inflateData(new TlReader(object.from(4)).readBytes());
        if (isPacked(inflated)) {
            throw new MalformedTlException("an object is compressed twice");
        }
        return inflated;
    }

    private Bytes inflateData(Bytes packed) throws MalformedTlException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, 4 * packed.size() + 64));
        byte[] chunk = new byte[4096];
        try (InputStream in = open(packed)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (out.size() + n > limit) {
                    throw new MalformedTlException("a compressed object is larger than " + limit + " bytes");
                }
                out.write(chunk, 0, n);
            }
        } catch (MalformedTlException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedTlException("a compressed object cannot be decompressed");
        }
        return Bytes.of(out.toByteArray());
    }

    private static InputStream open(Bytes packed) throws IOException {
        InputStream raw = new ByteArrayInputStream(packed.toArray());
        boolean gzip = packed.size() > 2 && packed.at(0) == 0x1f && packed.at(1) == 0x8b;
        return gzip ? new GZIPInputStream(raw) : new InflaterInputStream(raw);
    }
}
