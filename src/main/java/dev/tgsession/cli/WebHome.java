package dev.tgsession.cli;

import dev.tgsession.session.Session;
import java.io.IOException;

/** A place on the web. What is put there is the file, to the byte, sealed or not. */
final class WebHome implements LoginHome {
    private final Post post;
    private final WebPlace to;
    private final FileHome file;
    private final Sealing sealing;
    private final String called;

    WebHome(Post post, WebPlace to, FileHome file, Sealing sealing) {
        this.post = post;
        this.to = to;
        this.file = file;
        this.sealing = sealing;
        this.called = file.fileName() + (sealing.isAsked() ? Words.SEALED : "");
    }

    @Override
    public void save(Session session) throws IOException, Refusal {
        byte[] content = file.content(session);
        post.send(to, called, sealing.isAsked() ? sealing.seal(content) : content);
    }

    @Override
    public String place() {
        return to.words(called);
    }

    @Override
    public String advice() {
        return sealing.isAsked() ? ", sealed." : "; whoever reads it there can use the account.";
    }
}
