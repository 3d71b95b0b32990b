package dev.tgsession.tl;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An id is the CRC32 of its own line, so no typing mistake in a line goes unnoticed. */
final class ConstructorIdsTest {
    @TestFactory
    Stream<DynamicTest> theIdOfAVectorIsTheChecksumOfItsLine() {
        return Vectors.entries("tl-ids.json", "vectors")
                .map(entry -> dynamicTest(entry.getString("name"), () -> {
                    String line = entry.getString("definition");
                    assertThat(SchemaLines.normalised(line)).isEqualTo(entry.getString("crc32_input"));
                    assertThat(SchemaLines.crc32(SchemaLines.normalised(line))).isEqualTo(id(entry));
                    assertThat(TlLine.idOf(line)).isEqualTo(id(entry));
                }));
    }

    @TestFactory
    Stream<DynamicTest> theIdOfOurLineIsItsChecksum() {
        return ours().map(line -> dynamicTest(
                line.substring(0, line.indexOf(' ')),
                () -> assertThat(SchemaLines.crc32(SchemaLines.normalised(line)))
                        .isEqualTo(TlLine.idOf(line))));
    }

    @Test
    void ourLinesAreTheOfficialOnes() {
        Map<Integer, String> official = Vectors.entries("tl-ids.json", "vectors")
                .collect(toMap(
                        ConstructorIdsTest::id,
                        entry -> entry.getString("definition").replace(";", "")));
        List<String> inVectors =
                ours().filter(line -> official.containsKey(TlLine.idOf(line))).toList();

        // Flags of type true are not part of the checksum; here they are compared too.
        assertThat(inVectors)
                .hasSizeGreaterThan(200)
                .allSatisfy(line -> assertThat(official).containsEntry(TlLine.idOf(line), line));
    }

    @Test
    void noTwoLinesShareAnId() {
        assertThat(ours().map(TlLine::idOf)).doesNotHaveDuplicates();
    }

    private static Stream<String> ours() {
        return Stream.concat(SchemaLines.ofRecords().stream(), SchemaLines.readOver().stream());
    }

    private static int id(JsonObject entry) {
        return Integer.parseUnsignedInt(entry.getString("id"), 16);
    }
}
