package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes each answer in the layer of the client that asked.
 *
 * <p>Of all a login touches, few constructors have changed since layer 133, so a short list of their former lines does
 * ({@code older-layers.tl}), with the records of the newest layer.
 */
final class Layers {
    /** Clients below this are answered in this layer. */
    static final int OLDEST = 133;

    /** Clients above this are answered in this layer. */
    static final int NEWEST = Schema.LAYER;

    private final TlCodec codec =
            Schema.extendedBy(List.of(PracticeSchema.class, PhoneSchema.class), Layers::olderLines);

    TlCodec codec() {
        return codec;
    }

    /** The layer in which to answer a client that says it speaks this one. */
    static int nearest(int layer) {
        return Math.max(OLDEST, Math.min(layer, NEWEST));
    }

    /**
     * What stands in {@code rpc_result}.
     *
     * @param answer a record, a {@code Boolean}, or a list of records
     */
    Bytes write(Object answer, int layer) {
        if (answer instanceof List<?> list) {
            TlWriter out = new TlWriter();
            out.writeVectorCount(list.size());
            for (Object each : list) {
                out.writeRaw(codec.write(each, layer));
            }
            return out.toBytes();
        }
        if (answer instanceof Boolean yes) {
            TlWriter out = new TlWriter();
            out.writeBool(yes);
            return out.toBytes();
        }
        return codec.write(answer, layer);
    }

    private static String olderLines() {
        try (InputStream in = Layers.class.getResourceAsStream("older-layers.tl")) {
            if (in == null) {
                throw new IllegalStateException("older-layers.tl is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
