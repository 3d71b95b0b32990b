package dev.tgsession.cli;

/** How a run ended, as the shell that started it sees it. The numbers are a promise: scripts depend on them. */
public enum ExitCode {
    OK(0, "done"),
    FAILED(1, "something went wrong that has no number of its own"),
    USAGE(2, "the command line is not understood"),
    NETWORK(3, "Telegram, or the server asked for, cannot be reached"),
    NOT_AUTHORISED(4, "not logged in: answers were wrong too often, or the session was ended"),
    FLOOD_WAIT(5, "Telegram asks to wait before the next try"),
    BAD_FILE(6, "a session or key that cannot be read, or that another program is using"),
    BANNED(7, "the account, the number or the application is banned"),
    WOULD_OVERWRITE(8, "a file or session is in the way, and --force was not given"),
    SECURITY(9, "a check on the server failed: nothing was sent to it and nothing written"),
    NO_CONSOLE(10, "nobody there who could answer, so nothing was asked of Telegram"),
    FINDINGS(11, "inspect found something to mend"),
    IN_USE(12, "another program uses the session, and --steal was not given"),
    WRONG_PROCESS(13, "a process of this host that nobody can type into; nothing was asked of Telegram"),
    END_OF_INPUT(65, "the answers ended before the questions did"),
    HUNG_UP(129, "the terminal went away (SIGHUP)"),
    INTERRUPTED(130, "Ctrl+C (SIGINT)"),
    TERMINATED(143, "told to end (SIGTERM)");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the process hands to the shell, 0 to 255. */
    public int number() {
        return number;
    }

    /** Half a sentence for the table in the help. */
    public String meaning() {
        return meaning;
    }
}
