"""A dyno as Heroku makes it: the slug that the buildpack builds of a clean export, a user without rights, 512 MB, a
terminal that nobody told its size. Everything in it is gone when it ends.

What can only be had as root (another user, the limit of memory) is done where we are root, and said where we are not.
"""

import codecs
import contextlib
import fcntl
import functools
import hashlib
import os
import pty
import re
import select
import shutil
import stat
import subprocess
import tempfile
import termios
import threading
import time
import zipfile
from pathlib import Path

from bench import ROOT, UNREACHABLE, WORK, Skipped, fetch, free_ports, run

LIMIT = 512 * 1024 * 1024
# What the buildpack's script exports at the start of a dyno with 512 MB.
JAVA_OPTS = f"-Dfile.encoding=UTF-8 -XX:MaxRAM={LIMIT} -Xmx300m -Xss512k -XX:CICompilerCount=2"
# The releases of Maven that the buildpack falls back to, and that Debian has.
MAVENS = ("3.9.4", "3.8.7")
NOBODY = 65534
# How bash asks for a command there.
PROMPT = r"bash-[\d.]+[$#] "
ADDON_WORDS = re.compile(r"<groupId>org\.postgresql|postgresql|pgjdbc-ng")


@functools.cache
def root():
    """Whether we may become another user."""
    return os.geteuid() == 0 and run(["setpriv", f"--reuid={NOBODY}", "--clear-groups", "true"]).returncode == 0


def as_nobody():
    """What to put before a command that is to have no rights."""
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"] if root() else []


def certify(name):
    """A key and a certificate for this machine that signs itself, NAME.key and NAME.crt."""
    done = run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                f"{name}.key", "-out", f"{name}.crt"])
    assert done.returncode == 0, done.stderr


def copied(tree, target):
    """A copy that takes no room where links can be made."""
    if run(["cp", "-al", tree, target]).returncode != 0:
        shutil.rmtree(target, ignore_errors=True)
        done = run(["cp", "-a", tree, target])
        assert done.returncode == 0, done.stderr


# --- the slug ---------------------------------------------------------------------------------------------------------


def maven(version):
    """The mvn of that release, fetched from Maven Central on first use."""
    home = WORK / f"apache-maven-{version}"
    if not (home / "bin" / "mvn").exists():
        fetch(["mvn", "-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
               f"-Dartifact=org.apache.maven:apache-maven:{version}:tar.gz:bin", f"-DoutputDirectory={WORK}"])
        archive = WORK / f"apache-maven-{version}-bin.tar.gz"
        unpacked = run(["tar", "-xzf", archive, "-C", WORK])
        assert unpacked.returncode == 0, unpacked.stderr
        archive.unlink()
    return home / "bin" / "mvn"


def repository():
    """A repository of the rehearsal's own, so that `install` leaves nothing in a person's. It begins with what is there."""
    ours, theirs = WORK / "dyno-m2", Path.home() / ".m2" / "repository"
    if not ours.exists() and theirs.is_dir():
        begun = WORK / f"dyno-m2.{os.getpid()}"
        # Where no links can be made, Maven fetches what it needs.
        if run(["cp", "-al", theirs, begun]).returncode == 0:
            shutil.rmtree(begun / "dev" / "tgsession", ignore_errors=True)
            begun.rename(ours)
        else:
            shutil.rmtree(begun, ignore_errors=True)
    return ours


def state():
    """The commit that holds what is here: the last one, or one for what has been changed since in files git knows."""
    if not ((ROOT / ".git").exists() and shutil.which("git")):
        return None
    changed = run(["git", "stash", "create"], cwd=ROOT).stdout.strip()
    return run(["git", "rev-parse", changed or "HEAD"], cwd=ROOT).stdout.strip()


def export(target):
    """A clean tree without .git."""
    target.mkdir(parents=True)
    commit = state()
    if commit:
        done = run(["sh", "-c", 'git archive "$0" | tar -x -C "$1"', commit, target], cwd=ROOT)
        assert done.returncode == 0, done.stderr
    else:
        shutil.copytree(ROOT, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("target", ".git", "*.session"))
    assert not (target / ".git").exists()
    # Removed before the build, as Heroku does.
    for pattern in (target / ".slugignore").read_text().split():
        for found in target.glob(pattern.lstrip("/") if pattern.startswith("/") else f"**/{pattern}"):
            shutil.rmtree(found) if found.is_dir() else found.unlink()


def digest(tree):
    """What is in a tree, in one word."""
    everything = hashlib.sha256()
    for file in sorted(tree.rglob("*")):
        if file.is_file():
            everything.update(f"{file.relative_to(tree)} {file.stat().st_mode & 0o111} ".encode())
            everything.update(hashlib.sha256(file.read_bytes()).digest())
    return everything.hexdigest()


class Slug:
    """The tree after the buildpack's own command. Nobody can write to it."""

    def __init__(self, version):
        """Builds it with that Maven, which wants the network the first time; what is built already is taken."""
        self.tree = WORK / f"slug-{version}"
        self.jar = self.tree / "target" / "tgsession.jar"
        note = WORK / f"slug-{version}.built"
        fresh = WORK / f"slug-{version}.tree"
        shutil.rmtree(fresh, ignore_errors=True)
        export(fresh)
        content = digest(fresh)
        if note.exists() and self.jar.exists():
            known, seconds = note.read_text().split()
            if known == content:
                self.note = f"Maven {version}, {seconds} s, {self.jar.stat().st_size / 1e6:.1f} MB"
                shutil.rmtree(fresh)
                return
        note.unlink(missing_ok=True)
        if self.tree.exists():
            run(["chmod", "-R", "u+w", self.tree])
            shutil.rmtree(self.tree)
        fresh.rename(self.tree)
        assert not ADDON_WORDS.search((self.tree / "pom.xml").read_text()), "a word in the pom would order a database"
        begin = time.monotonic()
        done = run([maven(version), f"-Dmaven.repo.local={repository()}",
                    "-DoutputFile=target/mvn-dependency-list.log", "-B", "-DskipTests", "clean", "dependency:list",
                    "install"], cwd=self.tree, stdin="", timeout=900,
                   env={"PATH": os.environ["PATH"], "HOME": str(WORK), "JAVA_HOME": java_home(),
                        "MAVEN_OPTS": "-Xmx1024m"})
        said = done.stdout + done.stderr
        if done.returncode != 0 and UNREACHABLE.search(said):
            raise Skipped("package registry not reachable")
        assert done.returncode == 0 and self.jar.exists(), said[-2500:]
        assert (self.tree / "target" / "mvn-dependency-list.log").exists(), "the list of dependencies is missing"
        run(["chmod", "-R", "a-w,a+rX", self.tree])
        seconds = f"{time.monotonic() - begin:.0f}"
        note.write_text(f"{content} {seconds}\n")
        self.note = f"Maven {version}, {seconds} s, {self.jar.stat().st_size / 1e6:.1f} MB"


@functools.cache
def java_home():
    """The Java that system.properties names, as far as this machine has it; else the one that is found."""
    named = os.environ.get("JAVA_HOME")
    if named and Path(named, "bin", "java").exists():
        return named
    return str(Path(shutil.which("java")).resolve().parents[1])


# --- memory -----------------------------------------------------------------------------------------------------------


class Memory:
    """The 512 MB of a dyno, as a control group of the kernel; where none can be made, only measured."""

    def __init__(self):
        self.group, self.kind = None, "measured only"
        self.largest = 0
        if not root():
            return
        own = dict(line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text().splitlines())
        name = f"tgsession-dyno-{os.getpid()}"
        tries = [
            ("memory.limit_in_bytes", Path("/sys/fs/cgroup/memory" + own.get("memory", "/")), "cgroup v1"),
            ("memory.max", Path("/sys/fs/cgroup" + own.get("", "/")), "cgroup v2"),
        ]
        for limit, parent, kind in tries:
            group = parent / name
            try:
                group.mkdir()
            except OSError:
                continue
            try:
                (group / limit).write_text(str(LIMIT))
                self.group, self.kind = group, kind
                return
            except OSError:
                group.rmdir()

    def around(self, command):
        """The same command, started inside."""
        if not self.group:
            return command
        return ["sh", "-c", 'echo 0 >"$0" && exec "$@"', str(self.group / "cgroup.procs"), *command]

    def wait(self, process):
        """Waits for its end, and keeps the largest resident set of it and all that it waited for."""
        deadline = time.monotonic() + 180
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                process.kill()
                raise AssertionError("it does not end")
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.largest = max(self.largest, usage.ru_maxrss * 1024)

    def words(self):
        said = f"largest process {self.largest / 1024 / 1024:.0f} MB, {self.kind}"
        for peak in ("memory.max_usage_in_bytes", "memory.peak"):
            if self.group and (self.group / peak).exists():
                said += f", peak of all with the files they read {int((self.group / peak).read_text()) / 1024 / 1024:.0f} MB"
        return said

    def close(self):
        if self.group:
            with contextlib.suppress(OSError):
                self.group.rmdir()


# --- whoever looks at the list of processes ---------------------------------------------------------------------------


class Watch:
    """A neighbour who reads the command lines of everybody, all the time. Those of the dynos he knows by their folder."""

    def __init__(self, folder):
        self.folder = str(folder)
        self.seen = set()
        self.of_dynos = set()
        self.looks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self):
        while not self._stop.is_set():
            for process in os.listdir("/proc"):
                if process.isdigit():
                    with contextlib.suppress(OSError):
                        self._note(process)
            self.looks += 1
            self._stop.wait(0.002)

    def _note(self, process):
        line = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        self.seen.add(line)
        if os.readlink(f"/proc/{process}/cwd").startswith(self.folder):
            self.of_dynos.add(line)

    def close(self):
        self._stop.set()
        self._thread.join()


# --- a dyno -----------------------------------------------------------------------------------------------------------


class Dyno:
    """A folder of the app's, a user without rights, and the variables of a dyno. Used in a with; then all of it is gone."""

    count = 1000

    def __init__(self, slug, memory, folder, process="run", variables=None):
        Dyno.count += 1
        self.memory = memory
        self.name = f"{process}.{Dyno.count if process == 'run' else 1}"
        self.home = folder / f"app-{Dyno.count}"
        # The files of the slug can be read by everybody and written by nobody; only the folder itself is the user's.
        copied(slug.tree, self.home)
        self.home.chmod(0o755)
        if root():
            os.chown(self.home, NOBODY, NOBODY)
        self.logs = ""
        self.tmp = folder / f"tmp-{Dyno.count}"
        self.tmp.mkdir()
        self.tmp.chmod(0o777)
        self.environment = {
            "DYNO": self.name, "PORT": "34567", "HOME": str(self.home), "PWD": str(self.home),
            "PATH": f"{java_home()}/bin:/usr/local/bin:/usr/bin:/bin", "JAVA_HOME": java_home(), "LD_LIBRARY_PATH": "",
            "JAVA_OPTS": JAVA_OPTS + f" -Djava.io.tmpdir={self.tmp}",
            **({} if process == "run" else {"JAVA_TOOL_OPTIONS": JAVA_OPTS}),
            **(variables or {}),
        }

    def command(self, *words):
        """As the platform starts a command: bash reads .profile first."""
        line = ["bash", "-c", '. "$HOME/.profile"; exec "$@"', "bash", *map(str, words)]
        return self.memory.around([*as_nobody(), *line])

    def run(self, *words, answers="", code=0):
        """A process without a terminal, as web and worker are; what it says goes to the logs."""
        with tempfile.TemporaryFile("w+") as stdin, tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            stdin.write(answers)
            stdin.seek(0)
            started = subprocess.Popen(self.command(*words), stdin=stdin if answers else subprocess.DEVNULL, stdout=out,
                                       stderr=err, cwd=self.home, env=self.environment)
            self.memory.wait(started)
            out.seek(0)
            err.seek(0)
            output, error = out.read(), err.read()
        self.logs += output + error
        assert started.returncode == code, f"{words}: exit {started.returncode}, due {code}\n{output}{error}"
        return output, error

    def console(self):
        return Console(self)

    def file(self, name):
        return self.home / name

    def own_files(self):
        """What the dyno's user has written, by name."""
        owner = NOBODY if root() else os.geteuid()
        found = {}
        for file in self.home.rglob("*"):
            status = file.lstat()
            if stat.S_ISREG(status.st_mode) and status.st_uid == owner and status.st_mode & stat.S_IWUSR:
                found[str(file.relative_to(self.home))] = file
        return found

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The files are the slug's, and stay as they are; only folders have to let go of them.
        for folder, _, _ in os.walk(self.home):
            os.chmod(folder, 0o755)
        shutil.rmtree(self.home)
        shutil.rmtree(self.tmp, ignore_errors=True)


class Console:
    """A person at the console of a dashboard: a terminal of 0 x 0 without a TERM, and bash in it."""

    def __init__(self, dyno):
        self.dyno = dyno
        self.master, slave = pty.openpty()
        assert fcntl.ioctl(slave, termios.TIOCGWINSZ, bytes(8)) == bytes(8), "the window has a size"

        if root():
            os.fchown(slave, NOBODY, NOBODY)
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *dyno.command("bash", "--norc", "-i")], stdin=slave, stdout=slave, stderr=slave,
            cwd=dyno.home, env=dyno.environment)
        os.close(slave)
        self.shown = ""
        self.place = 0
        self._news = threading.Condition()
        self._unplugged = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while not self._unplugged.is_set():
            if not select.select([self.master], [], [], 0.1)[0]:
                continue
            try:
                some = os.read(self.master, 65536)
            except OSError:
                some = b""
            with self._news:
                self.shown += decoder.decode(some)
                self._news.notify_all()
            if not some:
                return

    def expect(self, words, timeout=90):
        """Waits until this shows, after everything expected before."""
        end = time.monotonic() + timeout
        with self._news:
            while True:
                found = re.compile(words).search(self.shown, self.place)
                if found:
                    self.place = found.end()
                    return found
                left = end - time.monotonic()
                assert left > 0 and self._reader.is_alive(), f"{words!r} did not show; the console:\n{self.shown}"
                self._news.wait(min(left, 1))

    def type(self, text):
        """Presses keys, in portions that a terminal takes; Enter is a carriage return."""
        data = text.encode()
        for start in range(0, len(data), 512):
            os.write(self.master, data[start:start + 512])

    def line(self, text):
        self.type(text + "\r")

    def since(self, place):
        with self._news:
            return self.shown[place:]

    def leave(self, code=0):
        """Leaves bash when it is there again; the exit code is that of the last command."""
        self.expect(PROMPT)
        self.line("exit")
        self.dyno.memory.wait(self.process)
        self._reader.join(10)
        os.close(self.master)
        assert self.process.returncode == code, f"exit {self.process.returncode}, due {code}; the console:\n{self.shown}"
        return self.shown

    def hang_up(self):
        """The browser is closed: the terminal goes away, and the kernel says so to all who are on it."""
        self._unplugged.set()
        self._reader.join()
        os.close(self.master)
        self.dyno.memory.wait(self.process)


# --- a database beside it ---------------------------------------------------------------------------------------------


class Postgres:
    """A PostgreSQL server with a password and TLS, as an add-on has it. Its programs are those that the tests use."""

    def __init__(self, folder, password):
        programs = self._programs()
        self.folder = folder / "postgres"
        data, secret, log = self.folder / "data", self.folder / "password", self.folder / "log"
        self.folder.mkdir()
        secret.write_text(password)
        certify(self.folder / "server")
        if root():
            run(["chown", "-R", str(NOBODY), self.folder])
        made = run([*as_nobody(), programs / "initdb", "-D", data, "-U", "app", "-A", "scram-sha-256",
                    f"--pwfile={secret}", "-E", "UTF8", "--no-locale", "-N"], cwd="/")
        assert made.returncode == 0, made.stdout + made.stderr
        port = free_ports(1)
        with open(log, "w") as said:
            self.process = subprocess.Popen(
                [*as_nobody(), programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", "", "-F",
                 "-c", "ssl=on", "-c", f"ssl_cert_file={self.folder}/server.crt",
                 "-c", f"ssl_key_file={self.folder}/server.key"],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/")
        deadline = time.monotonic() + 60
        while "ready to accept connections" not in log.read_text():
            assert self.process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        self.url = f"postgres://app:{password}@127.0.0.1:{port}/postgres"

    @staticmethod
    def _programs():
        """Those of the artifact that pom.xml names for this machine, fetched and unpacked on first use."""
        version = re.search(r"<pg-server.version>(.+)</pg-server.version>", (ROOT / "pom.xml").read_text())[1]
        machine = {"x86_64": "amd64", "aarch64": "arm64v8"}.get(os.uname().machine)
        if os.uname().sysname != "Linux" or not machine or not shutil.which("xz"):
            raise Skipped("no PostgreSQL server can be had here")
        name = f"embedded-postgres-binaries-linux-{machine}"
        # Another user has to get there, who may not be let into a home.
        home = Path(tempfile.gettempdir()) / f"tgsession-postgres-{version}-{os.geteuid()}"
        if not (home / "complete").exists():
            fetch(["mvn", "-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                   f"-Dartifact=io.zonky.test.postgres:{name}:{version}", f"-DoutputDirectory={WORK}"])
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(mode=0o755)
            with zipfile.ZipFile(WORK / f"{name}-{version}.jar") as jar:
                (packed,) = (entry for entry in jar.namelist() if entry.endswith(".txz"))
                jar.extract(packed, home)
            done = run(["tar", "-xJf", home / packed, "-C", home])
            assert done.returncode == 0, done.stderr
            run(["chmod", "-R", "go+rX", home])
            (home / "complete").touch()
        return home / "bin"

    def close(self):
        self.process.terminate()
        self.process.wait(30)
