"""Files that a live Telethon is writing to: looking disturbs nobody, and nothing is replaced beneath it."""

import functools
import json

import matrix
from bench import LiveTelethon

NEWEST = matrix.NEWEST

# What the client does before we come: settings of SQLite, and how many people it meets without committing.
IN_A_TRANSACTION = {
    # Its lock is RESERVED, and the file still as it was.
    "to a journal": ((), 1),
    # More pages than may wait in memory: its lock is EXCLUSIVE, and half of them are in the file.
    "to the file itself": (("pragma cache_size = 2",), 2000),
    "to a WAL": (("pragma journal_mode = wal",), 2000),
}


def signs(folder):
    """Name, size and time of every file."""
    return {file.name: (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.iterdir()}


def committed(stage, file):
    """What inspect sees of the content, and the codes of what it found."""
    known = stage.inspect(file)
    return {name: known[name] for name in ("key", "server", "account", "peers")}, [
        finding["code"] for finding in known["findings"]]


def refused(stage, file, *words):
    """Upgrade and repair want to write, and must not; the file, and all about it, stays as it is."""
    before = signs(file.parent)
    for command in (("upgrade", file, "--to", "6", "--yes"), ("repair", file, "--yes")):
        said = stage.ours.complaint(*command, code=6)
        assert all(word in said for word in words), f"{command[0]}: {said}"
    assert signs(file.parent) == before, f"{before} became {signs(file.parent)}"


def is_left_alone(stage, where):
    settings, changes = IN_A_TRANSACTION[where]
    folder = stage.folder / f"live {where}"
    folder.mkdir()
    file = folder / "a.session"
    matrix.make(file)
    content, _ = committed(stage, file)
    with LiveTelethon(NEWEST, do="hold", path=str(file), settings=settings, changes=changes) as live:
        assert live.says() == {"writes": True}
        before = signs(folder)
        seen, codes = committed(stage, file)
        assert seen == content, f"{seen}, due {content}"
        assert codes[0] == "being-written" and set(codes[1:]) <= {"wal-not-checkpointed"}, codes
        assert signs(folder) == before, f"{before} became {signs(folder)}"
        refused(stage, file, "another program is writing to")
        assert live.goes_on() == {"writes": False}, "it could not commit"
        after, _ = committed(stage, file)
        assert after["peers"]["users"] == content["peers"]["users"] + changes, after["peers"]
        if "WAL" in where:
            refused(stage, file, "another program has", "open")
        assert live.goes_on() == {"closed": True}
    stage.ours.tgsession("upgrade", file, "--to", "7", "--yes")
    assert set(signs(folder)) == {"a.session", "a.session.bak"}, signs(folder)
    return f"{changes} peers uncommitted, then committed"


def is_not_disturbed(stage, settings=()):
    """A client that commits all the time and waits for no lock meets none of ours."""
    folder = stage.folder / f"hammer {len(settings)}"
    folder.mkdir()
    file = folder / "a.session"
    matrix.make(file)
    due, _ = committed(stage, file)
    looks, shown = 8, 0
    with LiveTelethon(NEWEST, do="hammer", path=str(file), settings=settings) as live:
        live.says()
        for _ in range(looks):
            # It may give up on a file that never stands still, but not show a wrong one. 11: there is a WAL.
            done = stage.ours.run("inspect", file, "--json", codes=(0, 6, 11))
            known = json.loads(done.stdout)
            if done.returncode == 6:
                assert [finding["code"] for finding in known["findings"]] == ["busy"], known
            else:
                assert all(known[name] == due[name] for name in ("key", "server", "account")), known
                shown += 1
        commits = live.goes_on()["commits"]
    assert commits > looks, commits
    return f"{looks} looks, {shown} in time, {commits} commits"


def all_checks():
    for where in IN_A_TRANSACTION:
        yield (f"Telethon {NEWEST} writes {where}: shown, not replaced",
               functools.partial(is_left_alone, where=where))
    yield f"Telethon {NEWEST} writes all the time, and inspect is not felt", is_not_disturbed
    yield (f"Telethon {NEWEST} writes to a WAL all the time, and inspect is not felt",
           functools.partial(is_not_disturbed, settings=("pragma journal_mode = wal",)))
