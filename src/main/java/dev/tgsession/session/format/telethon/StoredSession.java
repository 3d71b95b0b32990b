package dev.tgsession.session.format.telethon;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code sessions}, understood as far as it can be: tools that are not Telethon fill the columns in the wrong
 * order, or write the key as text.
 *
 * @param server where the key was made
 * @param key the key, or what is there instead
 * @param takeout the number of an unfinished data export
 * @param temporaryKey whether there is a temporary key
 * @param oddities what Telethon does not understand, though we do
 */
record StoredSession(
        StoredServer server, StoredKey key, Optional<Long> takeout, boolean temporaryKey, List<Finding> oddities) {

    /** The columns it is read from. */
    static final List<String> COLUMNS = TelethonSchema.columns(TelethonSchema.SESSIONS, TelethonSchema.NEWEST);

    /**
     * Understands a row.
     *
     * @param fileName where it is stored; a practice session is known by its name
     */
    static StoredSession of(SqliteRow row, String fileName) {
        List<Finding> oddities = new ArrayList<>();
        Optional<String> address = row.text("server_address");
        Optional<Long> port = row.number("port");
        Optional<Long> asPort = address.flatMap(StoredSession::portNumber);
        if (asPort.isPresent() && row.stored("port").orElse(0) instanceof String text) {
            address = Optional.of(text);
            port = asPort;
            oddities.add(TelethonFindings.swappedValues());
        }
        if (address.filter(text -> text.startsWith("[")).isPresent()) {
            oddities.add(TelethonFindings.bracketedAddress());
        }
        byte[] bytes = row.bytes("auth_key").orElse(new byte[0]);
        Optional<byte[]> decoded = ofHex(row, bytes);
        if (decoded.isPresent()) {
            oddities.add(TelethonFindings.keyAsText());
        }
        Optional<Long> takeout = row.number("takeout_id");
        boolean keyAsTakeout = holdsBytes(row, "takeout_id");
        if (takeout.isEmpty() && (keyAsTakeout || row.number("tmp_auth_key").isPresent())) {
            takeout = row.number("tmp_auth_key");
            oddities.add(TelethonFindings.swappedColumns());
        } else if (takeout.isEmpty() && !row.isNull("takeout_id")) {
            oddities.add(TelethonFindings.takeoutIsNoNumber());
        }
        return new StoredSession(
                StoredServer.of(row.number("dc_id"), address, port, Optional.empty(), fileName),
                decoded.isPresent() ? StoredKey.of(decoded.get()) : StoredKey.of(row, "auth_key"),
                takeout,
                keyAsTakeout || holdsBytes(row, "tmp_auth_key"),
                oddities);
    }

    /** Zero bytes are no value: Telethon 1.43 leaves them in both columns. */
    private static boolean holdsBytes(SqliteRow row, String column) {
        return row.bytes(column).filter(bytes -> bytes.length > 0).isPresent();
    }

    private static Optional<Long> portNumber(String text) {
        // Nearly always an address; to have that refused as a number takes longer than all the rest of the row.
        if (text.indexOf('.') >= 0 || text.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Some tools store the key as 512 digits, as text or as its bytes. */
    private static Optional<byte[]> ofHex(SqliteRow row, byte[] bytes) {
        String text = row.text("auth_key")
                .orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                .strip();
        if (text.length() != 2 * AuthKey.SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }
}
