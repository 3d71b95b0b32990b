package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.store.FileStore;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A new file in the folder where we are. The other homes take their bytes from it, whether it is written or not. */
final class FileHome implements LoginHome {
    private final Given given;
    private final SessionFormats formats;
    private final NewFile target;
    private @Nullable Saved saved;

    FileHome(Given given, SessionFormats formats, NewFile target) {
        this.given = given;
        this.formats = formats;
        this.target = target;
    }

    void checkRoom() throws IOException, Refusal {
        target.checkRoom();
    }

    /** Its name, without a folder. */
    String fileName() {
        return target.fileName();
    }

    /** Where it is, or would be. */
    Path folder() {
        Path folder = target.path().toAbsolutePath().getParent();
        return folder == null ? given.folder() : folder;
    }

    /** Its bytes, also if it was never written. */
    byte[] content(Session session) throws IOException {
        return isThere()
                ? Files.readAllBytes(path())
                : formats.usual().write(session).toFileBytes();
    }

    @Override
    public void save(Session session) throws IOException {
        if (saved == null) {
            saved = target.save(session);
        } else {
            new FileStore(path(), formats, given.random().get(), given.clock()).save(session);
        }
    }

    boolean isThere() {
        return saved != null;
    }

    Saved written() {
        if (saved == null) {
            throw new IllegalStateException("no file was written");
        }
        return saved;
    }

    private Path path() {
        return given.folder().resolve(written().where()).toAbsolutePath().normalize();
    }

    @Override
    public String place() {
        return path().toString();
    }

    @Override
    public String advice() {
        return "; keep it like a password, it opens the account.";
    }

    @Override
    public void tellMore(Conversation talk) {
        written().previous().ifPresent(old -> talk.tell("The file that was there before is now " + old + "."));
    }
}
