import dev.tgsession.session.store.SessionStore;
import dev.tgsession.session.store.SessionStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our side of converting many small files to new ones, each of them whole or not there at all. */
final class ConvertFiles {
    private ConvertFiles() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.toList();
        }
        for (Path file : files) {
            Path target = Path.of(arguments[1]).resolve(file.getFileName());
            try (SessionStore from = SessionStores.open(file.toString());
                    SessionStore to = SessionStores.open(target.toString())) {
                to.save(from.load().orElseThrow());
            }
        }
    }
}
