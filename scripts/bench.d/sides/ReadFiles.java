import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Our side of reading many small files: seconds for each, in a process that has read none before. */
final class ReadFiles {
    private ReadFiles() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.toList();
        }
        SessionFormats formats = SessionFormats.standard(InstantSource.system());
        long keys = 0;
        long begin = System.nanoTime();
        for (Path file : files) {
            keys += formats.read(SessionSource.ofFile(file)).authKey().id().size();
        }
        double each = (System.nanoTime() - begin) / 1e9 / files.size();
        if (keys != 8L * files.size()) {
            throw new AssertionError("a file without its key");
        }
        System.out.printf("{\"each\": %.9f}%n", each);
    }
}
