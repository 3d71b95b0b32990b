package dev.tgsession.session.format.telethon;

import java.util.Locale;

/** What of a Telethon file can get lost on the way to another version of its tables. */
public enum TelethonPart {
    /** Access hashes of users, groups and channels, and their names. */
    ENTITIES("the peers met so far"),
    /** When each of them was last seen; goes with the column of schema 7. */
    ENTITY_DATES("when each peer was last seen"),
    /** The cache of uploads, which no release since 1.12 writes. */
    SENT_FILES("the cache of sent files"),
    UPDATE_STATE("how far updates were read"),
    /** The number of an unfinished data export. */
    TAKEOUT_ID("the number of an unfinished data export"),
    /** The column of schema 8 that nothing in Telethon uses. */
    TEMPORARY_KEY("a temporary key");

    private final String words;

    TelethonPart(String words) {
        this.words = words;
    }

    /** As part of a sentence such as "this would be lost: ...". */
    public String words() {
        return words;
    }

    /** In lower case with dashes, as it stands in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
