"""Every version of Telethon's tables against a release of every era: what becomes of the files of `tgsession upgrade`.

The table below is held against two others: what the releases really do, and what our program says they do.
"""

import functools
import json
import os
import re
import shutil
import sqlite3

from bench import OLD_SQLITE, ask_old_sqlite, ask_telethon_of_files, forecast

NEWEST = "1.45.0"
SCHEMAS = tuple(str(schema) for schema in range(1, 9))
# And one of version 7 with the number of an unfinished data export, which two releases can not stand.
EXPORTING = "7+"

# One release of every era, by the release that begins it in our program; then what it does with versions 1 to 8 and 7+:
# y opens, E opens and deletes the peers, x refuses; s after it: writes its own number into the file.
TABLE = {
    #                        1  2  3  4  5  6  7  8  7+
    "0.16":     ("0.16",   "y  y  y  y  x  x  x  x  x "),
    "0.16.1.4": ("0.16.1", "ys y  ys ys xs xs xs xs xs"),
    "0.18.3":   ("0.16.2", "ys ys y  x  x  x  x  x  x "),
    "1.5.5":    ("0.19",   "x  ys ys y  xs xs xs xs xs"),
    "1.7.4":    ("1.6",    "x  ys ys ys y  ys xs xs xs"),
    "1.10.1":   ("1.7.5",  "x  ys ys ys y  y  x  x  x "),
    "1.16.4":   ("1.10.2", "x  Es Es Es Es y  x  x  x "),
    "1.37.0":   ("1.17",   "x  Es Es Es Es ys y  x  y "),
    "1.44.0":   ("1.43",   "x  Es Es Es Es ys ys y  xs"),
    NEWEST:     ("1.45",   "x  Es Es Es Es ys ys y  ys"),
}

ME = 5123456789
# A user, a basic group, which has no access hash, and a channel, by their marked ids.
PEERS = {str(ME): -8123456789012345678, "777000": 1234567890123456789, "-123456789": 0,
         "-1001234567890": 4321098765432109876}


def make(file):
    """Has the newest Telethon make a file with something in every table; the answer is where it lives and its key."""
    facts = ask_telethon_of_files(NEWEST, **{"do": "make", "path": str(file), "key": os.urandom(256).hex(), "me": ME,
                                             "peers": PEERS})
    file.chmod(0o600)
    return facts


@functools.cache
def files(stage):
    """A file of each version by its name, all with one content; then where it lives and its key."""
    source = stage.folder / "newest.session"
    facts = make(source)
    made = {}
    for schema in SCHEMAS:
        made[schema] = stage.folder / f"schema-{schema}.session"
        told = json.loads(stage.ours.tgsession("upgrade", source, "--to", schema, "-o", made[schema], "--yes", "--json"))
        lost = {loss["part"] for loss in told["losses"]}
        due = {"entity-dates": 7, "update-state": 4, "sent-files": 3}
        assert lost == {part for part, since in due.items() if int(schema) < since}, f"schema {schema}: lost {lost}"
    made[EXPORTING] = stage.copy(made["7"])
    with sqlite3.connect(made[EXPORTING]) as file:
        file.execute("update sessions set takeout_id = 4711")
    return made, facts


def stamp_of(file):
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        return str(database.execute("select version from version").fetchone()[0])


def in_short(error):
    """Without what not every Python says, "(expected 4, got 5)", and what we say beyond Python's words."""
    return re.sub(r", got \d+| \(takeout_id is set\)", "", error)


def release_opens_what_we_say(stage, release):
    """Gives a release all the files, and compares: our table, our program, and what really happened."""
    era, letters = TABLE[release]
    made, facts = files(stage)
    folder = stage.folder / f"for-{release}"
    folder.mkdir()
    copies = {name: shutil.copy(file, folder) for name, file in made.items()}
    seen = ask_telethon_of_files(release, **{"do": "open-all", "files": list(copies.values()),
                                             "peers": [int(marked) for marked in PEERS]})
    for (name, file), letter in zip(made.items(), letters.split(), strict=True):
        really = seen[copies[name]]
        stamped = stamp_of(copies[name]) != name.rstrip("+")
        said = forecast(*made.values())[str(file), era]
        where = f"Telethon {release}, schema {name}: {really}"
        if "keyId" in really:
            assert {name: really[name] for name in facts} == facts, where
            gone = all(met is None for met in really["peers"].values())
            assert gone or really["peers"] == PEERS, where
        else:
            gone = False
        found = ("x" if "error" in really else "E" if gone else "y") + ("s" if stamped else "")
        assert found == letter, f"{where}: found {found}, due {letter}"
        assert said["letter"] == letter, f"{where}: we say {said}"
        assert in_short(really.get("error", "")) == in_short(said["remark"]), f"{where}: we say {said}"
    return letters.replace("  ", " ").strip()


def old_sqlite_reads_every_schema(stage):
    made, _ = files(stage)
    for schema, facts in zip(SCHEMAS, ask_old_sqlite(*(made[schema] for schema in SCHEMAS)), strict=True):
        tables = {"version": 1, "sessions": 1, "entities": len(PEERS) + 1}
        if int(schema) >= 2:
            tables["sent_files"] = 1 if int(schema) >= 3 else 0
        if int(schema) >= 4:
            tables["update_state"] = 1
        due = {"sqlite": OLD_SQLITE, "integrity": "ok", "schema": schema, "key": "256", "self": str(ME),
               **{f"rows {name}": str(count) for name, count in tables.items()}}
        assert facts == due, f"schema {schema}: {facts}, due {due}"
    return f"{len(SCHEMAS)} files, integrity ok"


def all_checks():
    for release in TABLE:
        yield (f"Telethon {release} does with schema 1 to 8 what we say",
               functools.partial(release_opens_what_we_say, release=release))
    yield f"SQLite {OLD_SQLITE} reads schema 1 to 8 of upgrade", old_sqlite_reads_every_schema
