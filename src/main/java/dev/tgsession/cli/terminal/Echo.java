package dev.tgsession.cli.terminal;

import java.io.IOException;

/** Whether a terminal shows what is typed. */
interface Echo {
    /** Nothing to switch: a pipe shows nothing by itself. */
    Echo NONE = new Echo() {
        @Override
        public void off() {}

        @Override
        public void on() {}

        @Override
        public boolean isGone() {
            return false;
        }
    };

    /** What is typed from now on does not show. */
    void off() throws IOException;

    /** Back to how it was before {@link #off()}; harmless if it was not off. */
    void on();

    /** Whether the terminal has gone away. */
    boolean isGone();
}
