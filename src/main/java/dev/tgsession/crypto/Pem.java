package dev.tgsession.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * An ASN.1 object in letters, between a {@code BEGIN} and an {@code END} line (RFC 7468).
 *
 * <p>The content may be a private key, so neither this nor its complaints print any of it.
 */
final class Pem {
    private final String label;
    private final ASN1Primitive content;

    private Pem(String label, ASN1Primitive content) {
        this.label = label;
        this.content = content;
    }

    /**
     * Reads the first object in the text.
     *
     * @throws IllegalArgumentException if there is none, or it is damaged
     */
    static Pem read(String text) {
        PemObject object;
        ASN1Primitive content;
        try (PemReader reader = new PemReader(new StringReader(text))) {
            object = reader.readPemObject();
            content = object == null ? null : ASN1Primitive.fromByteArray(object.getContent());
        } catch (IOException | RuntimeException e) {
            // Without its cause, whose message might quote what is in there.
            throw new IllegalArgumentException("the PEM is damaged: it cannot be decoded");
        }
        if (object == null) {
            throw new IllegalArgumentException("not a PEM: no line in it starts with -----BEGIN");
        }
        if (content == null) {
            throw new IllegalArgumentException("the PEM is empty");
        }
        return new Pem(object.getType(), content);
    }

    static String print(String label, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(label, der));
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
        return text.toString();
    }

    static String print(String label, ASN1Encodable object) {
        try {
            return print(label, object.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
    }

    /** What stands after {@code BEGIN}. */
    String label() {
        return label;
    }

    boolean isPrivate() {
        return label.endsWith("PRIVATE KEY");
    }

    ASN1Primitive content() {
        return content;
    }

    @Override
    public String toString() {
        return "Pem[hidden]";
    }
}
