package dev.tgsession.practice;

import java.io.IOException;

/** A client wants to make a key for another data centre than the one it has come to. Telegram's answer is −444. */
final class WrongDataCentreException extends IOException {
    WrongDataCentreException(int meant, int here) {
        super("a client wants a key for data centre " + meant + " at the port of " + here);
    }
}
