package dev.tgsession.mtproto.rpc;

import java.io.IOException;

/** The server takes no message of ours, however often it is mended; another line to it would change nothing. */
public final class RefusedTooOftenException extends IOException {
    RefusedTooOftenException(int times) {
        super("Telegram refused the same message " + times + " times");
    }
}
