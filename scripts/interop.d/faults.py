"""What tgsession and other people's libraries do when a server does wrong: each fault and each library has a practice data
centre of its own, `tgsession practice --fault NAME`, and logs in there by phone.

Holds docs/faults.md against what was seen, or writes its tables anew. All traffic stays on the loopback interface; the
libraries are those of scripts/interop, and are installed the same way. With --ours only our own program is asked.
"""

import argparse
import concurrent.futures
import dataclasses
import datetime
import difflib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import methods
from bench import ROOT, WORK, Ours, Practice, Skipped, free_ports, run
from table import rows, undated

PAGE = ROOT / "docs" / "faults.md"
BY_HAND = "\n## Further faults\n"
PHONE, CODE = "+9996620001", "22222"
US = "tgsession"

# By name: what a client has to do about it that knows the rules of the protocol.
STOP = {
    "res-pq-nonce": "stop, send nothing",
    "dh-nonce": "stop",
    "dh-inner-nonce": "stop",
    "dh-hash": "stop",
    "dh-padding": "stop",
    "ga-end": "stop",
    "ga-small": "stop",
    "prime-composite": "stop",
    "g-residue": "stop",
    "g-eight": "stop",
    "gen-hash": "stop",
    "gen-fail": "stop",
    "params-fail": "stop",
    "session-id": "ignore it",
    "message-key": "ignore it, hang up",
    "message-id-even": "ignore it",
    "message-id-old": "ignore it",
    "message-id-ahead": "ignore it, if its clock is right",
    "length-large": "ignore it, hang up",
    "padding-short": "ignore it",
    "padding-long": "ignore it",
}
LIVE = {
    "prime-other": "check the prime and take it, or take the known one only",
    "gen-retry": "try once more, or begin anew",
    "exchange-cut": "begin anew, not for ever",
    "twice": "ignore the second, go on",
}
LOST = "key-lost"
# Scenarios, in which nothing is wrong at all.
HARMLESS = ("container", "container-deep", "gzip-result", "gzip-message", "salt-5", "late", "late-unacked", "dup-answer",
            "dup-answer-new-id", "update-flood")

REFUSED, ACCEPTS, NOT_REACHED, IN, OUT = "refused", "**ACCEPTS**", "not reached", "logs in", "does not log in"

DONE = ": the fault is done, on connection"
OVER = re.compile(r": connection \d+ is over; after the fault (.+)$")
# What the server says of a client that goes on with a key that never came about.
STRANGE_KEY = "came with a key that this server does not know"
# With g_a = p - 1 a careless client and the server have the same key every second time.
BY_CHANCE = {"ga-end": 6}

# How long somebody may say nothing once the fault was done, or at all, in seconds.
AFTER_THE_FAULT, AT_ALL = 20, 60
# Programs at a time, waiting or not; and for how long one that begins keeps others from beginning.
AT_A_TIME, BEGINNING = 14, 6


@dataclasses.dataclass
class Seen:
    """What came of one meeting."""

    logged_in: bool
    reached: bool
    words: str
    # Of tgsession only: exit code, and whether a session file was there at the end.
    code: int = None
    file: bool = False
    after: tuple = ()
    strange_key: bool = False


class Meeting:
    """A practice data centre that does one thing wrong, and somebody who comes to log in."""

    def __init__(self, folder, name):
        folder.mkdir(parents=True)
        self.name = name
        self.folder = folder
        self.ours = Ours(folder)
        how = "--scenario" if name in (*HARMLESS, LOST) else "--fault"
        self.practice = Practice(self.ours, ("practice", "--key-out", "practice.pem", "--port", free_ports(6), how, name))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.practice.close()

    def seen(self, logged_in, words, **more):
        lines = list(self.practice.lines)
        return Seen(logged_in, any(DONE in line for line in lines), words,
                    strange_key=any(STRANGE_KEY in line for line in lines),
                    after=tuple(found[1] for found in map(OVER.search, lines) if found), **more)

    def with_us(self):
        host, port = self.practice.address(2)
        done = run([ROOT / "scripts" / "tgsession", "login", "anna", "--server", f"{host}:{port}", "--server-key",
                    self.practice.pem_file], stdin=f"{PHONE}\n{CODE}\n", cwd=self.folder, env=self.ours.env)
        self.settle()
        files = [file.name for file in self.folder.iterdir() if file.name not in ("home", "practice.pem")]
        return self.seen(done.returncode == 0, done.stderr, code=done.returncode, file=bool(files))

    def settle(self):
        """The server hears a moment later that nobody is there any more."""
        wait(lambda: sum(DONE in line for line in list(self.practice.lines))
             <= sum(bool(OVER.search(line)) for line in list(self.practice.lines)), 10)

    def with_library(self, client, busy):
        dcs = {str(dc): self.practice.address(dc) for dc in range(1, 6)}
        errand = {"way": "phone", "transport": client.transports[0], "dcs": dcs, "idle": 0,
                  "key": methods.key_in(self.practice.pem), "store": str(self.folder / "store"),
                  "answers": {"phone": [PHONE] * 2, "code": [CODE] * 2, "password": []}}
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as told:
            process = subprocess.Popen([str(part) for part in client.start()], stdin=subprocess.PIPE, stdout=told,
                                       stderr=said, text=True, cwd=self.folder)
            try:
                process.stdin.write(json.dumps(errand))
                process.stdin.close()
                wait(lambda: process.poll() is not None, BEGINNING)
                busy.release()
                # One that was let in goes at once; one that waits for a better answer waits for ever.
                wait(lambda: process.poll() is not None or self.is_reached(), AT_ALL)
                wait(lambda: process.poll() is not None, AFTER_THE_FAULT)
            finally:
                process.kill()
                process.wait()
            self.settle()
            said.seek(0)
            told.seek(0)
            events = [json.loads(line) for line in told if line.startswith('{"')]
            return self.seen(any(event["event"] == "done" for event in events), said.read())

    def is_reached(self):
        return any(DONE in line for line in list(self.practice.lines))


def wait(over, seconds):
    end = time.monotonic() + seconds
    while not over() and time.monotonic() < end:
        time.sleep(0.1)


class Everybody:
    """All that meet, several at a time."""

    def __init__(self, folder):
        self.folder = folder
        self.numbers = iter(range(1_000_000))
        self.lock = threading.Lock()

    def meet(self, client, name):
        """One meeting; as many as it takes where a careless client gets in by chance."""
        for _ in range(BY_CHANCE.get(name, 1) if client else 1):
            seen = self.once(client, name)
            unlucky = methods.UNLUCKY in seen.words and name != "gen-hash"
            # Where nothing is wrong, or nothing was done yet, a busy machine may be the reason: that counts the second time.
            if client and not seen.logged_in and (unlucky or not seen.reached or name not in STOP):
                seen = self.once(client, name)
            if seen.logged_in or not any("set_client_DH_params" in text for text in seen.after):
                break
        return seen

    def once(self, client, name):
        with self.lock:
            folder = self.folder / f"{next(self.numbers)}-{name}"
        released = Once(methods.BUSY)
        try:
            with Meeting(folder, name) as meeting:
                return meeting.with_library(client, released) if client else meeting.with_us()
        finally:
            released.release()

    def all(self, pairs, tell):
        seen = {}
        with concurrent.futures.ThreadPoolExecutor(max_workers=AT_A_TIME) as pool:
            work = {pool.submit(self.meet, client, name): (str(client or US), name) for client, name in pairs}
            for each in concurrent.futures.as_completed(work):
                seen[work[each]] = each.result()
                tell(*work[each], seen[work[each]])
        return seen


class Once:
    """A place among the busy, given back once."""

    def __init__(self, busy):
        self.busy = busy
        self.held = True
        busy.acquire()

    def release(self):
        if self.held:
            self.held = False
            self.busy.release()


# --- the page ---------------------------------------------------------------------------------------------------------


def verdict(name, seen):
    """What stands in the table."""
    if name not in STOP:
        return IN if seen.logged_in else OUT
    if seen.logged_in and not seen.reached:
        return NOT_REACHED
    # A key that the server has refused to make, and is used all the same.
    return ACCEPTS if seen.logged_in or seen.strange_key else REFUSED if seen.reached else NOT_REACHED


def step(seen):
    """The step of a check that failed; else what was said."""
    found = re.search(r"error: (.*)", seen.words)
    if not found:
        return "-"
    check = re.search(r"\(((?:key exchange, \w+)|encrypted message): (.*)\)\.?$", found[1])
    return check[1] if check else re.sub(r"127\.0\.0\.1:\d+", "ADDRESS", found[1])


def afterwards(seen):
    packets = {text for text in seen.after}
    return "-" if not packets else "; ".join(sorted(re.sub(r"\d+ packets? came", "came", text) for text in packets))


LIBRARIES = [client for client in methods.ALL if str(client) in (
    "Telethon 1.37.0", "Telethon 1.45.0", "GramJS 2.26.22", "mtcute 0.30.3", "Pyrogram 2.0.106", "gotd 0.93.0")]


def stories():
    """Name and story of everything that the practice servers can do."""
    listed = run([ROOT / "scripts" / "tgsession", "practice", "--list"]).stdout
    return dict(re.findall(r"(?m)^([a-z][a-z0-9-]+) {2,}(.+)$", listed)) | {
        "salt-5": "refuses the first 5 salts, with a new one each time"}


def code(seen):
    return f"`{seen.code}`" if seen.code is not None else "-"


def our_details(ours):
    yield from rows(("fault", "exit code", "names", "connections with the fault", "after it", "file left"),
                    ((f"`{name}`", code(ours[name]), step(ours[name]), str(len(ours[name].after)),
                      afterwards(ours[name]), "yes" if ours[name].file else "no") for name in (*STOP, *LIVE, LOST)))


def cells(seen, names):
    """For each name the cells of the table, ours first."""
    told = stories()
    for name in names:
        yield (f"`{name}`", told[name].partition("; nothing is wrong")[0], {**STOP, **LIVE}.get(name, "log in"),
               *(verdict(name, seen[str(client or US), name]) for client in (None, *LIBRARIES)))


def page(seen):
    head = ("fault", "the server", "a careful client must", US, *map(str, LIBRARIES))
    ours = {name: seen[US, name] for name in (*STOP, *LIVE, LOST)}
    yield "# What a server that does wrong gets away with"
    yield ""
    yield "Each fault is one that `tgsession practice --fault NAME` makes on purpose, so any client can be sent through it. Here"
    yield "each library logs in by phone, and so does the packaged tgsession, each at a server of its own."
    yield ""
    yield f"Written on {datetime.date.today().isoformat()} by `scripts/faults --write`. `scripts/interop` holds what it says of"
    yield "tgsession against what tgsession does, and `NamedFaultsTest` holds the same through our own library, byte by byte."
    yield ""
    yield "## What a client has to notice"
    yield ""
    yield from rows(head, cells(seen, STOP))
    yield ""
    yield f"- `{REFUSED}`: the fault was done, and the library does not get in."
    yield f"- {ACCEPTS}: the fault was done, and the library logs in, or uses a key that the server has refused to make."
    yield f"- `{NOT_REACHED}`: the library did not come as far as the fault."
    yield ""
    yield "This shows which checks a library makes in a login, and not that one can be robbed: for most of them somebody would"
    yield "need the server's key as well."
    yield ""
    yield "## What a client may live with"
    yield ""
    yield from rows(head, cells(seen, LIVE))
    yield ""
    yield "Nothing at all is wrong in these scenarios, which `tgsession practice --scenario NAME` plays."
    yield ""
    yield from rows(("scenario", *head[1:]), cells(seen, HARMLESS))
    yield ""
    yield "## What tgsession does, in detail"
    yield ""
    yield "Exit code 9 says that the server failed a security check. After the fault: what the server still heard on the same"
    yield "connection. A name in the third column is the step at which the login ended, as the message gives it. The last row is a"
    yield f"scenario: `{LOST}` {stories()[LOST]}."
    yield ""
    yield from our_details(ours)


def by_hand():
    text = PAGE.read_text() if PAGE.exists() else ""
    return BY_HAND + text.partition(BY_HAND)[2]


def hold(lines, there):
    """Whether the page says what was seen."""
    lines, there = undated("\n".join(lines)).splitlines(), undated(there).splitlines()
    if lines == there:
        return True
    print("\n".join(difflib.unified_diff(there, lines, "docs/faults.md", "seen", lineterm="")))
    return False


def our_part(text):
    """Of the page, what is said of tgsession: the name and our cell of every row, and the details."""
    tables, _, details = text.partition("\n## What tgsession does, in detail\n")
    for line in tables.splitlines():
        found = line.split(" | ")
        if line.startswith("| `"):
            yield found[0].strip("| ") + " " + found[3].rstrip(" |")
    yield from (line for line in details.partition(BY_HAND)[0].splitlines() if line.startswith("| `"))


def our_lines(seen):
    for name in (*STOP, *LIVE, *HARMLESS):
        yield f"`{name}` " + verdict(name, seen[US, name])
    yield from list(our_details({name: seen[US, name] for name in (*STOP, *LIVE, LOST)}))[2:]


def ours_is_as_the_page_says(folder):
    """Only our own program, through every fault."""
    seen = Everybody(folder).all([(None, name) for name in (*STOP, *LIVE, LOST, *HARMLESS)], lambda *_: None)
    return hold(list(our_lines(seen)), "\n".join(our_part(PAGE.read_text()))), len(seen)


def lane_check(stage):
    """The same, as one check of scripts/interop."""
    good, count = ours_is_as_the_page_says(stage.folder / "faults")
    assert good, "docs/faults.md says something else; if it should not, run scripts/faults --write"
    return f"{count} faults and scenarios"


def main():
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("--ours", action="store_true", help="only tgsession: compare what the page says of it")
    parser.add_argument("--write", action="store_true", help="write docs/faults.md")
    parser.add_argument("word", nargs="*", help="only the faults, or libraries, with one of these words; prints what it saw")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    run([ROOT / "scripts" / "tgsession", "--version"], timeout=600)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-", dir=WORK) as folder:
        if options.ours:
            good, count = ours_is_as_the_page_says(Path(folder))
            print(f"{'ok' if good else 'FAILED'}: {count} faults and scenarios, {time.monotonic() - begin:.0f} s")
            return 0 if good else 1
        pairs = [(client, name) for name in (*STOP, *LIVE, *HARMLESS) for client in (*LIBRARIES, None)] + [(None, LOST)]
        pairs = [(client, name) for client, name in pairs
                 if not options.word or any(word in f"{client or US} {name}" for word in options.word)]
        try:
            for client in LIBRARIES:
                client.start()
        except Skipped as reason:
            print(f"not installed: {reason}")
            return 1

        def tell(who, name, seen):
            print(f"{who:18}{name:20}{verdict(name, seen):18}{step(seen) if seen.code is not None else ''}", flush=True)
            if options.word and not seen.logged_in:
                print("    " + seen.words.strip()[-1200:].replace("\n", "\n    "), "\n    after:", "; ".join(seen.after))

        seen = Everybody(Path(folder)).all(pairs, tell)
    print(f"{len(seen)} meetings, {time.monotonic() - begin:.0f} s")
    if options.word:
        return 0
    if options.write:
        PAGE.write_text("\n".join(page(seen)) + "\n" + by_hand())
        return 0
    return 0 if hold(list(page(seen)), PAGE.read_text().partition(BY_HAND)[0].rstrip("\n")) else 1


if __name__ == "__main__":
    sys.exit(main())
