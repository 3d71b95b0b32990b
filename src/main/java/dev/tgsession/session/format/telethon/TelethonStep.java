package dev.tgsession.session.format.telethon;

import static dev.tgsession.session.format.telethon.TelethonPart.ENTITIES;
import static dev.tgsession.session.format.telethon.TelethonPart.ENTITY_DATES;
import static dev.tgsession.session.format.telethon.TelethonPart.SENT_FILES;
import static dev.tgsession.session.format.telethon.TelethonPart.TAKEOUT_ID;
import static dev.tgsession.session.format.telethon.TelethonPart.TEMPORARY_KEY;
import static dev.tgsession.session.format.telethon.TelethonPart.UPDATE_STATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From one version of the tables to the next or the one before. What Telethon itself does when it goes up, and its
 * mirror image on the way down, which Telethon has not.
 *
 * @param change what happens to the tables, as a sentence without full stop
 * @param loses what cannot come along, if anything
 */
public record TelethonStep(int from, int to, String change, Optional<TelethonPart> loses) {
    private static final List<TelethonStep> UP = List.of(
            step(1, 2, "adds the table sent_files"),
            step(2, 3, "makes the table sent_files anew", SENT_FILES),
            step(3, 4, "adds the table update_state"),
            step(4, 5, "adds the column takeout_id to sessions"),
            // Up to 1.10.1 the useless hashes of "min" peers were stored, and nothing tells them from good ones.
            step(5, 6, "empties entities, as some of the access hashes there may be useless", ENTITIES),
            step(6, 7, "adds the column date to entities"),
            // Telethon 1.43 and 1.44 cannot open a file with a number here.
            step(7, 8, "adds the column tmp_auth_key to sessions, clears takeout_id", TAKEOUT_ID));

    private static final List<TelethonStep> DOWN = List.of(
            step(8, 7, "drops the column tmp_auth_key from sessions", TEMPORARY_KEY),
            step(7, 6, "drops the column date from entities", ENTITY_DATES),
            step(6, 5, "changes the number only"),
            step(5, 4, "drops the column takeout_id from sessions", TAKEOUT_ID),
            step(4, 3, "drops the table update_state", UPDATE_STATE),
            step(3, 2, "makes the table sent_files anew", SENT_FILES),
            step(2, 1, "drops the table sent_files", SENT_FILES));

    /** The steps that lead from one version to another; none if they are the same. */
    static List<TelethonStep> between(int from, int to) {
        List<TelethonStep> steps = new ArrayList<>();
        for (TelethonStep step : from < to ? UP : DOWN) {
            boolean onTheWay = from < to ? step.from >= from && step.to <= to : step.from <= from && step.to >= to;
            if (onTheWay) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static TelethonStep step(int from, int to, String change) {
        return new TelethonStep(from, to, change, Optional.empty());
    }

    private static TelethonStep step(int from, int to, String change, TelethonPart loses) {
        return new TelethonStep(from, to, change, Optional.of(loses));
    }
}
