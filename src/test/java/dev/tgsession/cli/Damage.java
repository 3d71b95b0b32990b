package dev.tgsession.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a bad disk, a bad copy or a bad person does to a file. All of it follows from the numbers drawn, so the same
 * numbers do the same damage again.
 *
 * <p>Where a database keeps its numbers is read in <a href="https://www.sqlite.org/fileformat2.html">sqlite.org/fileformat2</a>.
 */
final class Damage {
    /** Bytes with a meaning: none, all, the largest and smallest number of one byte, the kinds of pages. */
    private static final int[] TELLING = {0x00, 0xff, 0x7f, 0x80, 0x81, 0x0d, 0x05, 0x0a, 0x02};

    /** In the first hundred bytes, each with its length. */
    private static final int[][] HEADER_FIELDS = {
        {16, 2}, {18, 1}, {19, 1}, {20, 1}, {21, 1}, {22, 1}, {23, 1}, {24, 4}, {28, 4}, {32, 4}, {36, 4}, {40, 4},
        {44, 4}, {48, 4}, {52, 4}, {56, 4}, {60, 4}, {64, 4}, {68, 4}, {92, 4}, {96, 4}
    };

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        12,
        100,
        255,
        256,
        480,
        512,
        513,
        1024,
        4096,
        32_768,
        65_535,
        65_536,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL
    };

    private static final String[] PIECES = {
        "\0",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u00a0",
        "\ufeff",
        "\ud83d\ude00",
        "\ud800",
        "é",
        "=",
        "-",
        "_",
        "+",
        "/",
        "1",
        "A",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "-1",
        "1e999",
        "99999999999999999999",
        "\\u0000",
        "\u001b[2J"
    };

    private static final String[] WORDS = {
        "integer primary key",
        "INTEGER",
        "TEXT",
        "BLOB",
        "primary key",
        "table",
        "TABLE",
        "CREATE",
        "WITHOUT ROWID",
        "sessions",
        "entities",
        "version",
        "auth_key",
        "dc_id",
        "server_address",
        "update_state",
        "sent_files"
    };

    private final Random random;
    private final List<byte[]> others;
    private final StringBuilder story = new StringBuilder();

    /** {@code others} lend pieces of themselves. */
    Damage(Random random, List<byte[]> others) {
        this.random = random;
        this.others = others;
    }

    /** What was done, for whoever has to find out what it led to. */
    String story() {
        return story.toString();
    }

    /** The same content after one accident, or three. */
    byte[] to(byte[] content) {
        byte[] result = content.clone();
        for (int left = random.nextInt(3) == 0 ? 3 : 1; left > 0; left--) {
            result = once(result);
        }
        return result;
    }

    private byte[] once(byte[] content) {
        if (content.length == 0) {
            return extended(content);
        }
        boolean database = content.length >= 512 && content[0] == 'S' && content[1] == 'Q';
        if (database && random.nextInt(3) != 0) {
            return ofDatabase(content);
        }
        if (isText(content) && random.nextInt(3) != 0) {
            return ofText(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        return switch (random.nextInt(8)) {
            case 0 -> flipped(content);
            case 1 -> overwritten(content);
            case 2 -> told("cut", Arrays.copyOf(content, random.nextInt(content.length)));
            case 3 -> extended(content);
            case 4 -> filled(content);
            case 5 -> shifted(content);
            case 6 -> spliced(content);
            default -> copiedWithin(content);
        };
    }

    // Any bytes

    private byte[] flipped(byte[] content) {
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            content[position(content)] ^= (byte) (1 << random.nextInt(8));
        }
        return told("bits flipped", content);
    }

    private byte[] overwritten(byte[] content) {
        for (int left = 1 + random.nextInt(16); left > 0; left--) {
            content[position(content)] = someByte();
        }
        return told("bytes overwritten", content);
    }

    private byte[] extended(byte[] content) {
        byte[] longer = Arrays.copyOf(content, content.length + 1 + random.nextInt(9000));
        if (random.nextBoolean()) {
            byte[] noise = new byte[longer.length - content.length];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, longer, content.length, noise.length);
        }
        return told("made longer", longer);
    }

    private byte[] filled(byte[] content) {
        int from = position(content);
        int length = 1 + random.nextInt(Math.min(content.length - from, random.nextBoolean() ? 64 : 5000));
        byte value = someByte();
        Arrays.fill(content, from, from + length, value);
        return told("filled with " + value + " from " + from + " for " + length, content);
    }

    /** Some bytes taken out, or put in twice: all behind them stand in the wrong place. */
    private byte[] shifted(byte[] content) {
        int from = position(content);
        int length = 1 + random.nextInt(Math.min(content.length - from, 600));
        boolean out = random.nextBoolean();
        byte[] result = new byte[content.length + (out ? -length : length)];
        System.arraycopy(content, 0, result, 0, from);
        int rest = out ? from + length : from;
        int at = out ? from : from + length;
        System.arraycopy(content, rest, result, at, content.length - rest);
        return told((out ? "taken out at " : "put in at ") + from + ": " + length, result);
    }

    private byte[] spliced(byte[] content) {
        byte[] other = others.get(random.nextInt(others.size()));
        int seam = random.nextBoolean() ? random.nextInt(content.length) : random.nextInt(content.length) / 512 * 512;
        byte[] result = Arrays.copyOf(content, Math.max(seam, other.length));
        if (other.length > seam) {
            System.arraycopy(other, seam, result, seam, other.length - seam);
        }
        return told("another file from " + seam + " on", result);
    }

    private byte[] copiedWithin(byte[] content) {
        int from = random.nextInt(content.length);
        int to = random.nextInt(content.length);
        int length = random.nextInt(1 + Math.min(4096, content.length - Math.max(from, to)));
        System.arraycopy(content, from, content, to, length);
        return told("copied " + from + " to " + to + ": " + length, content);
    }

    // Text

    private String ofText(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = at + random.nextInt(1 + Math.min(12, text.length() - at));
        String piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(9)) {
            case 0, 1 -> told("put in at " + at, text.substring(0, at) + piece + text.substring(at));
            case 2, 3 -> told("taken out at " + at, text.substring(0, at) + text.substring(to));
            case 4 -> told("replaced at " + at, text.substring(0, at) + piece + text.substring(to));
            case 5 -> {
                String many = piece.repeat(1 + random.nextInt(20_000));
                yield told("a great many put in at " + at, text.substring(0, at) + many + text.substring(at));
            }
            case 6 -> told("twice", text + text);
            case 7 ->
                told(
                        "first letter another",
                        (char) (32 + random.nextInt(95)) + text.substring(Math.min(1, text.length())));
            default -> told("cut", text.substring(0, at));
        };
    }

    /** No byte that only binary files have. */
    private static boolean isText(byte[] content) {
        for (byte one : content) {
            if (one < 9) {
                return false;
            }
        }
        return true;
    }

    // Databases

    private byte[] ofDatabase(byte[] content) {
        int pageSize = Math.max(512, (content[16] & 0xff) << 8 | content[17] & 0xff);
        int pages = Math.max(1, content.length / pageSize);
        int page = random.nextInt(pages);
        return switch (random.nextInt(8)) {
            case 0 -> header(content);
            case 1 -> swapped(content, pageSize, page, random.nextInt(pages));
            case 2 -> pageHeader(content, page * pageSize + (page == 0 ? 100 : 0));
            case 3 -> pointer(content, page * pageSize, page == 0 ? 100 : 0);
            case 4, 5 -> cell(content, page * pageSize, page == 0 ? 100 : 0);
            case 6 -> schema(content, Math.min(content.length, pageSize));
            default -> {
                int from = page * pageSize;
                Arrays.fill(
                        content,
                        from,
                        Math.min(content.length, from + pageSize),
                        random.nextBoolean() ? 0 : someByte());
                yield told("page " + (page + 1) + " filled", content);
            }
        };
    }

    private byte[] header(byte[] content) {
        int[] field = HEADER_FIELDS[random.nextInt(HEADER_FIELDS.length)];
        long number = number(content);
        put(content, field[0], field[1], number);
        if (field[0] == 28 && random.nextBoolean()) {
            // Or nobody would believe the number of pages.
            System.arraycopy(content, 24, content, 92, 4);
        }
        return told("header at " + field[0] + " is " + number, content);
    }

    private byte[] swapped(byte[] content, int pageSize, int one, int other) {
        if (Math.max(one, other) * pageSize + pageSize > content.length) {
            return flipped(content);
        }
        byte[] kept = Arrays.copyOfRange(content, one * pageSize, (one + 1) * pageSize);
        System.arraycopy(content, other * pageSize, content, one * pageSize, pageSize);
        if (random.nextBoolean()) {
            System.arraycopy(kept, 0, content, other * pageSize, pageSize);
        }
        return told("page " + (other + 1) + " at " + (one + 1), content);
    }

    /** Kind, first gap, number of cells, where they begin, right-most child. */
    private byte[] pageHeader(byte[] content, int at) {
        int[][] fields = {{0, 1}, {1, 2}, {3, 2}, {5, 2}, {7, 1}, {8, 4}};
        int[] field = fields[random.nextInt(fields.length)];
        long number = field[0] == 0 ? TELLING[random.nextInt(TELLING.length)] : number(content);
        put(content, at + field[0], field[1], number);
        return told("page header at " + (at + field[0]) + " is " + number, content);
    }

    private byte[] pointer(byte[] content, int page, int header) {
        int at = pointerAt(content, page + header);
        long number = random.nextBoolean() ? random.nextInt(65_536) : number(content);
        put(content, at, 2, number);
        return told("cell pointer at " + at + " is " + number, content);
    }

    /** The first bytes of a cell are all lengths, types and numbers of pages. */
    private byte[] cell(byte[] content, int page, int header) {
        int at = pointerAt(content, page + header);
        int cell = page + (at + 2 <= content.length ? (content[at] & 0xff) << 8 | content[at + 1] & 0xff : 0);
        int where = cell + random.nextInt(12);
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 9 : 2);
        for (int i = 0; i < count; i++) {
            put(content, where + i, 1, count > 2 ? 0xff : TELLING[random.nextInt(TELLING.length)]);
        }
        return told("cell at " + cell + " from " + where + " for " + count, content);
    }

    private int pointerAt(byte[] content, int header) {
        int kind = header < content.length ? content[header] : 0;
        int cells = header + 5 <= content.length ? content[header + 4] & 0xff : 0;
        return header + (kind == 0x05 || kind == 0x02 ? 12 : 8) + 2 * random.nextInt(Math.max(1, cells));
    }

    /** A word of the statements that made the tables becomes another of the same length. */
    private byte[] schema(byte[] content, int end) {
        List<Integer> places = new ArrayList<>();
        byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.US_ASCII);
        for (int i = 100; i + word.length <= end; i++) {
            if (Arrays.equals(Arrays.copyOfRange(content, i, i + word.length), word)) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return overwritten(content);
        }
        int at = places.get(random.nextInt(places.size()));
        byte[] instead = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < word.length; i++) {
            content[at + i] = i < instead.length ? instead[i] : (byte) "x ,()'\"\0".charAt(random.nextInt(8));
        }
        return told("a word of the tables at " + at, content);
    }

    // Drawn

    /** Half of them near the start, where the structure is; few in the sixteen letters that nearly all would end at. */
    private int position(byte[] content) {
        int bound = random.nextBoolean() ? Math.min(content.length, 200) : content.length;
        int from = bound > 16 && random.nextInt(8) != 0 ? 16 : 0;
        return from + random.nextInt(bound - from);
    }

    private byte someByte() {
        return (byte) (random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : random.nextInt(256));
    }

    private long number(byte[] content) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(2 + content.length / 512);
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
        };
    }

    private static void put(byte[] content, int at, int length, long number) {
        byte[] bytes = ByteBuffer.allocate(8).putLong(number).array();
        for (int i = 0; i < length && at + i < content.length; i++) {
            content[at + i] = bytes[8 - length + i];
        }
    }

    private <T> T told(String what, T result) {
        story.append(story.isEmpty() ? "" : "; ").append(what);
        return result;
    }
}
