package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Writes objects full of chance, with every field of their line, whether a record names it or not. */
final class RandomWire {
    private static final int DEEP_ENOUGH = 6;
    /** One, two and three bytes long in UTF-8. */
    private static final String LETTERS = "aZ09 +-_ñПк€";

    private final Random random;
    private boolean full;
    private final Map<String, List<TlLine>> linesByResult = new HashMap<>();
    private final Map<String, TlLine> linesByName = new HashMap<>();

    /** An object on the wire, and the values of its outermost fields by component name. */
    record Sample(Bytes wire, Map<String, Object> values) {}

    /** Over everything in the schema. */
    RandomWire(long seed) {
        random = new Random(seed);
        for (Class<?> record : SchemaLines.records()) {
            add(new RecordShape(record).newest().line(), !TlMethod.class.isAssignableFrom(record));
        }
        SchemaLines.readOver().forEach(line -> add(TlLine.parse(line), true));
    }

    private void add(TlLine line, boolean isObject) {
        linesByName.put(line.name(), line);
        if (isObject) {
            linesByResult
                    .computeIfAbsent(line.result().name(), any -> new ArrayList<>())
                    .add(line);
        }
    }

    /** With some of the optional fields, outside and inside. */
    Sample sample(TlLine line) {
        return sample(line, false);
    }

    /** With all of them. */
    Sample full(TlLine line) {
        return sample(line, true);
    }

    private Sample sample(TlLine line, boolean full) {
        this.full = full;
        TlWriter out = new TlWriter();
        Map<String, Object> values = new HashMap<>();
        writeBoxed(line, out, values, 0);
        return new Sample(out.toBytes(), values);
    }

    private void writeBoxed(TlLine line, TlWriter out, Map<String, Object> values, int depth) {
        out.writeInt(line.id());
        writeFields(line, out, values, depth);
    }

    private void writeFields(TlLine line, TlWriter out, Map<String, Object> values, int depth) {
        Set<Integer> bits = new HashSet<>();
        for (TlLine.Field field : line.fields()) {
            if (field.isFlagged() && (full || random.nextBoolean())) {
                bits.add(field.flagWord() * 32 + field.bit());
            }
        }
        for (int i = 0; i < line.fields().size(); i++) {
            TlLine.Field field = line.fields().get(i);
            String name = RecordShape.componentName(field.name());
            if (field.type().kind() == TlType.Kind.FLAGS) {
                out.writeInt(word(i, bits));
            } else if (!field.isFlagged()) {
                writeValue(field.type(), out, depth).ifPresent(value -> values.put(name, value));
            } else if (bits.contains(field.flagWord() * 32 + field.bit())) {
                writeValue(field.type(), out, depth)
                        .ifPresent(value ->
                                values.put(name, field.type().kind() == TlType.Kind.TRUE ? value : Optional.of(value)));
            } else {
                values.put(name, field.type().kind() == TlType.Kind.TRUE ? false : Optional.empty());
            }
        }
    }

    private static int word(int field, Set<Integer> bits) {
        int word = 0;
        for (int bit = 0; bit < 32; bit++) {
            word |= bits.contains(field * 32 + bit) ? 1 << bit : 0;
        }
        return word;
    }

    /** Writes any value of a type, and gives it back if it is no object. */
    private Optional<Object> writeValue(TlType type, TlWriter out, int depth) {
        switch (type.kind()) {
            case INT -> {
                int value = random.nextInt() >> random.nextInt(32);
                out.writeInt(value);
                return Optional.of(value);
            }
            case LONG -> {
                long value = random.nextLong() >> random.nextInt(64);
                out.writeLong(value);
                return Optional.of(value);
            }
            case DOUBLE -> {
                double value = random.nextGaussian();
                out.writeDouble(value);
                return Optional.of(value);
            }
            case STRING, BYTES -> {
                Bytes value = Bytes.ofUtf8(text());
                out.writeBytes(value);
                return Optional.of(value);
            }
            case INT128, INT256 -> {
                Bytes value = raw(type.kind().smallest());
                out.writeRaw(value);
                return Optional.of(value);
            }
            case BOOL -> {
                boolean value = random.nextBoolean();
                out.writeBool(value);
                return Optional.of(value);
            }
            case TRUE -> {
                return Optional.of(true);
            }
            case VECTOR, BARE_VECTOR -> {
                int count = depth > DEEP_ENOUGH ? 0 : random.nextInt(4);
                if (type.kind() == TlType.Kind.VECTOR) {
                    out.writeInt(TlReader.VECTOR);
                }
                out.writeInt(count);
                for (int i = 0; i < count; i++) {
                    writeValue(type.elements(), out, depth + 1);
                }
            }
            case BARE -> writeFields(named(type.name()), out, new HashMap<>(), depth + 1);
            case BOXED -> writeBoxed(anyOf(type, depth), out, new HashMap<>(), depth + 1);
            case ANY -> writeBoxed(named("ping"), out, new HashMap<>(), depth + 1);
            case FLAGS -> throw new IllegalStateException();
        }
        return Optional.empty();
    }

    private TlLine named(String constructor) {
        return Objects.requireNonNull(linesByName.get(constructor), constructor);
    }

    private TlLine anyOf(TlType type, int depth) {
        List<TlLine> lines = linesByResult.getOrDefault(type.name(), List.of());
        if (depth <= DEEP_ENOUGH) {
            return lines.get(random.nextInt(lines.size()));
        }
        // Some type has to end it: take the case with the fewest fields.
        TlLine shortest = lines.get(0);
        for (TlLine line : lines) {
            shortest = line.fields().size() < shortest.fields().size() ? line : shortest;
        }
        return shortest;
    }

    private String text() {
        // Now and then long enough for the long form.
        int length = random.nextInt(20) == 0 ? 200 + random.nextInt(200) : random.nextInt(24);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private Bytes raw(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
