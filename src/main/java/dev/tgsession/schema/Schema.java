package dev.tgsession.schema;

import dev.tgsession.tl.TlCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All the TL objects of this program, in one table of contents. */
public final class Schema {
    /** The version of the API the newest lines belong to; sent in {@code invokeWithLayer}. */
    public static final int LAYER = 228;

    private static final List<Class<?>> TOPICS = List.of(
            MtprotoSchema.class,
            ConnectionSchema.class,
            PhoneCodeSchema.class,
            LoginEmailSchema.class,
            SignInSchema.class,
            PasswordSchema.class,
            LoginTokenSchema.class,
            TransferSchema.class,
            AccountSchema.class,
            UserSchema.class,
            UpdatesSchema.class,
            ChatSchema.class,
            ContactsSchema.class,
            DialogSchema.class);

    private static final TlCodec CODEC = new TlCodec(TOPICS, new OtherLines());

    /** Not a lambda: this stands on the way of every start. */
    private static final class OtherLines implements Supplier<String> {
        @Override
        public String get() {
            return otherLines();
        }
    }

    private Schema() {}

    /** Reads and writes everything listed here; safe for several threads. */
    public static TlCodec codec() {
        return CODEC;
    }

    /**
     * A codec that knows more than the program's own: for a server, which answers clients of all ages.
     *
     * @param more further interfaces full of records
     * @param olderLines what records looked like in the past, see {@link TlCodec#TlCodec(List, Supplier, Supplier)}
     */
    public static TlCodec extendedBy(List<Class<?>> more, Supplier<String> olderLines) {
        List<Class<?>> all = new ArrayList<>(TOPICS);
        all.addAll(more);
        return new TlCodec(all, Schema::otherLines, olderLines);
    }

    /** The interfaces whose records the codec knows, in the order in which it looks into them. */
    public static List<Class<?>> topics() {
        return TOPICS;
    }

    /** Lines of objects that lie inside ours and are only read over, one a line, between comments and empty lines. */
    public static String otherLines() {
        try (InputStream in = Schema.class.getResourceAsStream("read-over.tl")) {
            if (in == null) {
                throw new IllegalStateException("read-over.tl is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
