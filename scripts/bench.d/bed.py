"""The bed on which programs are measured: ours and other people's, each in a process of its own, in turn.

A measure is one way to play something, and gives figures by name each time: seconds are called wall and cpu, MiB are
called rss and pss; what a program measures of itself has names of its own. A row sets one figure of ours beside one of
a peer.
"""

import contextlib
import dataclasses
import functools
import json
import os
import pty
import re
import select
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "interop.d"))
from bench import JAR, Ours, Skipped, node_modules, python_with  # noqa: E402,F401

PROGRAM = ROOT / "scripts" / "tgsession"
SIDES = ROOT / "scripts" / "bench.d" / "sides"
TELETHONS = ("1.37.0", "1.45.0")
# What keeps a Python from finding its modules compiled, or adds to what a program prints.
UNWELCOME = ("PYTHON", "JAVA_", "JDK_", "_JAVA", "NODE_", "MALLOC_")
LONGEST = 300
# Seconds after which a program that asked something does nothing any more.
REST = 1


@dataclasses.dataclass(frozen=True)
class Measure:
    """A way to play something; in a run it is played in each round, but at most so often."""

    name: str
    play: functools.partial
    most: int = 1000


@dataclasses.dataclass(frozen=True)
class Goal:
    """What the ratio is to be: ours to the peer's at most so much, or ours so many times as fast; and a ceiling of ours."""

    at_most: float = None
    times: float = None
    ceiling: float = None

    def met(self, ours, peer):
        return (not (self.at_most and ours > self.at_most * peer) and not (self.times and ours * self.times > peer)
                and not (self.ceiling and ours > self.ceiling))


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: a figure of ours beside that of a peer."""

    key: str
    work: str
    ours: tuple
    against: str
    peer: tuple
    goal: Goal = None
    unit: str = "ms"


def java_home(version):
    """The home of a Java of that version."""
    named = os.environ.get(f"JAVA{version}_HOME")
    places = [Path(named)] if named else sorted(Path("/usr/lib/jvm").glob(f"*{version}*"))
    for home in places:
        if (home / "bin" / "java").exists() and f' "{version}.' in java_says(home):
            return home
    raise Skipped(f"no Java {version}; JAVA{version}_HOME names one")


@functools.cache
def java_says(home):
    return subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr


@functools.cache
def make_archives(home):
    done = subprocess.run([ROOT / "scripts" / "make-archives", home / "bin" / "java"], env=clean(), capture_output=True,
                          text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)


@functools.cache
def python(library):
    """The Python that has this library, byte-compiled: without, the import of Telethon takes three times as long."""
    found = python_with(library)
    done = subprocess.run([found, "-m", "compileall", "-q", found.parent.parent / "lib"], env=clean(), check=False,
                          capture_output=True, text=True)
    if "SyntaxError" not in done.stdout and done.returncode:
        raise Skipped(f"{library} could not be compiled: {done.stdout[-300:]}{done.stderr[-300:]}")
    return found


def telethon(release):
    return python(f"telethon-{release}")


def clean(**more):
    """The environment without what would change how a peer or a Java starts."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(UNWELCOME) or re.fullmatch(r"JAVA\d+_HOME", name)}
    return {**kept, **more}


class Bed:
    """A folder to work in, our program, and what was measured."""

    def __init__(self, folder, closing):
        self.folder = folder
        # What is closed when all was measured.
        self.closing = closing
        self.ours = Ours(folder)
        self.env = {name: value for name, value in self.ours.env.items() if name in clean()} | {
            name: self.ours.env[name] for name in
            ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TG_API_ID", "TG_API_HASH")} | self.on_java(17)
        # Where the caches of packages are.
        self.home = os.environ.get("HOME", "")
        self.counter = 0

    def fresh(self, name):
        """A path in the folder that was not used before."""
        self.counter += 1
        return self.folder / f"{self.counter}-{name}"

    def on_java(self, version):
        """What makes our launcher take a Java of that version, with archives of its own as an installation has them."""
        make_archives(java_home(version))
        return {"JAVA_HOME": str(java_home(version))}

    @functools.cached_property
    def java(self):
        return java_home(17) / "bin" / "java"

    def compiled(self, *names):
        """The folder with the classes of these programs beside our jar."""
        target = self.folder / "classes"
        target.mkdir(exist_ok=True)
        done = subprocess.run([java_home(17) / "bin" / "javac", "-nowarn", "-cp", JAR, "-d", target,
                               *(SIDES / f"{name}.java" for name in names)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        return f"{JAR}:{target}"

    def whole(self, command, answers="", codes=(0,), env=None, cwd=None):
        """A program from its start to its end."""
        with open(self.folder / "said", "w+") as said, open(self.folder / "answers", "w+") as typed:
            typed.write(answers)
            typed.seek(0)
            begin = time.monotonic()
            child = subprocess.Popen([str(part) for part in command], cwd=cwd or self.folder, stdin=typed, stdout=said,
                                     stderr=subprocess.STDOUT, env={**self.env, **(env or {})})
            _, status, usage = os.wait4(child.pid, 0)
            took = time.monotonic() - begin
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read()
        if child.returncode not in codes:
            raise Ended(f"{' '.join(map(str, command))[:300]} ended with {child.returncode}: {words[-1500:]}")
        return {"wall": took, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss / 1024, "said": words}

    def of_itself(self, command, **more):
        """What a program says of itself, in its last line, as JSON."""
        return json.loads(self.whole(command, **more)["said"].strip().splitlines()[-1])

    def at_prompt(self, command, words, env=None):
        """Until these words stand on a terminal, and the memory of the program when it has come to rest; it is stopped
        there."""
        with Terminal(command, self.folder, {**self.env, **(env or {})}) as terminal:
            took = terminal.until(words)
            time.sleep(REST)
            return {"wall": took, **terminal.memory()}

    def conversation(self, command, turns, pause, env=None):
        """With a person at a terminal who takes a while for each answer: the seconds that the person waits, in all
        and after the last answer."""
        with Terminal(command, self.folder, {**self.env, **(env or {})}) as terminal:
            waits = []
            for words, answer in turns:
                waits.append(terminal.until(words))
                time.sleep(pause)
                terminal.type(answer)
            waits.append(terminal.until_end())
            return {"waits": sum(waits), "last": waits[-1], "rss": terminal.most_memory}


class Ended(Exception):
    """A program that is measured did not do its work."""


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, command, folder, env):
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(str(command[0]), [str(part) for part in command], {**env, "TERM": "xterm-256color"})
        self.begin = time.monotonic()
        self.seen = b""
        self.over = False
        self.most_memory = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.over:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.screen)

    def until(self, words):
        """Seconds since the start or the last answer until these words stand there."""
        while words not in self.seen:
            if not self._read():
                raise Ended(f"no {words!r}: {self.seen[-800:]!r}")
        return time.monotonic() - self.begin

    def type(self, answer):
        self.seen = b""
        self.begin = time.monotonic()
        os.write(self.screen, answer.encode() + b"\n")

    def until_end(self):
        while self._read():
            pass
        _, status, usage = os.wait4(self.pid, 0)
        self.over = True
        took = time.monotonic() - self.begin
        if os.waitstatus_to_exitcode(status):
            raise Ended(f"ended with {os.waitstatus_to_exitcode(status)}: {self.seen[-1500:]!r}")
        self.most_memory = usage.ru_maxrss / 1024
        return took

    def memory(self):
        """Resident memory in MiB, whole and with what is shared counted in parts."""
        roll = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return {name.lower(): int(re.search(rf"^{name}: +(\d+)", roll, re.MULTILINE)[1]) / 1024 for name in ("Rss", "Pss")}

    def _read(self):
        if not select.select([self.screen], [], [], 60)[0]:
            return False
        try:
            data = os.read(self.screen, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)


def play_all(measures, rounds, progress):
    """Medians of every figure of every measure: round by round, so that a busy moment of the machine falls on all."""
    played = {measure.name: [] for measure in measures}
    for number in range(rounds):
        for measure in measures:
            # The dear ones are spread over the run.
            if len(played[measure.name]) * rounds <= number * measure.most:
                progress(number, measure)
                played[measure.name].append(again_if_unlucky(measure))
    return {name: {figure: statistics.median(one[figure] for one in all_of_it)
                   for figure in all_of_it[0] if figure != "said"} for name, all_of_it in played.items()}


def again_if_unlucky(measure):
    """Telethon does not pad its key to 256 bytes: one exchange in 256 fails on its side, and is played again."""
    try:
        return measure.play()
    except Ended as e:
        if "new nonce hash" not in str(e):
            raise
        return measure.play()


def versions():
    """What is measured with what, for the head of the document."""
    def first_line(*command):
        if not shutil.which(command[0]):
            return "none"
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return ((done.stdout or done.stderr).splitlines() or [""])[0]

    processor = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    javas = []
    for version in (17, 25):
        with contextlib.suppress(Skipped):
            javas.append(java_says(java_home(version)).splitlines()[1].partition("(build")[2].strip(" )"))
    memory = int(re.search(r"MemTotal: +(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "machine": f"{os.cpu_count()} x {processor[1] if processor else os.uname().machine}, {memory:.0f} GiB, "
                   f"{os.uname().sysname} {os.uname().release.partition('-')[0]}",
        "java": ", ".join(javas),
        "python": sys.version.split()[0],
        "node": first_line("node", "--version").lstrip("v"),
        "openssl": first_line("openssl", "version").partition("(")[0].strip(),
        "commit": first_line("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
    }
