import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonReleases;
import java.nio.file.Path;

/**
 * Prints what our program says of Telethon files: for each file and each era of releases, whether those open it, rewrite
 * its version, lose its peers, and what goes wrong.
 *
 * <p>Started as a single source file, with our jar on the class path.
 */
public final class Forecast {
    public static void main(String[] args) throws Exception {
        for (String file : args) {
            for (TelethonReleases.Reading reading : TelethonReleases.readersOf(SessionSource.ofFile(Path.of(file)))) {
                System.out.println(String.join(
                        "\t",
                        file,
                        reading.era().first(),
                        String.valueOf(reading.opens()),
                        String.valueOf(reading.changesStamp()),
                        String.valueOf(reading.losesEntities()),
                        reading.remark()));
            }
        }
    }
}
