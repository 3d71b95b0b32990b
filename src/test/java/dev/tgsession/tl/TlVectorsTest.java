package dev.tgsession.tl;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.GetUsers;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every entry of {@code tl.json}. */
final class TlVectorsTest {
    /** Our records, and every other line of the vectors to read over. */
    private static final TlCodec CODEC = new TlCodec(Schema.topics(), TlVectorsTest::allLines);

    @TestFactory
    Stream<DynamicTest> aBareValueIsWrittenAndReadAsTheVectorSays() {
        return vectors("primitive").map(entry -> dynamicTest(name(entry), () -> checkBare(entry)));
    }

    @TestFactory
    Stream<DynamicTest> anObjectIsReadAndWrittenAsTheVectorSays() {
        return vectors("object").map(entry -> dynamicTest(name(entry), () -> checkObject(entry)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsMalformedIsRefused() {
        return Vectors.entries("tl.json", "malformed")
                .map(entry -> dynamicTest(name(entry), () -> {
                    TlReader in = new TlReader(Bytes.ofHex(entry.getString("wire")));
                    assertThatThrownBy(() -> readBare(TlType.parse(entry.getString("type")), in))
                            .isInstanceOf(MalformedTlException.class);
                }));
    }

    @Test
    void aResultWithoutConstructorOfItsOwnIsAListOfWhatIsInside() throws Exception {
        List<JsonObject> entries = vectors("result").toList();
        assertThat(entries).extracting(entry -> entry.getString("type")).containsExactly("Vector<User>");

        Bytes wire = Bytes.ofHex(entries.get(0).getString("wire"));
        var users = CODEC.readResult(new GetUsers(List.of()), wire);
        assertThat(users).hasSize(1);
        // Id and name as they stand in the bytes.
        assertThat(users.get(0).id()).isEqualTo(wire.longAt(20));
        assertThat(users.get(0).toString()).contains("Анна", "anna", "9996621234");
    }

    @Test
    void noKindOfVectorIsForgotten() {
        assertThat(Vectors.entries("tl.json", "vectors").map(entry -> entry.getString("kind")))
                .containsOnly("primitive", "object", "result");
    }

    private static void checkBare(JsonObject entry) throws Exception {
        TlType type = TlType.parse(entry.getString("type"));
        Object value = entry.has("value")
                ? fromJson(type, Objects.requireNonNull(entry.get("value")))
                : counting(entry.getInt("value_length"));
        TlWriter out = new TlWriter();
        writeBare(type, value, out);
        Bytes wire = out.toBytes();
        if (entry.has("wire")) {
            assertThat(wire).isEqualTo(Bytes.ofHex(entry.getString("wire")));
        } else {
            assertThat(wire.size()).isEqualTo(entry.getInt("wire_length"));
            assertThat(wire.startsWith(Bytes.ofHex(entry.getString("wire_start"))))
                    .isTrue();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(wire.toArray());
            assertThat(Bytes.of(hash)).isEqualTo(Bytes.ofHex(entry.getString("wire_sha256")));
        }
        TlReader in = new TlReader(wire);
        assertThat(readBare(type, in)).isEqualTo(value);
        in.requireEnd();
    }

    private static void checkObject(JsonObject entry) throws Exception {
        JsonObject json = entry.getObject("object");
        Bytes wire = Bytes.ofHex(entry.getString("wire"));
        if (!CODEC.knows(wire.intAt(0))) {
            // Nobody needs it as a record; as a part of something else it has to be read over to its last byte.
            TlReader in = new TlReader(wire);
            CODEC.skip(in);
            in.requireEnd();
            return;
        }
        Object record = CODEC.read(wire);
        assertSame(json, record);
        if (namesAll(json, record)) {
            assertThat(CODEC.write(record)).isEqualTo(wire);
        }
    }

    /** Compares what the record names with what the vector says. */
    private static void assertSame(Object json, Object value) {
        if (value instanceof List<?> elements) {
            JsonArray array = (JsonArray) json;
            assertThat(elements).hasSameSizeAs(array);
            for (int i = 0; i < elements.size(); i++) {
                assertSame(array.get(i), elements.get(i));
            }
        } else if (value instanceof Bytes bytes) {
            Object content = json instanceof JsonObject object ? Bytes.ofHex(object.getString("hex")) : json;
            assertThat(content instanceof String text ? Bytes.ofUtf8(text) : content)
                    .isEqualTo(bytes);
        } else if (value instanceof Record record) {
            JsonObject object = (JsonObject) json;
            assertThat(new RecordShape(record.getClass()).newest().line().name())
                    .isEqualTo(object.getString("_"));
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                assertSameComponent(object, component.getName(), valueOf(component, record));
            }
        } else {
            assertThat(value.toString()).isEqualTo(json.toString());
        }
    }

    private static void assertSameComponent(JsonObject object, String component, Object value) {
        Object given = object.entrySet().stream()
                .filter(field -> RecordShape.componentName(field.getKey()).equals(component))
                .map(field -> Optional.ofNullable(field.getValue()))
                .findFirst()
                .orElse(Optional.empty())
                .orElse("absent");
        Object held = value instanceof Optional<?> maybe
                ? maybe.map(Object.class::cast).orElse("absent")
                : value;
        if (given.equals("absent")) {
            assertThat(held).as(component).isIn("absent", false);
        } else {
            assertSame(given, held);
        }
    }

    /** Whether nothing was dropped in reading. */
    private static boolean namesAll(Object json, Object value) {
        if (value instanceof Record record && json instanceof JsonObject object) {
            List<RecordComponent> components = List.of(record.getClass().getRecordComponents());
            return object.entrySet().stream()
                    .filter(field -> !field.getKey().equals("_") && field.getValue() != null)
                    .allMatch(field -> components.stream()
                            .filter(each -> each.getName().equals(RecordShape.componentName(field.getKey())))
                            .anyMatch(each -> namesAll(field.getValue(), valueOf(each, record))));
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.isEmpty() || namesAll(json, maybe.get());
        }
        if (value instanceof List<?> elements && json instanceof JsonArray array) {
            for (int i = 0; i < elements.size(); i++) {
                if (!namesAll(array.get(i), elements.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Object valueOf(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object fromJson(TlType type, Object json) {
        return switch (type.kind()) {
            case INT -> ((Number) json).intValue();
            case LONG -> Long.valueOf(json.toString());
            case DOUBLE -> ((Number) json).doubleValue();
            case STRING, BOOL -> json;
            case BYTES, INT128, INT256 -> Bytes.ofHex((String) json);
            case VECTOR ->
                ((JsonArray) json)
                        .stream().map(each -> fromJson(type.elements(), each)).toList();
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static void writeBare(TlType type, Object value, TlWriter out) {
        switch (type.kind()) {
            case INT -> out.writeInt((Integer) value);
            case LONG -> out.writeLong((Long) value);
            case DOUBLE -> out.writeDouble((Double) value);
            case STRING -> out.writeString((String) value);
            case BYTES -> out.writeBytes((Bytes) value);
            case INT128, INT256 -> out.writeRaw((Bytes) value);
            case BOOL -> out.writeBool((Boolean) value);
            case VECTOR -> {
                out.writeVectorCount(((List<?>) value).size());
                ((List<?>) value).forEach(each -> writeBare(type.elements(), each, out));
            }
            default -> throw new IllegalArgumentException(type.name());
        }
    }

    private static Object readBare(TlType type, TlReader in) throws MalformedTlException {
        return switch (type.kind()) {
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case STRING -> in.readString();
            case BYTES -> in.readBytes();
            case INT128, INT256 -> in.readRaw(type.kind().smallest());
            case BOOL -> in.readBool();
            case VECTOR -> {
                Object[] elements =
                        new Object[in.readVectorCount(type.elements().kind().smallest())];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = readBare(type.elements(), in);
                }
                yield List.of(elements);
            }
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    /** Byte i is i modulo 251, the rule of the vectors that are too long to print. */
    private static Bytes counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return Bytes.of(bytes);
    }

    private static Stream<JsonObject> vectors(String kind) {
        return Vectors.entries("tl.json", "vectors")
                .filter(entry -> entry.getString("kind").equals(kind));
    }

    private static String name(JsonObject entry) {
        return entry.getString("name");
    }

    private static String allLines() {
        return Vectors.entries("tl-ids.json", "vectors")
                .map(entry -> entry.getString("definition"))
                .filter(line -> !line.contains("{t:Type}"))
                .collect(joining("\n"));
    }
}
