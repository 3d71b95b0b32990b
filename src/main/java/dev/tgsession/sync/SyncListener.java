package dev.tgsession.sync;

import java.time.Duration;
import java.util.OptionalInt;

/** Who watches how a sync goes. */
public interface SyncListener {
    /** Nobody. */
    SyncListener NONE = new SyncListener() {};

    /**
     * Some more are known.
     *
     * @param peers how many so far, each counted once
     * @param dialogs how many dialogs they were read from
     * @param dialogsInAll how many Telegram says there are in the folder that is being read, if it has said so
     */
    default void progress(int peers, int dialogs, OptionalInt dialogsInAll) {}

    /** Telegram wants to be left alone for a while; so it will be, and then asked again. */
    default void waiting(Duration time) {}

    /** Something was left out, or has to be asked for again; a sentence for a person. */
    default void remark(String sentence) {}
}
