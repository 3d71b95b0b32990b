"""Checks tgsession against other people's programs: real Telethon of every age, Pyrogram, Kurigram, GramJS, mtcute,
gotd, TDLib, GnuPG, and SQLite as it was in 2010.

Every check is one line: ok, FAILED, or skipped when a package registry can not be reached. All traffic stays on the
loopback interface; only the packages themselves come from the registries, into TGSESSION_INTEROP_CACHE, or else into
tgsession-interop in the user's folder of caches. A run of all checks installs them first, and then goes where there is
no network at all, if it may. What the libraries did is in docs/interop.md; such a run fails if it saw something else,
and writes the page anew if told so.
"""

import argparse
import concurrent.futures
import dataclasses
import functools
import json
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

import alone
import bucket
import dyno
import faults
import live
import matrix
import methods
import offline
import rehearsal
import seals
import table
from bench import (HERE, JAR, OLD_SQLITE, ROOT, WORK, Ours, Skipped, ask_gramjs, ask_old_sqlite, ask_pyrogram,
                   ask_telethon, old_sqlite, python_with, run)

# The newest on PyPI, the last before the schema changed, and one from the time when user ids grew to 64 bits. In
# matrix.py there are more, which only open files.
TELETHON = ("1.45.0", "1.37.0", "1.25.4")
# The last Pyrogram there is, and the newest of the fork that goes on; both by the name of our form for them.
PYROGRAM = {"pyrogram": "pyrogram-2.0.106", "kurigram": "kurigram-2.2.26"}
GRAMJS = "2.26.22"
BOT_TOKEN = methods.BOT_TOKEN


class Stage:
    """What several checks share: a running practice data centre, and files that our program made by logging in to it."""

    def __init__(self, folder):
        folder.mkdir()
        self.ours = Ours(folder)
        self.folder = folder

    @functools.cached_property
    def practice(self):
        return self.ours.practice()

    @functools.cached_property
    def rehearsal(self):
        return rehearsal.Rehearsal(self.folder / "dyno")

    def close(self):
        for name in ("rehearsal", "practice"):
            if name in self.__dict__:
                self.__dict__[name].close()

    @functools.cache
    def login(self, name, *answers):
        """A session file from `tgsession login NAME --server …`; the practice data centre lives on, and knows it."""
        dc, (host, port) = 2, self.practice.address(2)
        self.ours.tgsession("login", name, "--server", f"{host}:{port}", "--server-key", self.practice.pem_file,
                            "--dc", dc, answers=answers)
        return self.folder / f"{name}.practice.session"

    def plain(self):
        return self.login("plain", "+9996620001", "22222")

    @functools.cache
    def embedded(self):
        """A session file from `tgsession login --practice`, whose data centre ended with the program."""
        self.ours.tgsession("login", "--practice", answers=("+9996620001", "22222"))
        return self.folder / "login.practice.session"

    def bot(self):
        return self.login("bot", BOT_TOKEN)

    def twostep(self):
        return self.login("twostep", "+9996620100", "22222", "practice")

    def moved(self):
        return self.login("moved", "+9996640001", "44444")

    @functools.cache
    def export(self, make, form):
        """A session file in another form. Libraries call their files NAME.session, and take the name for the rest."""
        file = self.folder / f"{make.__name__}-{form}.session"
        self.ours.tgsession("export", make(self), "--to", form, "-o", file)
        return file

    def string(self, make, form):
        return self.ours.tgsession("export", make(self), "--to", form).strip()

    def copy(self, file):
        """A copy for a program that may write to it: new Telethon upgrades what it opens."""
        number = len(list(self.folder.glob("copy-*"))) + 1
        return Path(shutil.copy(file, self.folder / f"copy-{number}.session"))

    def inspect(self, file):
        # 11: there is something to mend, as in most files of old releases.
        return json.loads(self.ours.tgsession("inspect", file, "--json", codes=(0, 11)))


def same(one, other, *names):
    for name in names:
        assert one[name] == other[name], f"{name}: {one[name]!r} is not {other[name]!r}"


def is_logged_in(seen, phone=None, bot=False):
    assert seen["authorised"] is True, seen
    assert seen["me"]["bot"] is bot, seen
    assert phone is None or seen["me"]["phone"] == phone, seen


# --- SQLite of 2010 ---------------------------------------------------------------------------------------------------


TELETHON_ROWS = {"rows sent_files": "0", "rows update_state": "1"}


def old_sqlite_reads_all(stage, make, schema="7", peers="entities", rows=TELETHON_ROWS):
    (facts,) = ask_old_sqlite(make(stage))
    due = {"sqlite": OLD_SQLITE, "integrity": "ok", "schema": schema, "key": "256", "rows version": "1",
           "rows sessions": "1", **rows}
    for name, value in due.items():
        assert facts.get(name) == value, f"{name}: {facts.get(name)}, due {value}"
    assert int(facts[f"rows {peers}"]) >= 1, facts
    return f"integrity ok, {sum(name.startswith('rows ') for name in facts)} tables"


# --- Telethon opens what we wrote -------------------------------------------------------------------------------------


def telethon_says_whose(stage, version, make):
    file = make(stage)
    with sqlite3.connect(file) as ours:
        address = dict(zip(("dc", "address", "port"), ours.execute("select dc_id, server_address, port from sessions").fetchone()))
    seen = ask_telethon(version, **{"do": "read-file", "file": str(stage.copy(file))})
    known = stage.inspect(file)
    assert seen["whose"] == seen["owner"] == known["account"]["userId"], f"{seen} {known}"
    same(seen, address, "dc", "address", "port")
    return f"user {seen['whose']}"


def telethon_goes_on(stage, version, make, phone=None, bot=False):
    file = make(stage)
    seen = ask_telethon(version, **{"do": "resume-file", "file": str(stage.copy(file)), "pem": stage.practice.pem})
    is_logged_in(seen, phone, bot)
    assert seen["me"]["id"] == stage.inspect(file)["account"]["userId"], seen
    return f"get_me: {seen['me']['id']}, nothing asked"


def telethon_takes_the_string(stage, version):
    text = stage.ours.tgsession("export", stage.plain(), "--to", "telethon-string").strip()
    file = ask_telethon(version, **{"do": "read-file", "file": str(stage.copy(stage.plain()))})
    seen = ask_telethon(version, **{"do": "read-string", "string": text})
    same(seen, file, "dc", "address", "port", "keyId")
    is_logged_in(ask_telethon(version, **{"do": "resume-string", "string": text, "pem": stage.practice.pem}))
    return f"{len(text)} characters"


# --- inspect agrees with Telethon -------------------------------------------------------------------------------------


def inspect_agrees(stage, version, make):
    file = stage.copy(make(stage))
    known = stage.inspect(file)
    seen = ask_telethon(version, **{"do": "read-file", "file": str(stage.copy(file))})
    agree(known, seen)
    return f"key id {seen['keyId']}"


def inspect_reads_theirs(stage, version):
    file = stage.folder / f"theirs-{version}.session"
    log_in(stage, version, file, phone="+9996620003", code="22222")
    seen = ask_telethon(version, **{"do": "read-file", "file": str(stage.copy(file))})
    file.chmod(0o644)
    known = stage.inspect(file)
    # Telethon makes its files as the umask says; ours are 0600.
    agree(known, seen, notes=["readable-by-others"])
    return f"schema {known['layout']['stamp']}"


def agree(known, seen, notes=()):
    """`tgsession inspect --json` and Telethon say the same of one file."""
    assert [finding["code"] for finding in known["findings"]] == list(notes), known["findings"]
    same({**known["server"], "dc": known["server"]["dcId"], "keyId": known["key"]["id"]}, seen,
         "dc", "address", "port", "keyId")
    # Telethon before 1.28 does not write down whose file it is.
    whose = known["account"]["userId"] if known["account"] else None
    assert whose == seen["whose"], f"{known['account']} {seen}"
    assert known["login"] == "likely", known["login"]


# --- Telethon logs in by itself ---------------------------------------------------------------------------------------


def our_library(errand, file):
    done = run(["java", "-cp", JAR, HERE / "Library.java", errand, file])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def telethon_knows_whom_we_met(stage, version):
    """Saved, extended and saved again by our library; then looked up by Telethon, without a network."""
    file = stage.folder / f"met-{version}.session"
    fresh = our_library("save", file)
    ours = our_library("extend", file)
    assert fresh["byName"] is None and ours["byName"] == "-8123456789012345678", f"{fresh} {ours}"
    seen = ask_telethon(version, **{"do": "met", "file": str(stage.copy(file))})
    for name in ours:
        # Telethon lists the state of channels since 1.28 only.
        if name != "channelPts" or seen[name]:
            same(ours, seen, name)
    return "by user name, phone and id; update state"


def we_know_whom_telethon_met(stage, version):
    file = stage.folder / f"theirs-met-{version}.session"
    our_library("save", file)
    theirs = ask_telethon(version, **{"do": "meet", "file": str(file)})
    assert theirs["byPhone"] == "-8123456789012345678", theirs
    ours = our_library("read", file)
    for name in theirs:
        if name != "channelPts" or theirs[name]:
            same(theirs, ours, name)
    # And back again: what we save after them, they still read.
    our_library("extend", file)
    again = ask_telethon(version, **{"do": "met", "file": str(stage.copy(file))})
    same(theirs, again, "byName", "byPhone", "byId", "channel", "group", "pts", "qts", "keyId")
    return "by user name, phone and id; update state; and back"


def log_in(stage, version, file, dc=2, **answers):
    host, port = stage.practice.address(dc)
    return ask_telethon(version, **{"do": "log-in", "file": str(file), "pem": stage.practice.pem,
                                    "address": [dc, host, port], **answers})


# --- whom the account knows -------------------------------------------------------------------------------------------


ROWS = "select id, hash, username, phone, name from entities where id <> 0 order by id"


def rows_of(file):
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        return {row[0]: row[1:] for row in database.execute(ROWS)}


def telethon_and_sync_meet_the_same(stage, version, phone, dialogs):
    """Telethon lists all dialogs of a big account, and its own file then holds the same rows as ours after sync."""
    theirs = stage.folder / f"everybody-{version}.session"
    host, port = stage.practice.address(2)
    seen = ask_telethon(version, **{"do": "everybody", "file": str(theirs), "pem": stage.practice.pem,
                                    "address": [2, host, port], "phone": phone, "code": "22222"})
    assert seen["dialogs"] == seen["messages"] == dialogs, seen
    assert seen["archived"] == dialogs // 9 and seen["pinned"] == 5, seen
    ours = stage.login("everybody", phone, "22222")
    report = json.loads(stage.ours.tgsession("sync", ours, "--json"))
    assert report["dialogs"] == dialogs and report["complete"] is True, report
    mine, other = rows_of(ours), rows_of(theirs)
    assert set(mine) == set(other), sorted(set(mine) ^ set(other))[:10]
    # Of several user names Telethon writes down none, and we the main one.
    different = [(mine[id], other[id]) for id in mine
                 if mine[id] != other[id] and not (other[id][1] is None and mine[id][1] is not None
                                                   and mine[id][:1] + mine[id][2:] == other[id][:1] + other[id][2:])]
    assert not different, different[:5]
    return f"{len(mine)} rows, {len(seen['kinds'])} kinds of peers"


# --- Pyrogram, Kurigram and GramJS open what we wrote -----------------------------------------------------------------


def pyrogram_opens_the_file(stage, form, make=Stage.plain):
    file = stage.export(make, form)
    seen = ask_pyrogram(PYROGRAM[form], **{"do": "read", "file": str(stage.copy(file))})
    holds_the_same(stage, make, seen)
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as ours:
        (due,) = ours.execute("select access_hash from peers where id = ?", (seen["whose"],)).fetchone()
    assert seen["ownHash"] == due, seen
    return f"user {seen['whose']} among the peers"


def pyrogram_takes_the_string(stage, form, make=Stage.plain):
    string = stage.string(make, "pyrogram-string")
    seen = ask_pyrogram(PYROGRAM[form], **{"do": "read", "string": string})
    holds_the_same(stage, make, {name: seen[name] for name in seen if name not in ("address", "port")})
    return f"{len(string)} characters"


def holds_the_same(stage, make, seen):
    known = stage.inspect(make(stage))
    same({"dc": known["server"]["dcId"], "keyId": known["key"]["id"], "whose": known["account"]["userId"],
          "bot": known["account"]["bot"], "test": 0}, seen, "dc", "keyId", "whose", "bot", "test")
    if "address" in seen:
        same(known["server"], seen, "address", "port")


def pyrogram_goes_on(stage, form, make=Stage.plain, phone="9996620001", bot=False, string=False):
    what = ({"string": stage.string(make, "pyrogram-string")} if string
            else {"file": str(stage.copy(stage.export(make, form)))})
    seen = ask_pyrogram(PYROGRAM[form], **{"do": "resume", "address": stage.practice.address(2), **what})
    is_logged_in(seen, phone, bot)
    return f"get_me: {seen['me']['id']}, nothing asked"


def gramjs_takes_the_string(stage):
    string = stage.string(Stage.plain, "gramjs-string")
    seen = ask_gramjs(GRAMJS, **{"do": "read", "string": string})
    known = stage.inspect(stage.plain())
    same({**known["server"], "dc": known["server"]["dcId"], "keyId": known["key"]["id"]}, seen,
         "dc", "address", "port", "keyId")
    assert seen["same"], "GramJS writes it in another way"
    return f"{len(string)} characters, and writes it the same"


def gramjs_goes_on(stage, make=Stage.plain, phone="9996620001", bot=False):
    seen = ask_gramjs(GRAMJS, **{"do": "resume", "string": stage.string(make, "gramjs-string")})
    is_logged_in(seen, phone, bot)
    return f"getMe: {seen['me']['id']}, nothing asked"


# --- the table --------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Lane:
    """Checks that share a stage, one after the other, while other lanes run. What only waits is done beside the rest."""

    name: str
    open: functools.partial
    checks: list
    beside: tuple = ()
    # Whether it cannot do without the package registries: it builds something itself.
    network: bool = False
    # What it needs from a registry before it goes where there is no network; without that it does not run at all.
    alone: tuple = ()


def file_checks():
    yield (f"SQLite {OLD_SQLITE} reads the file of login --practice",
           functools.partial(old_sqlite_reads_all, make=Stage.embedded))
    yield (f"SQLite {OLD_SQLITE} reads the file of login --server",
           functools.partial(old_sqlite_reads_all, make=Stage.plain))
    yield (f"SQLite {OLD_SQLITE} reads the Pyrogram file of export",
           functools.partial(old_sqlite_reads_all, make=lambda stage: stage.export(Stage.plain, "pyrogram"),
                             schema="3", peers="peers", rows={}))
    yield (f"SQLite {OLD_SQLITE} reads the Kurigram file of export",
           functools.partial(old_sqlite_reads_all, make=lambda stage: stage.export(Stage.plain, "kurigram"),
                             schema="7", peers="peers", rows={"rows usernames": "1", "rows update_state": "1"}))
    yield from matrix.all_checks()
    yield from live.all_checks()


def our_logins_in_pyrogram():
    for form, library in PYROGRAM.items():
        name = library.replace("-", " ").capitalize()
        for words, work, more in (
                ("opens our file", pyrogram_opens_the_file, {}),
                ("takes our string", pyrogram_takes_the_string, {}),
                ("goes on with our file, asking nothing", pyrogram_goes_on, {}),
                ("goes on with our string, asking nothing", pyrogram_goes_on, {"string": True}),
                ("goes on with our file of a bot", pyrogram_goes_on, {"make": Stage.bot, "phone": None, "bot": True})):
            yield f"{name} {words}", functools.partial(work, form=form, **more)


def our_logins_in_gramjs():
    yield f"GramJS {GRAMJS} takes our string", gramjs_takes_the_string
    yield f"GramJS {GRAMJS} goes on with our string, asking nothing", gramjs_goes_on
    yield (f"GramJS {GRAMJS} goes on with our string of a bot",
           functools.partial(gramjs_goes_on, make=Stage.bot, phone=None, bot=True))


def our_logins_in_telethon():
    yield (f"Telethon {TELETHON[0]} lists 3000 dialogs, and sync writes the same rows",
           functools.partial(telethon_and_sync_meet_the_same, version=TELETHON[0], phone="+9996620700", dialogs=3000))
    for version in TELETHON:
        def check(words, work, **more):
            return f"Telethon {version} {words}", functools.partial(work, version=version, **more)

        yield check("says whose the file of login --practice is", telethon_says_whose, make=Stage.embedded)
        yield check("says whose the file of login --server is", telethon_says_whose, make=Stage.plain)
        yield check("goes on with our file, asking nothing", telethon_goes_on, make=Stage.plain, phone="9996620001")
        yield check("goes on with our file of an account with a password", telethon_goes_on, make=Stage.twostep,
                    phone="9996620100")
        yield check("goes on with our file of a bot", telethon_goes_on, make=Stage.bot, bot=True)
        yield check("goes on with our file after a move to DC 4", telethon_goes_on, make=Stage.moved,
                    phone="9996640001")
        yield check("knows whom our library met", telethon_knows_whom_we_met)
        yield check("met whom our library knows", we_know_whom_telethon_met)
        yield check("takes our string", telethon_takes_the_string)
        yield check("and inspect agree about our file", inspect_agrees, make=Stage.plain)
        yield check("and inspect agree about Telethon's file", inspect_reads_theirs)


def all_lanes(idle):
    """In the order in which they begin: the longest first."""
    yield Lane("telethon", Stage, list(our_logins_in_telethon()))
    yield Lane("files", Stage, list(file_checks()))
    for client in methods.ALL:
        yield Lane(str(client), functools.partial(methods.Room, client, idle=idle), list(methods.checks_of(client)),
                   beside=(methods.idles,), alone=(client.start,) if client.more else ())
    yield Lane("others", Stage, [*our_logins_in_pyrogram(), *our_logins_in_gramjs()])
    yield Lane("faults", Stage, [("docs/faults.md says what tgsession does", faults.lane_check)])
    yield Lane("bucket", Stage, list(bucket.all_checks()))
    yield Lane("seals", Stage, list(seals.all_checks()))
    yield Lane("rehearsal", Stage,
               [(name, functools.partial(lambda stage, work: work(stage.rehearsal), work=work))
                for name, work in rehearsal.all_checks()], network=True)
    yield Lane("README", offline.Bench, list(offline.all_checks()))


def everything():
    """What the checks need from a registry."""
    return (old_sqlite, *(functools.partial(python_with, f"telethon-{version}") for version in matrix.TABLE),
            functools.partial(python_with, "boto3-1.44.8"), bucket.s3proxy, *(client.start for client in methods.ALL),
            offline.build)


def prepare():
    """Has all of it here before the checks begin, what they build themselves, too; a run after that finds it."""
    install(everything())
    # Last, as it begins with what Maven has fetched by then.
    install([functools.partial(dyno.Slug, dyno.MAVENS[0])])


def install(work):
    """What cannot be had is skipped by the check that wants it."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        for one in [pool.submit(one) for one in work]:
            try:
                one.result()
            except Skipped as reason:
                print(f"not installed: {reason}", flush=True)


# --- running them -----------------------------------------------------------------------------------------------------


class Run:
    """What came of the checks so far."""

    def __init__(self, folder):
        self.folder = folder
        self.results = {}
        self.facts = {}
        self.lock = threading.Lock()
        self.over = False

    def lane(self, lane):
        stage = lane.open(folder=self.folder / lane.name.replace(" ", "-"))
        try:
            with concurrent.futures.ThreadPoolExecutor() as beside:
                for name, work in lane.checks:
                    if work in lane.beside:
                        beside.submit(self.check, name, work, stage)
                for name, work in lane.checks:
                    if work not in lane.beside:
                        self.check(name, work, stage)
        finally:
            stage.close()
            if isinstance(stage, methods.Room):
                self.facts[lane.name] = stage.facts

    def check(self, name, work, stage):
        if self.over:
            return
        result, note = verdict(work, stage)
        with self.lock:
            self.results[name] = result
            print(f"{result:8}{name:74}{note}", flush=True)

    def all(self, lanes):
        with concurrent.futures.ThreadPoolExecutor(max_workers=max(1, len(lanes))) as pool:
            running = [pool.submit(self.lane, lane) for lane in lanes]
            try:
                for one in concurrent.futures.as_completed(running):
                    one.result()
            finally:
                self.over = True


# What a complete run saw while it still had a network.
BEFORE = WORK / "before.json"


def in_lanes(lanes):
    with tempfile.TemporaryDirectory(prefix="run-", dir=WORK) as folder:
        done = Run(Path(folder))
        done.all(lanes)
    return done


def main():
    parser = argparse.ArgumentParser(prog="interop", description=__doc__,
                                     epilog="example: scripts/interop SQLite 'Telethon 1.37'")
    parser.add_argument("word", nargs="*", help="run only the checks whose name contains one of these words")
    parser.add_argument("--list", action="store_true", help="name the checks and stop")
    parser.add_argument("--prepare", action="store_true",
                        help="install and build what the checks need, and stop; may run while something else does")
    parser.add_argument("--idle", type=int, default=15, metavar="SECONDS",
                        help="how long the libraries stay connected and do nothing; 15 if you do not say")
    parser.add_argument("--write", action="store_true", help="write docs/interop.md, after a run of all checks")
    options = parser.parse_args()
    if options.write and options.word:
        parser.error("--write is for a run of all checks")
    lanes = list(all_lanes(options.idle))
    for lane in lanes:
        lane.checks = [(name, work) for name, work in lane.checks
                       if not options.word or any(word.lower() in name.lower() for word in options.word)]
    lanes = [lane for lane in lanes if lane.checks]
    if options.list:
        print("\n".join(name for lane in lanes for name, _ in lane.checks))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    if options.prepare:
        prepare()
        return 0
    before = {}
    if alone.is_alone():
        alone.raise_loopback()
        print("there is no network but loopback here", flush=True)
        before = json.loads(BEFORE.read_text())
        lanes = [lane for lane in lanes if not lane.network]
    elif not options.word or any(lane.alone for lane in lanes):
        # The first use of our own program may build it, with what Maven fetches.
        run([ROOT / "scripts" / "tgsession", "--version"], timeout=600)
        install(everything() if not all(lane.alone for lane in lanes) else [one for lane in lanes for one in lane.alone])
        before = in_lanes([lane for lane in lanes if lane.network]).results
        BEFORE.write_text(json.dumps(before))
        lanes = [lane for lane in lanes if not lane.network]
        alone.go_alone()
        print("this machine keeps its network: unshare is not there or not allowed", flush=True)
    done = in_lanes(lanes)
    done.results.update(before)
    counts = {word: sum(result == word for result in done.results.values()) for word in ("ok", "FAILED", "skipped")}
    said = True
    if not options.word and not (options.write and counts["skipped"]):
        said = table.hold(done.results, done.facts, options.idle, options.write)
        counts["ok" if said else "FAILED"] += 1
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"\n{counts['ok']} passed, {counts['FAILED']} failed{skipped}")
    return 0 if counts["FAILED"] == 0 and done.results else 1


def verdict(work, stage):
    begin = time.monotonic()
    try:
        note = work(stage)
    except Skipped as reason:
        return "skipped", str(reason)
    except Exception:  # noqa: BLE001 a check may fail in any way, and the others still run
        return "FAILED", f"after {time.monotonic() - begin:.1f} s:\n{traceback.format_exc()}"
    return "ok", f"{note} ({time.monotonic() - begin:.1f} s)"


if __name__ == "__main__":
    sys.exit(main())
