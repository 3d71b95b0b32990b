package dev.tgsession.travel;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A whole file as a few lines of text, for a console from which nothing else gets out: deflated, with a checksum, in
 * Base64 between two lines that say what it is.
 *
 * <pre>
 *   -----BEGIN TELEGRAM SESSION-----
 *   AWzk…                                  76 letters a line
 *   -----END TELEGRAM SESSION-----
 *
 *   in it: version 1 (1 byte), SHA-256 of the file (first 8 bytes), the file as a zlib stream
 * </pre>
 *
 * <p>Whoever has it has the account, like the file itself. It survives what happens to text on its way: lines wrapped
 * anywhere, blanks and line ends of any kind anywhere, words before and after.
 */
public final class Armor {
    /** The most bytes that come out of one; a session with a million peers has about 52 MB. */
    public static final int LARGEST = 64 << 20;

    private static final String BEGIN = "-----BEGIN TELEGRAM SESSION-----";
    private static final String END = "-----END TELEGRAM SESSION-----";
    private static final int LINE = 76;
    private static final byte VERSION = 1;
    private static final int CHECKSUM = 8;

    private Armor() {}

    /** The lines, the last one with its line end too. */
    public static String wrap(byte[] file) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(VERSION);
        content.writeBytes(checksum(file));
        content.writeBytes(deflated(file));
        String letters = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content.toByteArray());
        return BEGIN + "\n" + letters + "\n" + END + "\n";
    }

    /** Whether this is meant to be one, however much of it has survived. */
    public static boolean isOne(String text) {
        return PastedText.squeezed(text).contains(PastedText.squeezed(BEGIN));
    }

    /**
     * The file, to the byte.
     *
     * @return empty if there is no such text
     * @throws MalformedSessionException if there is one, but a part of it is missing or changed
     */
    public static Optional<byte[]> unwrap(String text) throws MalformedSessionException {
        String all = PastedText.squeezed(text);
        int begin = all.indexOf(PastedText.squeezed(BEGIN));
        if (begin < 0) {
            return Optional.empty();
        }
        int start = begin + PastedText.squeezed(BEGIN).length();
        int end = all.indexOf(PastedText.squeezed(END), start);
        if (end < 0) {
            throw damaged("its last line is missing");
        }
        byte[] content;
        try {
            content = Base64.getDecoder().decode(all.substring(start, end));
        } catch (IllegalArgumentException notBase64) {
            throw damaged("a part of it is missing or changed");
        }
        if (content.length <= 1 + CHECKSUM || content[0] != VERSION) {
            throw damaged("a newer release of tgsession made it, or a part of it is changed");
        }
        byte[] file = inflated(content, 1 + CHECKSUM);
        if (!Arrays.equals(checksum(file), Arrays.copyOfRange(content, 1, 1 + CHECKSUM))) {
            throw damaged("a part of it is missing or changed");
        }
        return Optional.of(file);
    }

    private static byte[] checksum(byte[] file) {
        return Hashes.sha256(Bytes.of(file)).first(CHECKSUM).toArray();
    }

    private static byte[] deflated(byte[] file) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(file);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflated(byte[] content, int from) throws MalformedSessionException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, from, content.length - from);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw damaged("a part of it is missing");
                }
                out.write(buffer, 0, count);
                if (out.size() > LARGEST) {
                    throw damaged("far more comes out of it than a session holds");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException changed) {
            throw damaged("a part of it is changed");
        } finally {
            inflater.end();
        }
    }

    private static MalformedSessionException damaged(String why) {
        return new MalformedSessionException(Finding.error(
                "damaged-armor",
                "This session in armor cannot be unpacked: " + why + ".",
                "Copy all of it, from the line that begins with -----BEGIN to the one that begins with -----END."));
    }
}
