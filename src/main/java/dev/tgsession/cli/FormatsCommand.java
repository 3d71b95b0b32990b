package dev.tgsession.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tgsession formats}: the ways of writing a session that are understood here. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "formats",
        header = "Name the forms a session can be read from and written in.",
        description = {"", "What can be read is known by sight; --to of export and convert takes the name.", ""},
        footer = {"", "example:", "  tgsession formats"})
final class FormatsCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    FormatsCommand(Given given) {
        this.given = given;
    }

    @Option(names = "--json", description = "For programs; the keys are always the same.")
    private boolean json;

    @Override
    public Integer call() {
        if (json) {
            printJson();
        } else {
            for (SessionFormat format : SessionFormats.standard(given.clock()).all()) {
                String marks = format.isWritten() ? "read, write  " : "read         ";
                given.output().println(padded(format.name()) + marks + format.title());
            }
        }
        given.output().flush();
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    /** {@code [{"name": "telethon", "title": "...", "form": "file", "reads": true, "writes": true}, ...]}. */
    private void printJson() {
        JsonArray all = new JsonArray();
        for (SessionFormat format : SessionFormats.standard(given.clock()).all()) {
            JsonObject one = new JsonObject();
            one.put("name", format.name());
            one.put("title", format.title());
            one.put("form", format.form() == SessionFormat.Form.FILE ? "file" : "text");
            one.put("reads", true);
            one.put("writes", format.isWritten());
            all.add(one);
        }
        given.output().println(JsonWriter.indent("  ").string().value(all).done());
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(1, 18 - name.length()));
    }
}
