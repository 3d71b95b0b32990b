package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Which practice servers of this user are running, so that one command finds those another one has started.
 *
 * <p>Each has an empty file, named by the port on which its numbers begin, and holds a lock on it as long as it lives: a
 * file without a lock was left behind by a process that is gone.
 */
final class RunningServers {
    private static final String FOLDER = "practice-servers";
    private static final int HIGHEST_PORT = 65_535;

    private final Path folder;

    private RunningServers(Path folder) {
        this.folder = folder;
    }

    static RunningServers of(Given given) {
        return new RunningServers(StateFolder.of(given.environment()).resolve(FOLDER));
    }

    /** A server on the list; closing takes it off. */
    static final class Entry implements AutoCloseable {
        private final Path file;
        private final FileChannel channel;
        private final Endings.Duty duty;

        private Entry(Path file, FileChannel channel, Endings endings) {
            this.file = file;
            this.channel = channel;
            this.duty = endings.add(this::remove);
        }

        @Override
        public void close() {
            duty.close();
            remove();
        }

        private void remove() {
            try {
                Files.deleteIfExists(file);
                channel.close();
            } catch (IOException e) {
                // Without its lock it counts as left behind.
            }
        }
    }

    /**
     * Puts a server on the list.
     *
     * @param basePort one less than the port of data center 1
     */
    Entry add(int basePort, Endings endings) throws IOException {
        PrivateFile.createFolder(folder);
        Path file = folder.resolve(Integer.toString(basePort));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // Kept until the channel is closed.
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException(file + " belongs to another process");
            }
            return new Entry(file, channel, endings);
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
    }

    /** The ports on which the numbers of running servers begin, the one that was started last in front. */
    List<Integer> basePorts() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (isPort(file.getFileName().toString()) && isAlive(file)) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException nothingEverRan) {
            return List.of();
        }
        files.sort((one, other) ->
                Long.compare(other.toFile().lastModified(), one.toFile().lastModified()));
        return files.stream()
                .map(file -> Integer.parseInt(file.getFileName().toString()))
                .toList();
    }

    private static boolean isPort(String name) {
        return name.matches("[0-9]{1,5}") && Integer.parseInt(name) < HIGHEST_PORT;
    }

    private static boolean isAlive(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        } catch (OverlappingFileLockException ownProcess) {
            return true;
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
    }
}
