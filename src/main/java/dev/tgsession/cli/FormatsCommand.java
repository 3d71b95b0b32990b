package dev.tgsession.cli;

import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tgsession formats}: the ways of writing a session that are understood here. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "formats",
        header = "Name the forms a session can be read from and written in.",
        description = {"", "inspect and export know them by sight; export --to takes the name.", ""})
final class FormatsCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    FormatsCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        for (SessionFormat format : SessionFormats.standard(given.clock()).all()) {
            String name = format.name();
            given.output().println(name + " ".repeat(Math.max(1, 18 - name.length())) + format.title());
        }
        return ExitCode.OK.number();
    }
}
