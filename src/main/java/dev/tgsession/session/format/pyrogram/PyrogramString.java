package dev.tgsession.session.format.pyrogram;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.PastedLine;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The line of text a Pyrogram client takes as {@code session_string}, the same for all its forks.
 *
 * <pre>
 *   since 2.0     +----+--------+------+-----------+---------+-----+
 *                 | dc | api_id | test | key       | user id | bot |   271 bytes, 362 characters
 *                 | 1  | 4      | 1    | 256 bytes | 8       | 1   |
 *                 +----+--------+------+-----------+---------+-----+
 *   1.3 and 1.4   | dc |        | test | key       | user id | bot |   267 bytes, 356 characters
 *   0.15 to 1.2   | dc |        | test | key       | 4 bytes | bot |   263 bytes, 351 characters
 * </pre>
 *
 * <p>Numbers are big-endian, the alphabet is the URL-safe one, without padding. An api_id of 0 stands for "not known":
 * the library then takes that of its client, or asks. A user id of 0, or the 9999 of a converter, is nobody's.
 *
 * <p>All three are read; the newest is written, which every release since 2.0 reads.
 */
public final class PyrogramString implements SessionFormat {
    private static final int CURRENT_SIZE = 271;
    private static final int SIZE_64 = 267;
    private static final int SIZE_32 = 263;

    /** User ids fit in 52 bits. Source: <a href="https://core.telegram.org/api/bots/ids">api/bots/ids</a>. */
    private static final long LARGEST_USER_ID = (1L << 52) - 1;

    private static final String NO_SESSION = "not a Pyrogram string session";

    @Override
    public String name() {
        return "pyrogram-string";
    }

    @Override
    public String title() {
        return "Pyrogram string session";
    }

    @Override
    public Form form() {
        return Form.TEXT;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(SessionPart.ENVIRONMENT, SessionPart.USER_ID, SessionPart.BOT, SessionPart.API_ID);
    }

    @Override
    public Set<SessionPart> requires() {
        return EnumSet.of(SessionPart.USER_ID, SessionPart.BOT);
    }

    @Override
    public Set<SessionPart> welcomes() {
        return EnumSet.of(SessionPart.API_ID);
    }

    @Override
    public boolean recognises(SessionSource source) {
        try {
            Parts.of(source);
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        Parts parts = Parts.of(source);
        Session session = Session.of(parts.server.required(), parts.key.required());
        Optional<Account> account = parts.account();
        if (account.isPresent()) {
            session = session.withAccount(account.get());
        }
        return parts.apiId.isPresent() ? session.withApiId(parts.apiId.get()) : session;
    }

    @Override
    public SessionContent write(Session session) throws UnwritableSessionException {
        int id = PyrogramNumbers.dataCenter(session.dataCenter().id());
        Account account = session.account().orElseThrow(PyrogramNumbers::noUserId);
        byte[] packed = ByteBuffer.allocate(CURRENT_SIZE)
                .put((byte) id)
                .putInt(session.apiId().orElse(0))
                .put(flag(session.dataCenter().environment() == Environment.TEST))
                .put(session.authKey().secret().toArray())
                .putLong(account.userId())
                .put(flag(account.bot()))
                .array();
        String line = Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
        Arrays.fill(packed, (byte) 0);
        return SessionContent.ofText(line);
    }

    @Override
    public Inspection inspect(SessionSource source) {
        return Inspection.attempt(source, NO_SESSION, () -> inspection(source, Parts.of(source)));
    }

    private Inspection inspection(SessionSource source, Parts parts) {
        List<Finding> findings = new ArrayList<>(parts.key.findings());
        findings.addAll(parts.server.findings());
        if (parts.account().isEmpty()) {
            findings.add(CommonFindings.unknownUser());
        }
        if (source.isOpenToOthers()) {
            findings.add(CommonFindings.openToOthers());
        }
        Login login = parts.account().isPresent() ? Login.LIKELY : Login.UNCLEAR;
        return new Inspection(
                source.name(),
                Optional.of(name()),
                title(),
                Optional.empty(),
                Optional.of(parts.server.description()),
                parts.key.description(),
                parts.key.authKey().isPresent() ? login : Login.NEVER,
                parts.account(),
                Optional.empty(),
                Optional.empty(),
                findings);
    }

    private static byte flag(boolean yes) {
        return (byte) (yes ? 1 : 0);
    }

    /** What a string holds. */
    private record Parts(StoredServer server, StoredKey key, long userId, boolean bot, Optional<Integer> apiId) {
        /** Takes it apart; every byte has to make sense, since other libraries' strings can have these lengths too. */
        static Parts of(SessionSource source) throws IOException {
            byte[] packed = PastedLine.of(source).decode(0);
            if (packed.length != CURRENT_SIZE && packed.length != SIZE_64 && packed.length != SIZE_32) {
                throw PastedLine.malformed(
                        "This is no string session of Pyrogram: those have 351, 356 or 362 characters.",
                        "Copy the whole string and nothing else.");
            }
            ByteBuffer fields = ByteBuffer.wrap(packed);
            int id = fields.get();
            long apiId = packed.length == CURRENT_SIZE ? Integer.toUnsignedLong(fields.getInt()) : 0;
            boolean test = flag(fields.get());
            byte[] key = new byte[AuthKey.SIZE];
            fields.get(key);
            long userId = packed.length == SIZE_32 ? Integer.toUnsignedLong(fields.getInt()) : fields.getLong();
            boolean bot = flag(fields.get());
            if (id < 1 || id > PyrogramNumbers.MOST_DATA_CENTERS || userId < 0 || userId > LARGEST_USER_ID) {
                throw strange();
            }
            return new Parts(
                    StoredServer.byNumber(Optional.of((long) id), test, source.name()),
                    StoredKey.of(key),
                    userId,
                    bot,
                    PyrogramNumbers.apiId(apiId));
        }

        Optional<Account> account() {
            return PyrogramNumbers.isSomebody(userId) ? Optional.of(Account.of(userId, bot)) : Optional.empty();
        }

        private static boolean flag(byte stored) throws IOException {
            if (stored != 0 && stored != 1) {
                throw strange();
            }
            return stored == 1;
        }

        private static IOException strange() {
            return PastedLine.malformed(
                    "This has the length of a Pyrogram string session, but not its content.",
                    "Copy the whole string and nothing else.");
        }
    }
}
