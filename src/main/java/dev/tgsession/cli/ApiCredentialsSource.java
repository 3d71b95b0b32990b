package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.login.ApiCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds api_id and api_hash: on the command line (the id), in the environment, or by asking. The hash is a secret and no
 * option: other people of a machine can read command lines.
 */
final class ApiCredentialsSource {
    private static final List<String> PREFIXES = List.of("TG_API_", "API_");
    private static final int MOST_TRIES = 3;

    private final Map<String, String> environment;
    private final OptionalInt chosenId;

    ApiCredentialsSource(Map<String, String> environment, OptionalInt chosenId) {
        this.environment = environment;
        this.chosenId = chosenId;
    }

    /**
     * Checks what is there already, before anybody is asked for the rest.
     *
     * @throws Refusal if a variable holds something else
     */
    void check() throws Refusal {
        idGiven();
        hashGiven();
    }

    /** Both values; asks for what is not there. */
    ApiCredentials find(Conversation talk) throws IOException, Refusal {
        Optional<Integer> id = idGiven();
        Optional<String> hash = hashGiven();
        if (id.isEmpty() || hash.isEmpty()) {
            talk.tell("Every program that talks to Telegram needs an api_id and an api_hash of its owner's.");
            talk.tell("Get yours at " + ApiCredentials.SOURCE + " and keep the hash to yourself; TG_API_ID and"
                    + " TG_API_HASH in the environment save you this question.");
        }
        int foundId = id.isPresent() ? id.get() : askId(talk);
        return new ApiCredentials(foundId, hash.isPresent() ? hash.get() : askHash(talk));
    }

    /** The id alone, as it is enough for a session that is logged in; empty if it has to be asked for. */
    Optional<Integer> knownId(Optional<Integer> remembered) throws Refusal {
        return chosenId.isPresent() || remembered.isEmpty() ? idGiven() : remembered;
    }

    /** The id alone, asked for. */
    int findId(Conversation talk) throws IOException, Refusal {
        talk.tell("Every program that talks to Telegram needs an api_id. Yours stands at " + ApiCredentials.SOURCE
                + "; TG_API_ID in the environment saves you this question.");
        return askId(talk);
    }

    private Optional<Integer> idGiven() throws Refusal {
        if (chosenId.isPresent()) {
            return ApiCredentials.idOf(Integer.toString(chosenId.getAsInt()))
                    .map(Optional::of)
                    .orElseThrow(() -> wrong("--api-id", "is no positive number"));
        }
        for (String prefix : PREFIXES) {
            String value = environment.getOrDefault(prefix + "ID", "").strip();
            if (!value.isEmpty()) {
                return Optional.of(
                        ApiCredentials.idOf(value).orElseThrow(() -> wrong(prefix + "ID", "holds no positive number")));
            }
        }
        return Optional.empty();
    }

    private Optional<String> hashGiven() throws Refusal {
        for (String prefix : PREFIXES) {
            String value = environment.getOrDefault(prefix + "HASH", "").strip();
            if (!value.isEmpty()) {
                return Optional.of(ApiCredentials.hashOf(value)
                        .orElseThrow(() -> wrong(prefix + "HASH", "does not hold 32 hexadecimal digits")));
            }
        }
        return Optional.empty();
    }

    private static int askId(Conversation talk) throws IOException, Refusal {
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            Optional<Integer> id = ApiCredentials.idOf(talk.ask("api_id: "));
            if (id.isPresent()) {
                return id.get();
            }
            talk.tell("An api_id is a number, such as 1234567.");
        }
        throw wrong("the api_id", "is no positive number");
    }

    private static String askHash(Conversation talk) throws IOException, Refusal {
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            Optional<String> hash = ApiCredentials.hashOf(talk.ask("api_hash: "));
            if (hash.isPresent()) {
                return hash.get();
            }
            talk.tell("An api_hash has 32 characters: digits, and letters from a to f.");
        }
        throw wrong("the api_hash", "does not have 32 hexadecimal digits");
    }

    private static Refusal wrong(String what, String why) {
        return new Refusal(ExitCode.USAGE, what + " " + why + ".", "Both stand at " + ApiCredentials.SOURCE + ".");
    }
}
