package dev.tgsession.cli;

import dev.tgsession.session.store.OtherPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A session file whose bytes are all of it, so that they may travel without what SQLite leaves beside it. */
final class WholeFile {
    /** Where the last changes are that are not in the file yet. */
    private static final List<String> NEIGHBOURS = List.of("-journal", "-wal");

    private WholeFile() {}

    /** Refuses a file that another program uses, or of which a part is elsewhere. */
    static void mustBe(Path file) throws IOException, Refusal {
        OtherPrograms.mustNotUse(file);
        for (String ending : NEIGHBOURS) {
            Path beside = file.resolveSibling(file.getFileName() + ending);
            if (Files.exists(beside) && Files.size(beside) > 0) {
                throw new Refusal(
                        ExitCode.BAD_FILE,
                        "A part of this session is still in the file " + beside.getFileName() + " beside it.",
                        "Take it in first: tgsession convert IN OUT");
            }
        }
    }
}
