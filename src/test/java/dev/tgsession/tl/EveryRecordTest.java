package dev.tgsession.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Things that hold for every record of the schema, tried with objects full of chance. */
final class EveryRecordTest {
    private static final TlCodec CODEC = Schema.codec();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatARecordNamesIsFoundAmongAllThatItDoesNot(long seed) throws Exception {
        RandomWire chance = new RandomWire(seed);
        for (Class<?> type : SchemaLines.records()) {
            RandomWire.Sample sample =
                    chance.sample(new RecordShape(type).newest().line());
            Object record = CODEC.read(sample.wire());
            assertThat(record).isInstanceOf(type);
            for (RecordComponent component : type.getRecordComponents()) {
                if (sample.values().containsKey(component.getName())) {
                    assertThat(asBytes(valueOf(component, record)))
                            .as(type.getSimpleName() + "." + component.getName())
                            .isEqualTo(sample.values().get(component.getName()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatIsWrittenIsReadBackTheSame(long seed) throws Exception {
        RandomWire chance = new RandomWire(seed);
        for (Class<?> type : SchemaLines.records()) {
            Object record = anObject(chance, type);
            assertThat(CODEC.read(CODEC.write(record))).isEqualTo(record);
        }
    }

    @Test
    void aUserWithAllThereIsToAUserIsReadOver() throws Exception {
        TlLine line = new RecordShape(PlainUser.class).newest().line();
        // As many as it takes for every kind of status, photo, colour and emoji to have been inside.
        for (long seed = 0; seed < 60; seed++) {
            RandomWire.Sample sample = new RandomWire(seed).full(line);
            PlainUser user = (PlainUser) CODEC.read(sample.wire());
            assertThat(user.id()).isEqualTo(sample.values().get("id"));
            assertThat(user.phone().map(Bytes::ofUtf8))
                    .isEqualTo(sample.values().get("phone"));
            assertThat(user.botInfoVersion()).isEqualTo(sample.values().get("botInfoVersion"));
            assertThat(user.self() && user.bot() && user.premium()).isTrue();
        }
    }

    @Test
    void whatIsWrittenForAnOlderLayerIsReadBackToo() throws Exception {
        RandomWire chance = new RandomWire(5);
        for (Class<?> type : SchemaLines.records()) {
            Object record = anObject(chance, type);
            assertThat(CODEC.read(CODEC.write(record, 133))).isInstanceOf(type);
        }
    }

    @Test
    void aRecordCutShortIsRefusedWhereverItIsCut() {
        RandomWire chance = new RandomWire(21);
        for (Class<?> type : SchemaLines.records()) {
            Bytes wire = chance.sample(new RecordShape(type).newest().line()).wire();
            for (int length = 0; length < wire.size(); length++) {
                Bytes cut = wire.first(length);
                if (readsAs(cut).isPresent()) {
                    fail("%s of %s bytes was read from %s", type.getSimpleName(), wire.size(), cut);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36})
    void damagedBytesAreReadOrRefusedAndNothingElse(long seed) {
        Random random = new Random(seed);
        RandomWire chance = new RandomWire(seed);
        for (Class<?> type : SchemaLines.records()) {
            Bytes wire = chance.sample(new RecordShape(type).newest().line()).wire();
            for (int i = 0; i < 20; i++) {
                byte[] damaged = wire.toArray();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                // Throws something else if the codec is careless.
                readsAs(Bytes.of(damaged))
                        .ifPresent(record -> assertThat(record).isInstanceOf(Record.class));
            }
        }
    }

    @Test
    void everyRecordIsKnownByTheIdOfEachOfItsLines() {
        assertThat(SchemaLines.ofRecords()).allMatch(line -> CODEC.knows(TlLine.idOf(line)));
        assertThat(SchemaLines.readOver()).noneMatch(line -> CODEC.knows(TlLine.idOf(line)));
    }

    @Test
    void everyTypeThatHasToBeReadOverCanBe() {
        Set<String> known = new HashSet<>();
        Set<String> needed = new HashSet<>();
        List<String> texts = new ArrayList<>(SchemaLines.readOver());
        texts.addAll(SchemaLines.ofRecords());
        for (String text : texts) {
            TlLine line = TlLine.parse(text);
            known.add(line.result().name());
            for (TlLine.Field field : line.fields()) {
                TlType type = field.type().element().orElse(field.type());
                if (type.kind() == TlType.Kind.BOXED) {
                    needed.add(type.name());
                }
            }
        }
        assertThat(known).containsAll(needed);
        // And nothing lies in the file that no object of ours can hold.
        assertThat(SchemaLines.readOver())
                .allSatisfy(line ->
                        assertThat(needed).contains(TlLine.parse(line).result().name()));
    }

    @Test
    void aHiddenComponentIsNotPrinted() throws Exception {
        Set<String> checked = new HashSet<>();
        Set<String> hidden = new HashSet<>();
        for (long seed = 100; seed < 130; seed++) {
            RandomWire chance = new RandomWire(seed);
            for (Class<?> type : SchemaLines.records()) {
                Object record = anObject(chance, type);
                for (RecordComponent component : type.getRecordComponents()) {
                    if (!component.isAnnotationPresent(Hidden.class)) {
                        continue;
                    }
                    String name = type.getSimpleName() + "." + component.getName();
                    hidden.add(name);
                    for (String secret : textsIn(valueOf(component, record))) {
                        assertThat(record.toString()).as(name).doesNotContain(secret);
                        checked.add(name);
                    }
                }
            }
        }
        // Optional ones and short ones were missing in some samples, but in none of the thirty.
        assertThat(checked).isEqualTo(hidden).hasSizeGreaterThan(30);
    }

    @Test
    void whatOpensAnAccountIsMarkedAsHidden() {
        Set<String> secrets = Set.of(
                "apiHash",
                "phoneCode",
                "phoneCodeHash",
                "code",
                "token",
                "logoutTokens",
                "futureAuthToken",
                "botAuthToken",
                "webAuthToken",
                "newNonce",
                "m1",
                "newPasswordHash",
                "secureSecret",
                "emailVerification");
        for (Class<?> type : SchemaLines.records()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (secrets.contains(component.getName())) {
                    assertThat(component.isAnnotationPresent(Hidden.class))
                            .as(type.getSimpleName() + "." + component.getName())
                            .isTrue();
                }
            }
        }
    }

    private static Object anObject(RandomWire chance, Class<?> type) throws MalformedTlException {
        return CODEC.read(chance.sample(new RecordShape(type).newest().line()).wire());
    }

    private static Optional<Object> readsAs(Bytes wire) {
        try {
            return Optional.of(CODEC.read(wire));
        } catch (MalformedTlException refusal) {
            return Optional.empty();
        }
    }

    /** The sample keeps texts as bytes, since a field does not say which the record makes of it. */
    private static Object asBytes(Object value) {
        if (value instanceof Optional<?> maybe) {
            return maybe.map(EveryRecordTest::asBytes);
        }
        return value instanceof String text ? Bytes.ofUtf8(text) : value;
    }

    /** How a value would look if it were printed; too short ones prove nothing. */
    private static List<String> textsIn(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(inside -> texts.addAll(textsIn(inside)));
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> texts.addAll(textsIn(element)));
        } else if (value.toString().length() > 4) {
            texts.add(value.toString());
        }
        return texts;
    }

    private static Object valueOf(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
