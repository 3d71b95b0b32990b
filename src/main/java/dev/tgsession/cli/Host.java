package dev.tgsession.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The machine this runs on, as far as a session cares: whether files last here, and where a person finds a prompt.
 *
 * <p>A hint, no more: whether somebody can answer is asked of the terminal. Only Heroku's dynos say by their name that
 * nobody will ever type into them.
 */
final class Host {
    /** How a command reads where nobody gave the app a name. */
    private static final String APP = "APP";

    /** From the folder of a clone, where a dyno starts, too; and by its name, as in the image. */
    private static final String LAUNCHER = "scripts/tgsession login";

    private static final String BY_NAME = "tgsession login";

    /** Kept in memory or in the container itself, so they go as it goes, although they are mounted. */
    private static final Set<String> PASSING = Set.of("tmpfs", "ramfs", "overlay");

    /**
     * The kinds of machines there are, the more special ones first: many of them are containers, too. Each says by which
     * variable or file it is known, when its files go, how one gets to a prompt, and where a program finds a text later.
     */
    private enum Kind {
        HEROKU(
                List.of("DYNO"),
                "a Heroku dyno",
                "is gone when this console closes",
                "heroku run -a APP -- " + LAUNCHER,
                "a config var: dashboard, Settings, Config Vars",
                "HEROKU_APP_NAME"),
        CODESPACE(
                List.of("CODESPACES"),
                "a codespace",
                "",
                LAUNCHER + ", in the terminal of the codespace",
                "a secret of the repository",
                ""),
        RAILWAY(
                List.of("RAILWAY_REPLICA_ID"),
                "a Railway service",
                "is gone with the next restart or deploy",
                "railway run " + LAUNCHER + ", on your own computer; or, after `railway ssh`, " + BY_NAME,
                "a variable: the service's tab Variables",
                ""),
        RENDER(
                List.of("RENDER"),
                "a Render service",
                "is gone with the next restart or deploy",
                BY_NAME + ", in the service's Shell",
                "a variable: the service's page Environment",
                ""),
        FLY(
                List.of("FLY_MACHINE_ID"),
                "a Fly machine",
                "is gone with the next restart or deploy",
                "fly ssh console -a APP --pty -C \"" + BY_NAME + "\"",
                "a secret: fly secrets import -a APP",
                "FLY_APP_NAME"),
        KOYEB(
                List.of("KOYEB_INSTANCE_ID"),
                "a Koyeb instance",
                "is gone with the next restart or deploy",
                BY_NAME + ", in the service's Console",
                "a secret of the service",
                ""),
        LAMBDA(
                List.of("AWS_LAMBDA_FUNCTION_NAME"),
                "a Lambda function",
                "is gone in a moment",
                LAUNCHER + ", on your own computer",
                "a secret of the function",
                ""),
        COLAB(
                List.of("COLAB_RELEASE_TAG"),
                "a Colab runtime",
                "is gone when the runtime ends",
                LAUNCHER + ", in the Terminal of the notebook (a cell cannot ask)",
                "a secret of the notebook",
                ""),
        ECS(
                List.of("ECS_CONTAINER_METADATA_URI_V4", "ECS_CONTAINER_METADATA_URI"),
                "an ECS task",
                "is gone with the task",
                "aws ecs execute-command --interactive --command \"" + BY_NAME + "\" --cluster CLUSTER --task TASK",
                "a secret of the task",
                ""),
        KUBERNETES(
                List.of("KUBERNETES_SERVICE_HOST"),
                "a Kubernetes pod",
                "is gone with the pod",
                "kubectl exec -it POD -- " + BY_NAME,
                "a secret of the pod",
                ""),
        CONTAINER(
                List.of("/.dockerenv", "/run/.containerenv"),
                "a container",
                "is gone with the container",
                "",
                "a variable of the container",
                ""),
        OTHER(List.of(), "this computer", "", "", "", "");

        private final List<String> signs;
        private final String title;
        private final String fate;
        private final String console;
        private final String shelf;
        private final String appVariable;

        Kind(List<String> signs, String title, String fate, String console, String shelf, String appVariable) {
            this.signs = signs;
            this.title = title;
            this.fate = fate;
            this.console = console;
            this.shelf = shelf;
            this.appVariable = appVariable;
        }

        /** A sign is a variable, or a file if it begins with a slash. */
        private boolean shows(Map<String, String> environment, Predicate<Path> isThere) {
            for (String sign : signs) {
                boolean shows = sign.startsWith("/")
                        ? isThere.test(Path.of(sign))
                        : !environment.getOrDefault(sign, "").isBlank();
                if (shows) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Kind kind;
    private final Map<String, String> environment;
    private final Predicate<Path> isVolume;

    private Host(Kind kind, Map<String, String> environment, Predicate<Path> isVolume) {
        this.kind = kind;
        this.environment = environment;
        this.isVolume = isVolume;
    }

    /** The machine with these variables and files. */
    static Host of(Map<String, String> environment) {
        return of(environment, Files::exists, Host::isOnVolume);
    }

    /**
     * The machine with these variables.
     *
     * @param isThere whether there is a file of that name
     * @param isVolume whether what is in that folder outlives the container
     */
    static Host of(Map<String, String> environment, Predicate<Path> isThere, Predicate<Path> isVolume) {
        for (Kind kind : Kind.values()) {
            if (kind.shows(environment, isThere)) {
                return new Host(kind, environment, isVolume);
            }
        }
        return new Host(Kind.OTHER, environment, isVolume);
    }

    /** Whether a file put into that folder is lost without anybody removing it. */
    boolean forgets(Path folder) {
        // A dyno has no volumes, whatever its folders look like.
        return !kind.fate.isEmpty() && (kind == Kind.HEROKU || !isVolume.test(folder));
    }

    /** What to say before a file is made in that folder; empty where files last. */
    Optional<String> warning(Path folder) {
        return forgets(folder)
                ? Optional.of("This is " + kind.title + ": a file written here " + kind.fate + ".")
                : Optional.empty();
    }

    /** Where a program finds a text the next time it starts, in half a sentence; empty where files last. */
    Optional<String> shelf() {
        return kind.fate.isEmpty() ? Optional.empty() : Optional.of(named(kind.shelf));
    }

    /** The command that puts a pasted text there, with nothing of it in the history of a shell; empty where there is none. */
    Optional<String> setting(String variable) {
        return kind == Kind.HEROKU
                ? Optional.of(named("heroku config:set " + variable + "=\"$(cat)\" -a APP"))
                : Optional.empty();
    }

    /** The command that ends at a prompt on this host; empty where there is nothing special about it. */
    Optional<String> console() {
        return kind.console.isEmpty() ? Optional.empty() : Optional.of(named(kind.console));
    }

    /** Whether something other than a person starts processes here, again and again. */
    boolean startsByItself() {
        return kind != Kind.OTHER && kind != Kind.CONTAINER && kind != Kind.CODESPACE;
    }

    /**
     * Refuses where this process is one that nobody types into, such as {@code web} or {@code worker}: it is started anew
     * whenever it ends, and each start would cost a code. {@code watched}: a terminal is there all the same, as after
     * {@code heroku ps:exec}.
     */
    void mustBeForPeople(boolean watched) throws Refusal {
        if (kind == Kind.HEROKU && !watched && !processType().equals("run")) {
            throw new Refusal(
                    ExitCode.WRONG_PROCESS,
                    "This is the process \"" + processType() + "\" of " + kind.title + ", where nobody can answer.",
                    advice());
        }
    }

    /** What to do where nobody can answer. */
    String advice() {
        String other = kind == Kind.HEROKU ? "; or in the dashboard: More, Run console, " + LAUNCHER : "";
        return console()
                .map(command -> "Nothing was asked of Telegram. Run this instead: " + command + other)
                .orElse("Run it where you can type: in a terminal, with `docker run -it`, with `heroku run"
                        + " scripts/tgsession login`; or put the answers on standard input, one a line.");
    }

    /** {@code web} for {@code web.1}, as dynos are called, and for {@code web-848cd4f64d-pvpr2}, as the newer ones are. */
    private String processType() {
        String dyno = environment.getOrDefault("DYNO", "");
        int dot = dyno.lastIndexOf('.');
        if (dot > 0) {
            return dyno.substring(0, dot);
        }
        int dash = dyno.indexOf('-');
        return dash > 0 ? dyno.substring(0, dash) : dyno;
    }

    private String named(String words) {
        String app = environment.getOrDefault(kind.appVariable, "").strip();
        return isName(app) ? words.replace("-a " + APP, "-a " + app) : words;
    }

    private static boolean isName(String app) {
        return !app.isEmpty()
                && app.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
    }

    /** Whether somebody mounted a file system there that is not the container's own. */
    private static boolean isOnVolume(Path folder) {
        try {
            FileStore here = Files.getFileStore(folder);
            return !here.equals(Files.getFileStore(Path.of("/"))) && !PASSING.contains(here.type());
        } catch (IOException | SecurityException unknown) {
            return false;
        }
    }
}
