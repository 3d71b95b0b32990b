package dev.tgsession.mtproto.rpc;

import java.io.IOException;

/** The line broke after a call went out, and nobody can say any more whether it was carried out. */
public final class AnswerLostException extends IOException {
    AnswerLostException(String method) {
        super("the connection was lost while Telegram worked on " + method + ", and its answer with it");
    }
}
