"""The workbench: our program, a running practice data centre, and other people's programs, each in its own process."""

import contextlib
import fcntl
import functools
import hashlib
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WORK = ROOT / "target" / "interop"
# Other people's programs, installed once for all runs; what is in it can be deleted at any time.
CACHE = Path(os.environ.get("TGSESSION_INTEROP_CACHE")
             or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tgsession-interop")
JAR = ROOT / "target" / "tgsession.jar"

OLD_SQLITE = "3.7.2"
# Words by which pip, npm, Go and Maven say that the registry could not be reached at all.
UNREACHABLE = re.compile(
    "NewConnectionError|ConnectTimeout|ReadTimeout|Name or service not known|Temporary failure in name resolution"
    "|ProxyError|Connection refused|Network is unreachable|Unknown host|No route to host|UnknownHostException"
    "|no such host|i/o timeout|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT", re.IGNORECASE
)


class Skipped(Exception):
    """A check that could not be made here, through no fault of ours."""


def run(command, *, stdin=None, timeout=120, cwd=None, env=None):
    """Runs a program to its end; the caller looks at returncode, stdout and stderr."""
    return subprocess.run(
        [str(part) for part in command], input=stdin, capture_output=True, text=True, timeout=timeout, cwd=cwd, env=env
    )


def fetch(command, **more):
    """Runs a program that fetches something from a package registry."""
    done = run(command, timeout=600, **more)
    if done.returncode != 0:
        said = done.stdout + done.stderr
        if UNREACHABLE.search(said):
            raise Skipped("package registry not reachable")
        raise AssertionError(f"{' '.join(map(str, command[:4]))} failed: {said[-1500:]}")


@contextlib.contextmanager
def made_once(name, *pins):
    """The folder of that name in the cache, for what these files pin, and whether it is still to be filled.

    One program at a time makes it: several runs, and several threads of one, share the cache.
    """
    digest = hashlib.sha256(sys.version.encode())
    for pin in pins:
        digest.update(pin.read_bytes())
    home = CACHE / f"{name}-{digest.hexdigest()[:8]}"
    home.parent.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = not (home / "complete").exists()
        if fresh:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
        yield home, fresh
        (home / "complete").touch()


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")


def go_builds(source, target):
    """Has Go build the program in a folder; the toolchain is the one that is installed."""
    needs("go")
    found = re.search(r"go1\.(\d+)", run(["go", "version"]).stdout)
    if not found or int(found[1]) < 21:
        raise Skipped("Go 1.21 is not installed")
    fetch(["go", "build", "-o", target, "."], cwd=source, env={**os.environ, "GOTOOLCHAIN": "local"})


def python_with(library):
    """The Python of an environment that holds this release of a library, such as telethon-1.45.0, made on first use."""
    pins = HERE / f"{library}.txt"
    with made_once(library, pins) as (home, fresh):
        python = home / "bin" / "python"
        if fresh:
            made = run([sys.executable, "-m", "venv", home], timeout=600)
            assert made.returncode == 0, made.stdout + made.stderr
            fetch([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", pins])
    return python


def telethon(version):
    return python_with(f"telethon-{version}")


def node_modules(client):
    """The folder of Node modules that a client's package-lock.json names, made on first use."""
    needs("node", "npm")
    source = HERE / "clients" / client
    pins = [source / "package.json", source / "package-lock.json"]
    with made_once(client, *pins) as (home, fresh):
        if fresh:
            for pin in pins:
                shutil.copy(pin, home)
            fetch(["npm", "ci", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", home])
    return home / "node_modules"


def gotd():
    """The program in clients/gotd, built on first use."""
    source = HERE / "clients" / "gotd"
    with made_once("gotd", *sorted(source.iterdir())) as (home, fresh):
        if fresh:
            go_builds(source, home / "client")
    return home / "client"


def old_sqlite():
    """The jar with SQLite of 2010."""
    with made_once(f"sqlite-jdbc-{OLD_SQLITE}") as (home, fresh):
        if fresh:
            fetch(["mvn", "-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                   f"-Dartifact=org.xerial:sqlite-jdbc:{OLD_SQLITE}", f"-DoutputDirectory={home}"])
    return home / f"sqlite-jdbc-{OLD_SQLITE}.jar"


def ask_telethon(version, **errand):
    """One errand for real Telethon.

    Telethon does not pad its key to 256 bytes: one exchange in 256 fails on its side. It says so, and then, and only
    then, the errand is given once more.
    """
    command = [telethon(version), HERE / "telethon_side.py", json.dumps(errand)]
    for attempt in (1, 2):
        done = run(command, cwd=WORK)
        if done.returncode == 0:
            return json.loads(done.stdout.splitlines()[-1])
        if attempt == 1 and "invalid new nonce hash" in done.stderr:
            continue
        raise AssertionError(f"Telethon {version} could not {errand['do']}: {done.stderr.strip()[-1500:]}")
    return None


def ask_old_sqlite(*files):
    """What SQLite of 2010 sees in these files, by the names that OldSqlite.java gives the facts."""
    done = run(["java", "-cp", old_sqlite(), HERE / "OldSqlite.java", *files])
    assert done.returncode == 0, done.stderr
    seen = []
    for line in done.stdout.splitlines():
        name, value = line.rsplit(" ", 1)
        if name == "file":
            seen.append({})
        else:
            seen[-1][name] = value
    return seen


@functools.cache
def forecast(*files):
    """What our program says that each era of Telethon does with these files, by file and first release of the era."""
    done = run(["java", "-cp", JAR, HERE / "Forecast.java", *files])
    assert done.returncode == 0, done.stderr
    said = {}
    for line in done.stdout.splitlines():
        file, era, opens, stamps, loses, remark = line.split("\t")
        letter = ("x" if opens == "false" else "E" if loses == "true" else "y") + ("s" if stamps == "true" else "")
        said[file, era] = {"letter": letter, "remark": remark}
    return said


def ask_telethon_of_files(version, **errand):
    """One errand with session files for a Telethon of any age, without network."""
    done = run([telethon(version), HERE / "telethon_files.py", json.dumps(errand)], cwd=WORK)
    assert done.returncode == 0, f"Telethon {version} could not {errand['do']}: {done.stderr.strip()[-1500:]}"
    return json.loads(done.stdout.splitlines()[-1])


def ask_pyrogram(library, **errand):
    """One errand for real Pyrogram or Kurigram."""
    done = run([python_with(library), HERE / "pyrogram_side.py", json.dumps(errand)], cwd=WORK)
    assert done.returncode == 0, f"{library} could not {errand['do']}: {done.stderr.strip()[-1500:]}"
    return json.loads(done.stdout.splitlines()[-1])


def ask_gramjs(version, **errand):
    """One errand for real GramJS."""
    done = run(["node", HERE / "gramjs_side.js", node_modules("gramjs"), json.dumps(errand)], cwd=WORK)
    assert done.returncode == 0, f"GramJS {version} could not {errand['do']}: {done.stderr.strip()[-1500:]}"
    return json.loads(done.stdout.splitlines()[-1])


PORTS = itertools.count(os.getpid() % 1000 * 10, 10)


def port_numbers():
    """Where to look for free ports: below 32768, as GramJS has no room for higher ones in its strings."""
    for number in itertools.islice(PORTS, 1200):
        yield 20010 + number % 12000


def free_ports(count):
    """The first of so many free ports in a row."""
    for first in port_numbers():
        try:
            for port in range(first, first + count):
                with socket.socket() as one:
                    one.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    raise Skipped("no free ports")


def server_socket():
    """A socket that listens on a free port."""
    for port in port_numbers():
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", port))
    raise Skipped("no free ports")


class Ours:
    """Our program, with a home of its own and the answers of a person on a pipe."""

    def __init__(self, folder):
        self.folder = folder
        home = folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        keep = {name: value for name, value in os.environ.items() if not name.startswith(("TG_", "API_", "TGSESSION_"))}
        self.env = {**keep, "HOME": str(home), "XDG_STATE_HOME": str(home), "XDG_CONFIG_HOME": str(home),
                    "TG_API_ID": "12345", "TG_API_HASH": "0123456789abcdef0123456789abcdef"}

    def run(self, *arguments, answers=(), codes=(0,)):
        """Runs the program with these answers, and demands one of these exit codes."""
        done = run([ROOT / "scripts" / "tgsession", *arguments], stdin="".join(f"{a}\n" for a in answers),
                   cwd=self.folder, env=self.env)
        assert done.returncode in codes, (
            f"tgsession {' '.join(map(str, arguments))}: exit {done.returncode}, due {codes}\n{done.stdout}{done.stderr}")
        return done

    def tgsession(self, *arguments, **more):
        """Runs the program; the answer is what it wrote."""
        return self.run(*arguments, **more).stdout

    def complaint(self, *arguments, code, **more):
        """Runs the program, which is to refuse with this exit code; the answer is what it says of it."""
        return self.run(*arguments, codes=(code,), **more).stderr

    def practice(self):
        return Practice(self, ("practice", "--key-out", "practice.pem", "--port", free_ports(6)))


class LiveTelethon:
    """A Telethon that has a session file open, and goes on when it is told to."""

    def __init__(self, version, **errand):
        self.process = subprocess.Popen(
            [telethon(version), HERE / "telethon_files.py", json.dumps(errand)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=WORK)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def says(self):
        line = self.process.stdout.readline()
        assert line, "the live Telethon ended: " + self.process.stderr.read()[-1500:]
        return json.loads(line)

    def goes_on(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.says()


class Practice:
    """A running `tgsession practice`."""

    def __init__(self, ours, command):
        self.process = subprocess.Popen(
            [ROOT / "scripts" / "tgsession", *map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, cwd=ours.folder, env=ours.env, start_new_session=True)
        self.pem_file = ours.folder / "practice.pem"
        self.lines = []
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()
        deadline = time.monotonic() + 60
        while not self._ready():
            assert self.process.poll() is None, "tgsession practice ended: " + "".join(self.lines)
            assert time.monotonic() < deadline, "tgsession practice did not start: " + "".join(self.lines)
            time.sleep(0.05)

    def _listen(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def _ready(self):
        return any(line.startswith("Log in: ") for line in list(self.lines))

    def address(self, dc):
        """Host and port of one of the five data centres."""
        for line in list(self.lines):
            found = re.match(r"data center (\d) +([\d.]+):(\d+)$", line)
            if found and int(found[1]) == dc:
                return found[2], int(found[3])
        raise AssertionError(f"no data center {dc} in: " + "".join(self.lines))

    @property
    def pem(self):
        return self.pem_file.read_text()

    def close(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
