package dev.tgsession.session.store;

import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Another program in which several want the same session, each with a connection of its own. Told to go, all try to have
 * it; whoever wins adds one to the update state and keeps the session until told to end.
 */
final class Contenders {
    private final Process process;
    private final BufferedReader said;
    private final Writer told;
    private final int count;

    private Contenders(Process process, int count) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.told = process.outputWriter(StandardCharsets.UTF_8);
        this.count = count;
    }

    static Contenders start(String url, String owner, int count, Duration lease) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Contenders.class.getName(),
                        owner,
                        Integer.toString(count),
                        Long.toString(lease.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", url);
        return new Contenders(builder.start(), count);
    }

    void go() throws IOException {
        told.write("go\n");
        told.flush();
    }

    /** What each of them met with. */
    List<String> answers() throws IOException {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(String.valueOf(said.readLine()));
        }
        return answers;
    }

    List<String> round() throws IOException {
        go();
        return answers();
    }

    /** Whoever has it gives it back. */
    void end() throws IOException {
        told.write("end\n");
        told.flush();
        String answer = said.readLine();
        if (!"ended".equals(answer)) {
            throw new IOException("not ended: " + answer);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws Exception {
        String url = System.getenv("DATABASE_URL");
        int count = Integer.parseInt(arguments[1]);
        Duration duration = Duration.ofMillis(Long.parseLong(arguments[2]));
        ExecutorService threads = Executors.newFixedThreadPool(count);
        List<PostgresStore> stores = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stores.add(PostgresStore.open(url));
        }
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<Lease> won = new ArrayList<>();
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("end")) {
                for (Lease lease : won) {
                    lease.close();
                }
                won.clear();
                System.out.println("ended");
                continue;
            }
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                PostgresStore store = stores.get(i);
                String owner = arguments[0] + "-" + i;
                all.add(() -> contend(store, owner, duration, won));
            }
            for (Future<String> one : threads.invokeAll(all)) {
                System.out.println(one.get());
            }
        }
        threads.shutdownNow();
    }

    private static String contend(PostgresStore store, String owner, Duration duration, List<Lease> won) {
        try {
            Lease lease = store.lease(owner, duration);
            synchronized (won) {
                won.add(lease);
            }
            Session session = store.load().orElseThrow();
            int last = session.updateState().map(UpdateState::pts).orElse(0);
            store.save(session.withUpdateState(new UpdateState(last + 1, 0, 0, 0)));
            return "won";
        } catch (SessionInUseException taken) {
            return "in use by " + taken.owner();
        } catch (IOException failed) {
            return "failed: " + failed.getMessage();
        }
    }
}
