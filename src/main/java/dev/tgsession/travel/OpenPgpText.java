package dev.tgsession.travel;

import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.CRC24;

/**
 * An OpenPGP message as lines of text, the way {@code gpg --armor} writes it. Read with more patience than the standard
 * asks for: it may have been wrapped and indented by a terminal on its way.
 *
 * <pre>
 *   -----BEGIN PGP MESSAGE-----
 *   Comment: lines like this one, up to an empty line
 *
 *   Base64
 *   =CRC24                                 may be missing
 *   -----END PGP MESSAGE-----
 * </pre>
 */
final class OpenPgpText {
    private static final Pattern BEGIN = Pattern.compile("-----\\s*BEGIN\\s+PGP\\s+MESSAGE\\s*-----");
    private static final Pattern END = Pattern.compile("-----\\s*END\\s+PGP\\s+MESSAGE\\s*-----");
    private static final Pattern BODY = Pattern.compile("([A-Za-z0-9+/]+={0,2}?)(?:=([A-Za-z0-9+/]{4}))?");

    private OpenPgpText() {}

    static String of(byte[] message) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ArmoredOutputStream armor =
                ArmoredOutputStream.builder().clearHeaders().enableCRC(true).build(text)) {
            armor.write(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString(StandardCharsets.US_ASCII);
    }

    /** Whether this is meant to be one, however much of it has survived. */
    static boolean isOne(String text) {
        return BEGIN.matcher(plain(text)).find();
    }

    /**
     * The message.
     *
     * @return empty if there is no such text
     * @throws MalformedSessionException if there is one, but a part of it is missing or changed
     */
    static Optional<byte[]> read(String given) throws MalformedSessionException {
        String text = plain(given);
        Matcher begin = BEGIN.matcher(text);
        if (!begin.find()) {
            return Optional.empty();
        }
        Matcher end = END.matcher(text);
        if (!end.find(begin.end())) {
            throw damaged("its last line is missing");
        }
        Matcher body = BODY.matcher(PastedText.squeezed(withoutHeaders(text.substring(begin.end(), end.start()))));
        if (!body.matches()) {
            throw damaged("a part of it is missing or changed");
        }
        byte[] message = decoded(body.group(1));
        if (body.group(2) != null
                && !Base64.getEncoder().encodeToString(crc(message)).equals(body.group(2))) {
            throw damaged("a part of it is missing or changed");
        }
        return Optional.of(message);
    }

    static MalformedSessionException damaged(String why) {
        return new MalformedSessionException(Finding.error(
                "damaged-seal",
                "This sealed session cannot be opened: " + why + ".",
                "Get it once more, all of it; of a text also the lines that begin with -----."));
    }

    /** With ordinary blanks in place of the others. */
    private static String plain(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters.append(c != '\n' && PastedText.isBlank(c) ? ' ' : c);
        }
        return letters.toString();
    }

    /** No letter of Base64 is a colon: where there is one, the lines up to an empty one are about the message. */
    private static String withoutHeaders(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return text;
        }
        Matcher empty = Pattern.compile("\n *\n").matcher(text);
        if (empty.find(colon)) {
            return text.substring(empty.end());
        }
        int line = text.indexOf('\n', colon);
        return line < 0 ? "" : text.substring(line);
    }

    private static byte[] decoded(String letters) throws MalformedSessionException {
        try {
            return Base64.getDecoder().decode(letters);
        } catch (IllegalArgumentException notBase64) {
            throw damaged("a part of it is missing or changed");
        }
    }

    private static byte[] crc(byte[] message) {
        CRC24 sum = new CRC24();
        for (byte b : message) {
            sum.update(b);
        }
        int value = sum.getValue();
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
