package dev.tgsession.cli;

import java.io.PrintStream;

/** The short help, on one screen, and the table of exit codes. */
final class Help {
    /** Written by hand: it has to be good, and to be there at once. */
    private static final String SHORT = """
            tgsession - log in to Telegram on any console, leave with a session file

            usage: tgsession COMMAND ...

            log in    login [NAME]    ask for phone, code and password; write NAME.session
                      sync FILE       fill it with whom the account knows
            look      inspect FILE    what a session file holds, without its secrets
                      list            the sessions in a folder or a database
                      entities FILE   whom it remembers; looks up by name or number
            mend      upgrade FILE    rewrite it for another release of Telethon
                      repair FILE     mend a file that a program refuses
                      strip FILE      remove whom it remembers
            convert   export FILE     the same login in another form, such as a line
                      convert IN OUT  a session of any kind into a file of another
                      formats         the forms there are
            travel    send, fetch     to a bucket or a secret URL, and back into a file
                      import IN       make a file of what was pasted, piped or sealed
                      unseal IN       open what was sealed, as gpg does
            practise  practice        servers here that answer as Telegram would
            help      help COMMAND    all about one command, or exit-codes; or --version

            examples:
              tgsession login --practice          try it; needs no account
              tgsession login anna                log in; leaves anna.session
              tgsession export anna.session --to telethon-string -o anna.txt
            """;

    private Help() {}

    static void printShort(PrintStream to) {
        to.print(SHORT);
        to.flush();
    }

    static void printExitCodes(PrintStream to) {
        for (ExitCode code : ExitCode.values()) {
            String number = Integer.toString(code.number());
            to.println(" ".repeat(3 - number.length()) + number + "  " + code.meaning());
        }
        to.flush();
    }
}
