package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession entities}: the peers a session remembers. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "entities",
        header = "List or look up the peers a session remembers.",
        description = {
            "",
            "Users, groups and channels that the account has met, by their marked ids. With QUERY only the one that is"
                    + " meant: by id, user name, t.me link, phone number or name. Exit code 1 if there is none.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession entities login.session",
            "  tgsession entities login.session @durov",
            "  tgsession entities login.session +491701234567 --show-hashes --json"
        })
final class EntitiesCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = NamedSource.HELP)
    private String file = "login.session";

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "Whom to look up.")
    private @Nullable String query;

    @Option(
            names = "--show-hashes",
            description = "Show the access hashes too; with them this account can be made to write to these peers.")
    private boolean showHashes;

    @Option(names = "--json", description = "For programs, an object a line; the keys are always the same.")
    private boolean json;

    EntitiesCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionSource source = NamedSource.of(given, file);
        List<Peer> wanted;
        if (query != null) {
            Optional<Peer> found = formats.find(source, query).find(query);
            if (found.isEmpty()) {
                long[] known = new long[1];
                formats.read(source, peer -> known[0]++);
                throw unknown(query, known[0]);
            }
            wanted = List.of(found.get());
        } else {
            wanted = EntityCache.of(formats.read(source)).peers();
        }
        for (Peer peer : wanted) {
            given.output().println(json ? JsonWriter.string(asJson(peer)) : line(peer));
        }
        given.output().flush();
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private static Refusal unknown(String query, long known) {
        return new Refusal(
                ExitCode.FAILED,
                "This session does not know " + Printable.of(query) + ".",
                "It knows " + known + " peers; without QUERY they are listed.");
    }

    /** {@code -1001234567890  channel  @news  The News}. */
    private String line(Peer peer) {
        StringBuilder line = new StringBuilder();
        String id = Long.toString(peer.markedId());
        line.append(id).append(" ".repeat(Math.max(1, 16 - id.length())));
        String kind = kind(peer);
        line.append(kind).append(" ".repeat(Math.max(1, 11 - kind.length())));
        if (showHashes) {
            String hash = Long.toString(peer.accessHash());
            line.append(hash).append(" ".repeat(Math.max(1, 21 - hash.length())));
        }
        peer.username().ifPresent(name -> line.append('@').append(name).append("  "));
        peer.moreUsernames().forEach(name -> line.append('@').append(name).append("  "));
        peer.phone().ifPresent(phone -> line.append('+').append(phone).append("  "));
        peer.name().ifPresent(line::append);
        return Printable.of(line.toString().stripTrailing());
    }

    /**
     * {@code {"id": -1001234567890, "kind": "channel", "username": "news", "moreUsernames": [], "phone": null,
     * "name": "The News", "seen": "2026-01-01T00:00:00Z", "accessHash": null}}; the hash, if it is shown, is text, since
     * JSON's numbers are too short for it.
     */
    private JsonObject asJson(Peer peer) {
        JsonObject one = new JsonObject();
        one.put("id", peer.markedId());
        one.put("kind", kind(peer));
        one.put("username", peer.username().orElse(null));
        one.put("moreUsernames", peer.moreUsernames());
        one.put("phone", peer.phone().orElse(null));
        one.put("name", peer.name().orElse(null));
        one.put("seen", peer.seen().map(Instant::toString).orElse(null));
        one.put("accessHash", showHashes ? Long.toString(peer.accessHash()) : null);
        return one;
    }

    private static String kind(Peer peer) {
        return peer.type().map(Enum::name).orElse(peer.kind().name()).toLowerCase(Locale.ROOT);
    }
}
