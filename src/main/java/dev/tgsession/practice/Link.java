package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.time.Duration;

/** One client's connection, as those who answer on it see it. */
interface Link {
    /** The data centre whose port the client came to. */
    int dc();

    /** Counted from 1 over the whole server. */
    int number();

    /** Sends one packet. Any thread may. */
    void send(Bytes packet) throws IOException;

    /** Sends a transport error, such as −404. */
    void refuse(int code) throws IOException;

    /** The client wants to be hung up on if it says nothing for this long. */
    void hangUpAfter(Duration silence);

    /** Notes that a message came that only the holder of a known key can have written. */
    void trusted(boolean loggedIn);

    /** Whether messages may still get through. */
    boolean isOpen();

    /** Hangs up. */
    void close();
}
