import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Our side of reading many small files: seconds for each, in a process that has read none before. With a second word, on all
 * cores, as {@code inspect FOLDER} does.
 */
final class ReadFiles {
    private ReadFiles() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.toList();
        }
        SessionFormats formats = SessionFormats.standard(InstantSource.system());
        int threads = arguments.length > 1 ? Runtime.getRuntime().availableProcessors() : 1;
        AtomicInteger next = new AtomicInteger();
        LongAdder keys = new LongAdder();
        FutureTask<?>[] readers = new FutureTask<?>[threads];
        long begin = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            readers[i] = new FutureTask<>(() -> {
                for (int file = next.getAndIncrement(); file < files.size(); file = next.getAndIncrement()) {
                    keys.add(formats.read(SessionSource.ofFile(files.get(file))).authKey().id().size());
                }
                return null;
            });
            if (i > 0) {
                new Thread(readers[i]).start();
            }
        }
        readers[0].run();
        for (FutureTask<?> reader : readers) {
            reader.get();
        }
        double each = (System.nanoTime() - begin) / 1e9 / files.size();
        if (keys.sum() != 8L * files.size()) {
            throw new AssertionError("a file without its key");
        }
        System.out.printf("{\"each\": %.9f}%n", each);
    }
}
