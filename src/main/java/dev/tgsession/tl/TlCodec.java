package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into bytes and back, by the schema lines they carry.
 *
 * <p>Cheap to build: a line is parsed when its record or id is first needed. Safe for several threads.
 *
 * <p>Reading takes any line of a record; fields no record asks for are read over. Writing fills fields the record does
 * not name: flagged ones stay away, others are zero, empty or false.
 *
 * @see <a href="https://core.telegram.org/mtproto/serialize">Binary data serialization</a>
 */
public final class TlCodec {
    /** Objects and vectors may lie this deep in each other; what login needs is not half as deep. */
    static final int MAX_DEPTH = 32;

    /** Later than any layer. */
    private static final int NEWEST = Integer.MAX_VALUE;

    private final Catalogue catalogue;

    /**
     * @param schemas interfaces full of records
     * @param otherLines schema lines without records, one a line, to read over; asked for once, when first needed
     */
    public TlCodec(List<Class<?>> schemas, Supplier<String> otherLines) {
        catalogue = new Catalogue(schemas, otherLines, Optional.empty());
    }

    /**
     * A codec that also speaks other layers than the newest.
     *
     * @param schemas interfaces full of records
     * @param otherLines schema lines without records, one a line, to read over; asked for once, when first needed
     * @param olderLines what records looked like in the past, one a line, each with the last layer in which it held in
     *     front ({@code 159 user#8f97c628 … = User})
     */
    public TlCodec(List<Class<?>> schemas, Supplier<String> otherLines, Supplier<String> olderLines) {
        catalogue = new Catalogue(schemas, otherLines, Optional.of(olderLines));
    }

    /** Whether a record stands for this constructor id. */
    public boolean knows(int constructorId) {
        return catalogue.find(constructorId, Object.class).isPresent();
    }

    /** The id with its fields, by the newest line. */
    public Bytes write(Object record) {
        return write(record, NEWEST);
    }

    /**
     * The id with its fields, by the line that holds in this layer; so are all objects inside.
     *
     * @throws IllegalArgumentException if components that share a flag bit are not given together
     */
    public Bytes write(Object record, int layer) {
        TlWriter out = new TlWriter();
        writeBoxed(record, layer, out);
        return out.toBytes();
    }

    /** The answer to a call as it stands inside {@code rpc_result}: an object, a {@code Bool} or a {@code Vector}. */
    public <R> Bytes writeResult(TlMethod<R> method, R answer, int layer) {
        TlWriter out = new TlWriter();
        writeValue(innermostShape(method).in(layer).line().result(), answer, layer, out);
        return out.toBytes();
    }

    /** One object that fills the input. */
    public Object read(Bytes input) throws MalformedTlException {
        TlReader in = new TlReader(input);
        Object value = read(in);
        in.requireEnd();
        return value;
    }

    /** One object; the reader stays behind it, and what follows is left alone. */
    public Object read(TlReader in) throws MalformedTlException {
        return readBoxed(Object.class, "an object", in, 0);
    }

    /** One call that fills the input; one that no record stands for comes as {@link UnknownMethod}. */
    public TlMethod<?> readCall(Bytes input) throws MalformedTlException {
        TlReader in = new TlReader(input);
        TlMethod<?> call = (TlMethod<?>) readBoxed(TlMethod.class, "a call", in, 0);
        in.requireEnd();
        return call;
    }

    /** The answer to a call, which fills the input. */
    public <R> R readResult(TlMethod<R> method, Bytes result) throws MalformedTlException {
        RecordShape shape = innermostShape(method);
        TlReader in = new TlReader(result);
        // A method that says Bytes has an answer that no record stands for.
        Object value = shape.answer() == Bytes.class
                ? in.readRest()
                : readValue(shape.newest().line().result(), shape.answer(), in, 0);
        in.requireEnd();
        // The shape's answer is this R: it was read from the record's own "implements TlMethod<R>".
        @SuppressWarnings("unchecked")
        R answer = (R) value;
        return answer;
    }

    /** The shape of the call itself, however many wrappers lie around it. */
    private RecordShape innermostShape(TlMethod<?> method) {
        TlMethod<?> inner = method;
        RecordShape shape = catalogue.shapeOf(inner.getClass());
        while (shape.answer() instanceof TypeVariable<?>) {
            inner = shape.wrappedIn(inner);
            shape = catalogue.shapeOf(inner.getClass());
        }
        return shape;
    }

    // Writing.

    private void writeBoxed(Object value, int layer, TlWriter out) {
        if (value instanceof UnknownMethod unknown) {
            out.writeInt(unknown.constructorId());
            out.writeRaw(unknown.body());
            return;
        }
        RecordShape shape = catalogue.shapeOf(value.getClass());
        RecordShape.Form form = shape.in(layer);
        out.writeInt(form.line().id());
        writeFields(value, shape, form, layer, out);
    }

    private void writeFields(Object record, RecordShape shape, RecordShape.Form form, int layer, TlWriter out) {
        List<TlLine.Field> fields = form.line().fields();
        int[] words = flagWords(record, shape, form);
        for (int i = 0; i < words.length; i++) {
            TlLine.Field field = fields.get(i);
            TlType type = field.type();
            if (type.kind() == TlType.Kind.FLAGS) {
                out.writeInt(words[i]);
            } else if (isThere(field, words)) {
                Object value = valueOf(record, shape, form, i);
                if (value == null) {
                    writeZero(form.line(), field, out);
                } else {
                    writeValue(type, value, layer, out);
                }
            }
        }
    }

    /** The flag words of a record, each at the place of its field. */
    private static int[] flagWords(Object record, RecordShape shape, RecordShape.Form form) {
        List<TlLine.Field> fields = form.line().fields();
        int[] words = new int[fields.size()];
        for (int i = 0; i < words.length; i++) {
            TlLine.Field field = fields.get(i);
            if (field.isFlagged() && isGiven(valueOf(record, shape, form, i), field)) {
                words[field.flagWord()] |= 1 << field.bit();
            }
        }
        // A bit speaks for all its fields: what the record names of them must all be given, or nothing of it.
        for (int i = 0; i < words.length; i++) {
            TlLine.Field field = fields.get(i);
            boolean named = form.slots()[i] != RecordShape.Form.UNNAMED;
            if (field.isFlagged()
                    && named
                    && isThere(field, words)
                    && !isGiven(valueOf(record, shape, form, i), field)) {
                throw new IllegalArgumentException(form.line().name() + ": " + field.name()
                        + " is missing, though a field that shares its flag bit is given");
            }
        }
        return words;
    }

    private static boolean isGiven(@Nullable Object value, TlLine.Field field) {
        return field.type().kind() == TlType.Kind.TRUE ? Boolean.TRUE.equals(value) : value != null;
    }

    private static boolean isThere(TlLine.Field field, int[] words) {
        return !field.isFlagged() || (words[field.flagWord()] >>> field.bit() & 1) == 1;
    }

    private static @Nullable Object valueOf(Object record, RecordShape shape, RecordShape.Form form, int field) {
        int slot = form.slots()[field];
        return slot == RecordShape.Form.UNNAMED ? null : shape.slots().get(slot).valueIn(record);
    }

    private void writeValue(TlType type, Object value, int layer, TlWriter out) {
        switch (type.kind()) {
            case INT -> out.writeInt((Integer) value);
            case LONG -> out.writeLong((Long) value);
            case DOUBLE -> out.writeDouble((Double) value);
            case STRING, BYTES -> out.writeBytes(value instanceof String text ? Bytes.ofUtf8(text) : (Bytes) value);
            case INT128, INT256 -> writeExactly(type.kind().smallest(), (Bytes) value, out);
            case BOOL -> out.writeBool((Boolean) value);
            case VECTOR, BARE_VECTOR -> {
                List<?> elements = (List<?>) value;
                if (type.kind() == TlType.Kind.VECTOR) {
                    out.writeVectorCount(elements.size());
                } else {
                    out.writeInt(elements.size());
                }
                for (Object element : elements) {
                    writeValue(type.elements(), element, layer, out);
                }
            }
            case BARE -> {
                RecordShape shape = catalogue.shapeOf(value.getClass());
                writeFields(value, shape, shape.in(layer), layer, out);
            }
            case BOXED, ANY -> writeBoxed(value, layer, out);
            case TRUE -> {
                // The flag bit has said it.
            }
            case FLAGS -> throw new IllegalStateException("flag words are reckoned, not given");
        }
    }

    private static void writeExactly(int size, Bytes value, TlWriter out) {
        if (value.size() != size) {
            throw new IllegalArgumentException(size + " bytes are due, not " + value.size());
        }
        out.writeRaw(value);
    }

    /** The least that may stand for a field the record does not name. */
    private static void writeZero(TlLine line, TlLine.Field field, TlWriter out) {
        TlType.Kind kind = field.type().kind();
        switch (kind) {
            case BOOL -> out.writeBool(false);
            case VECTOR -> out.writeVectorCount(0);
            case INT, LONG, DOUBLE, STRING, BYTES, INT128, INT256, BARE_VECTOR, TRUE ->
                out.writeRaw(Bytes.of(new byte[kind.smallest()]));
            case BARE, BOXED, ANY, FLAGS ->
                throw new IllegalArgumentException(line.name() + " cannot be written without " + field.name());
        }
    }

    // Reading.

    private Object readBoxed(Class<?> target, String due, TlReader in, int depth) throws MalformedTlException {
        int id = in.readInt();
        Optional<RecordShape> shape = catalogue.find(id, target);
        if (shape.isEmpty() && target == TlMethod.class) {
            return new UnknownMethod(id, in.readRest());
        }
        if (shape.isEmpty() || !target.isAssignableFrom(shape.get().type())) {
            throw in.unexpected(due, id);
        }
        return readFields(shape.get(), shape.get().withId(id), in, depth + 1);
    }

    private Object readFields(RecordShape shape, RecordShape.Form form, TlReader in, int depth)
            throws MalformedTlException {
        requireShallow(in, depth);
        int start = in.position();
        List<TlLine.Field> fields = form.line().fields();
        int[] words = new int[fields.size()];
        @Nullable Object[] values = shape.blank();
        for (int i = 0; i < words.length; i++) {
            TlLine.Field field = fields.get(i);
            int place = form.slots()[i];
            if (field.type().kind() == TlType.Kind.FLAGS) {
                words[i] = in.readInt();
            } else if (!isThere(field, words)) {
                continue;
            } else if (place == RecordShape.Form.UNNAMED) {
                skipValue(field.type(), in, depth);
            } else {
                RecordShape.Slot slot = shape.slots().get(place);
                Object value = readValue(field.type(), slot.target(), in, depth);
                values[place] = slot.optional() ? Optional.of(value) : value;
            }
        }
        try {
            return shape.create(values);
        } catch (IllegalArgumentException e) {
            throw new MalformedTlException(start, form.line().name() + ": " + e.getMessage());
        }
    }

    private Object readValue(TlType type, Type target, TlReader in, int depth) throws MalformedTlException {
        return switch (type.kind()) {
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case STRING, BYTES -> target == Bytes.class ? in.readBytes() : in.readString();
            case INT128, INT256 -> in.readRaw(type.kind().smallest());
            case BOOL -> in.readBool();
            case TRUE -> true;
            case VECTOR, BARE_VECTOR -> readVector(type, RecordShape.argument(target), in, depth + 1);
            case BARE -> {
                RecordShape shape = catalogue.shapeOf(RecordShape.rawClass(target));
                yield readFields(shape, shape.newest(), in, depth + 1);
            }
            case BOXED, ANY -> readBoxed(RecordShape.rawClass(target), type.name(), in, depth);
            case FLAGS -> throw new IllegalStateException("flag words belong to no component");
        };
    }

    private List<Object> readVector(TlType type, Type target, TlReader in, int depth) throws MalformedTlException {
        requireShallow(in, depth);
        int count = readCount(type, in);
        // The count fits into the input, yet objects are bigger than their bytes: the list grows as they come.
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(readValue(type.elements(), target, in, depth));
        }
        return List.copyOf(elements);
    }

    private static int readCount(TlType vector, TlReader in) throws MalformedTlException {
        int smallest = vector.elements().kind().smallest();
        return vector.kind() == TlType.Kind.VECTOR ? in.readVectorCount(smallest) : in.readCount(smallest);
    }

    // Reading over what nobody asked for: the same steps, no objects.

    /** Reads over one object of any type. */
    void skip(TlReader in) throws MalformedTlException {
        skipBoxed(TlType.parse("Object"), in, 1);
    }

    private void skipValue(TlType type, TlReader in, int depth) throws MalformedTlException {
        switch (type.kind()) {
            case INT, LONG, DOUBLE, INT128, INT256 -> in.skip(type.kind().smallest());
            case STRING, BYTES -> in.skipBytes();
            case BOOL -> in.readBool();
            case VECTOR, BARE_VECTOR -> {
                requireShallow(in, depth + 1);
                int count = readCount(type, in);
                for (int i = 0; i < count; i++) {
                    skipValue(type.elements(), in, depth + 1);
                }
            }
            case BOXED, ANY -> skipBoxed(type, in, depth + 1);
            case TRUE -> {
                // The flag bit was all of it.
            }
            case BARE, FLAGS -> throw new IllegalStateException(type.name() + " cannot be read over");
        }
    }

    private void skipBoxed(TlType type, TlReader in, int depth) throws MalformedTlException {
        requireShallow(in, depth);
        int id = in.readInt();
        Optional<TlLine> line = catalogue.line(id);
        boolean fits = line.isPresent()
                && (type.kind() == TlType.Kind.ANY || line.get().result().equals(type));
        if (!fits) {
            throw in.unexpected(type.name(), id);
        }
        List<TlLine.Field> fields = line.get().fields();
        int[] words = new int[fields.size()];
        for (int i = 0; i < words.length; i++) {
            TlLine.Field field = fields.get(i);
            if (field.type().kind() == TlType.Kind.FLAGS) {
                words[i] = in.readInt();
            } else if (isThere(field, words)) {
                skipValue(field.type(), in, depth);
            }
        }
    }

    private static void requireShallow(TlReader in, int depth) throws MalformedTlException {
        if (depth > MAX_DEPTH) {
            throw new MalformedTlException(in.position(), "objects lie more than " + MAX_DEPTH + " deep");
        }
    }
}
