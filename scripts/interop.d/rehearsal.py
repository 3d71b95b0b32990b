"""The rehearsal of a dyno: logs in on one, gets the session out before it dies, brings it to the next, and lets real
Telethon go on with it. What must never be seen is searched for wherever a stranger may look.
"""

import base64
import functools
import itertools
import json
import os
import re
import secrets
import shutil
import socket
import sqlite3
import stat
import subprocess
import tempfile
from pathlib import Path

import bucket
import dyno
from bench import HERE, Ours, Skipped, ask_telethon, python_with, run
from dyno import Dyno, Memory, Postgres, Slug, Watch

# An account of the practice servers with a password that stands nowhere else.
PHONE, CODE, PASSWORD = "+9996620102", "22222", "  grüße aus 東京 "
FILE = "login.practice.session"
TELETHON = "1.45.0"


class Rehearsal:
    """What all scenes share: the slug, the limit of memory, the practice servers, and the neighbour who looks."""

    def __init__(self, folder):
        self.ours = Ours(folder)
        # Everybody has to be able to go through it.
        self.folder = Path(tempfile.mkdtemp(prefix="tgsession-dyno-"))
        self.folder.chmod(0o755)
        self.memory = Memory()
        self.watch = Watch(self.folder)
        self.secrets = {"the password": PASSWORD.strip()}
        # Where secrets may not be, by name of the place.
        self.places = {}
        self.screens = {}
        self.numbers = itertools.count()

    @functools.cached_property
    def slug(self):
        return Slug(dyno.MAVENS[0])

    @functools.cached_property
    def practice(self):
        return self.ours.practice()

    def dyno(self, process="run", **variables):
        """A new one, with the config vars of the app."""
        api_hash = self.secret("the api_hash", lambda: secrets.token_hex(16))
        born = Dyno(self.slug, self.memory, self.folder, process,
                    {"TG_API_ID": "12345", "TG_API_HASH": api_hash, **variables})
        shutil.copy(self.practice.pem_file, born.file("practice.pem"))
        born.file("practice.pem").chmod(0o644)
        return born

    def secret(self, name, make):
        if name not in self.secrets:
            self.secrets[name] = make()
        return self.secrets[name]

    def login(self, *options):
        """The line a person types."""
        host, port = self.practice.address(2)
        return " ".join(["tgsession", "login", "--server", f"{host}:{port}", "--server-key", "practice.pem", *options])

    def answers(self, console):
        console.expect("bot token: ")
        console.line(PHONE)
        console.expect(r"Login code \(5 digits\): ")
        console.line(CODE)
        console.expect(r"while you type\): ")
        console.line(PASSWORD)
        console.expect("Logged in as ")

    def won(self, born, name=FILE):
        """The file that a login has left there: its bytes; from now on its key is searched for."""
        file = born.file(name)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, oct(file.stat().st_mode)
        self.remember_key(file)
        return file.read_bytes()

    def remember_key(self, file):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as session:
            (key,) = session.execute("select auth_key from sessions").fetchone()
        number = len([name for name in self.secrets if name.startswith("key")])
        self.secrets[f"key {number} in hex"] = key.hex()
        # The middle of it, as it reads in base64 wherever it begins: three ways, one for each shift.
        for shift in range(3):
            plain = base64.b64encode(key[shift:shift + 240]).decode()
            self.secrets[f"key {number} in base64 at {shift}"] = plain
            self.secrets[f"key {number} in URLs at {shift}"] = plain.replace("+", "-").replace("/", "_")

    def over(self, born, console=None):
        """Takes down, before a dyno dies, whatever a stranger could have read there."""
        history = born.file(".bash_history")
        if history.exists():
            self.places[f"shell history of {born.name}"] = history.read_text()
        self.places[f"log of {born.name}"] = born.logs
        for name, file in born.own_files().items():
            if stat.S_IMODE(file.stat().st_mode) & 0o077 and name != "practice.pem":
                self.places[f"file {name} of {born.name}"] = file.read_bytes().decode("latin-1")
        if console:
            self.screens[born.name] = console.shown

    def telethon_goes_on(self, content):
        """Real Telethon logs in with these bytes, and is asked for nothing."""
        file = self.folder / f"from-dyno-{next(self.numbers)}.session"
        file.write_bytes(content)
        seen = ask_telethon(TELETHON, **{"do": "resume-file", "file": str(file), "pem": self.practice.pem})
        assert seen["authorised"] is True and "+" + seen["me"]["phone"] == PHONE, seen

    @functools.cached_property
    def database(self):
        return Postgres(self.folder, self.secret("the database's password", lambda: secrets.token_hex(16)))

    @functools.cached_property
    def bucket(self):
        running = bucket.Bucket(self.folder)
        self.secrets["AWS secret"] = running.secret
        return running

    @functools.cached_property
    def authority(self):
        """Whom the dyno trusts, where it can read it."""
        return shutil.copy(self.bucket.authority, self.folder / "authority.pem")

    def trust(self):
        return {"AWS_CA_BUNDLE": str(self.authority)}

    def presigned(self, method):
        """A URL that is a secret. Amazon's client is told on its standard input: others read its command line."""
        running = self.bucket
        errand = {"do": "sign", "endpoint": running.endpoint(), "key": running.key, "secret": running.secret,
                  "bucket": bucket.NAME, "authority": str(running.authority), "name": "by-url.session",
                  "method": f"{method}_object", "seconds": 600}
        done = run([python_with("boto3-1.44.8"), "-c",
                    f"import sys; sys.argv[1:] = [sys.stdin.read()]; exec(open({str(HERE / 'boto3_side.py')!r}).read())"],
                   stdin=json.dumps(errand))
        assert done.returncode == 0, done.stderr
        url = json.loads(done.stdout)
        self.secrets[f"URL to {method}: query"] = url.split("?")[1]
        self.secrets[f"URL to {method}: signature"] = re.search("X-Amz-Signature=([0-9a-f]+)", url)[1]
        return url

    def codes_sent(self):
        return sum("Login code" in line for line in list(self.practice.lines))

    def fetched(self, where, due=None, **variables):
        """A program starts on a fresh dyno, without a terminal, and fetches its session first."""
        with self.dyno("worker", **variables) as born:
            born.run("tgsession", "fetch", where, "-o", "login.session", "--debug")
            brought = self.won(born, "login.session")
            self.over(born)
        assert due is None or brought == due, "the file is not the same to the byte"
        self.telethon_goes_on(brought)
        return "to the byte" if due else "a Telethon file of it"

    def close(self):
        self.watch.close()
        self.memory.close()
        for name in ("bucket", "database", "practice"):
            if name in self.__dict__:
                self.__dict__[name].close()
        shutil.rmtree(self.folder, ignore_errors=True)


# --- scenes -----------------------------------------------------------------------------------------------------------


def builds(rehearsal):
    return rehearsal.slug.note


def builds_the_same(rehearsal):
    """Debian's Maven makes the same jar, to the bit."""
    other = Slug(dyno.MAVENS[1])
    assert other.jar.read_bytes() == rehearsal.slug.jar.read_bytes(), "the two jars differ"
    return other.note + ", the same jar"


def is_no_place_to_log_in(rehearsal):
    """Neither with nothing on standard input nor with answers there does a byte go out."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        for process, answers in (("web", ""), ("worker", f"{PHONE}\n{CODE}\n"), ("release", ""), ("run", "")):
            with rehearsal.dyno(process) as born:
                _, said = born.run("tgsession", "login", "--server", f"127.0.0.1:{port}", "--server-key", "practice.pem",
                                   answers=answers, code=13)
                assert "heroku run -a APP -- scripts/tgsession login" in said, said
                assert set(born.own_files()) <= {"practice.pem"}, born.own_files()
                rehearsal.over(born)
            try:
                listener.accept()
            except BlockingIOError:
                continue
            raise AssertionError(f"{process}: something connected")
    return "exit 13 in web, worker, release and a detached run; nothing connected"


def takes_a_line_of_text(rehearsal):
    """What is offered to everybody who asks for nothing else: a line for a config var, and the next dyno has a file of it."""
    with rehearsal.dyno() as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login())
        console.expect("This is a Heroku dyno: a file written here is gone when this console closes")
        rehearsal.answers(console)
        console.expect("Show the session as a line of text")
        console.line("")
        text = console.expect(r"(?m)^(1[\w=-]{340,})\s*$")[1]
        console.expect(r'heroku config:set TG_SESSION="\$\(cat\)" -a APP')
        console.expect("Press Enter")
        console.line("")
        console.leave()
        rehearsal.won(born)
        rehearsal.over(born, console)
    assert not born.home.exists()
    rehearsal.secrets["the string"] = text
    return rehearsal.fetched("env:TG_SESSION", TG_SESSION=text) + f", {len(text)} letters"


def takes_armor(rehearsal, seal=()):
    """The whole file as text, copied from a screen of 80 columns with whatever a mouse picks up beside it."""
    with rehearsal.dyno() as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login("--out", "file", "--out", "armor", *seal))
        passphrase = ""
        if seal:
            passphrase = console.expect(r"The passphrase\.[^\n]*\s+((?:[a-z]+-){9}[a-z]+)\s")[1]
            rehearsal.secrets["a passphrase"] = passphrase
        rehearsal.answers(console)
        text = console.expect(r"-----BEGIN [A-Z ]+-----\s[^-]+-----END [A-Z ]+-----")[0]
        console.expect("Press Enter")
        console.line("")
        console.leave()
        content = rehearsal.won(born)
        rehearsal.over(born, console)
    lines = text.replace("\r", "").splitlines()
    for number, line in enumerate(lines):
        if len(line) > 40 and "-----" not in line:
            rehearsal.secrets[f"line {number} of armor {len(seal)}"] = line
    with rehearsal.dyno() as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line("tgsession import - -o login.session")
        console.expect("[Pp]aste")
        for line in lines:
            console.line(f"  {line}   ")
        if passphrase:
            console.expect("Passphrase")
            console.line(passphrase)
        console.expect("Written to")
        console.leave()
        brought = rehearsal.won(born, "login.session")
        rehearsal.over(born, console)
    assert brought == content, "the file is not the same to the byte"
    if passphrase:
        gpg_opens(rehearsal, text, passphrase, content)
    rehearsal.telethon_goes_on(brought)
    return f"{len(lines)} lines, to the byte" + (", and gpg opens them" if passphrase else "")


def gpg_opens(rehearsal, text, passphrase, content):
    """gpg has the passphrase through a file descriptor; its folder is its own."""
    if not shutil.which("gpg"):
        raise Skipped("gpg is not installed")
    home, sealed = rehearsal.folder / "gnupg", rehearsal.folder / "sealed.asc"
    home.mkdir(mode=0o700)
    sealed.write_text(text)
    reader, writer = os.pipe()
    os.write(writer, passphrase.encode())
    os.close(writer)
    done = subprocess.run(["gpg", "--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback",
                           "--passphrase-fd", str(reader), "--decrypt", sealed],
                          capture_output=True, pass_fds=[reader], timeout=60)
    os.close(reader)
    subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], capture_output=True, timeout=30)
    assert done.returncode == 0 and done.stdout == content, done.stderr


def takes_a_database(rehearsal):
    database = rehearsal.database
    with rehearsal.dyno(DATABASE_URL=database.url) as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login("--out", "store"))
        rehearsal.answers(console)
        console.expect("The session is in ")
        console.leave()
        assert FILE not in born.own_files(), born.own_files()
        rehearsal.over(born, console)
    with rehearsal.dyno("worker", DATABASE_URL=database.url) as born:
        born.run("tgsession", "export", "--store", "env:DATABASE_URL", "login", "--to", "telethon", "-o", "login.session")
        brought = rehearsal.won(born, "login.session")
        rehearsal.over(born)
    rehearsal.telethon_goes_on(brought)
    return "PostgreSQL over TLS, no file on the dyno"


def takes_a_secret_url(rehearsal):
    """Presigned by Amazon's own client, asked for before the code is, and never shown."""
    with rehearsal.dyno(**rehearsal.trust()) as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login("--out", "file", "--out", "https"))
        console.expect(r"Upload URL .*\(it does not show\): ")
        console.line(rehearsal.presigned("put"))
        rehearsal.answers(console)
        console.expect("The session is in http")
        console.leave()
        content = rehearsal.won(born)
        rehearsal.over(born, console)
    return rehearsal.fetched("env:SESSION_URL", content, SESSION_URL=rehearsal.presigned("get"), **rehearsal.trust())


def takes_a_bucket(rehearsal):
    """By key and secret from the app's config vars, sealed with a passphrase from there: nothing is left to type."""
    variables = {**rehearsal.bucket.variables(), "AWS_CA_BUNDLE": str(rehearsal.authority), "TGSESSION_PASSPHRASE":
                 rehearsal.secret("the passphrase of the app", lambda: secrets.token_urlsafe(24))}
    with rehearsal.dyno(**variables) as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login("--out", "file", "--out", "s3://sessions/login.session", "--seal"))
        rehearsal.answers(console)
        console.expect("The session is in s3://sessions/login.session")
        console.leave()
        content = rehearsal.won(born)
        rehearsal.over(born, console)
    return rehearsal.fetched("s3://sessions/login.session", content, **variables) + ", sealed on the way"


def goes_on_with_the_same_code(rehearsal):
    """The console is closed when the code was sent; and a login in two commands, where nobody can type in between."""
    sent = rehearsal.codes_sent()
    with rehearsal.dyno() as born:
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line(rehearsal.login())
        console.expect("bot token: ")
        console.line(PHONE)
        console.expect(r"Login code \(5 digits\): ")
        console.hang_up()
        rehearsal.over(born, console)
        console = born.console()
        console.expect(dyno.PROMPT)
        console.line("tgsession login --resume --out file")
        console.expect(r"Login code \(5 digits\): ")
        console.line(CODE)
        console.expect(r"while you type\): ")
        console.line(PASSWORD)
        console.expect("The session is in ")
        console.leave()
        rehearsal.telethon_goes_on(rehearsal.won(born))
        rehearsal.over(born, console)
    assert rehearsal.codes_sent() == sent + 1, "another code was sent"
    with rehearsal.dyno() as born:
        host, port = rehearsal.practice.address(2)
        born.run("tgsession", "login", "start", "--phone", PHONE, "--server", f"{host}:{port}", "--server-key",
                 "practice.pem")
        born.run("tgsession", "login", "finish", answers=f"{CODE}\n{PASSWORD}\n")
        rehearsal.telethon_goes_on(rehearsal.won(born))
        rehearsal.over(born)
    assert rehearsal.codes_sent() == sent + 2, "another code was sent"
    return "one code for each, after the console was closed and across two commands"


def memory_was_enough(rehearsal):
    memory = rehearsal.memory
    assert 0 < memory.largest < dyno.LIMIT, memory.words()
    return memory.words()


def has_told_nobody(rehearsal):
    """Everything that a stranger could have read is searched for everything that is secret."""
    watch = rehearsal.watch
    assert any("dev.tgsession.cli.Main login" in line for line in watch.of_dynos), "the neighbour was asleep"
    assert any(name.startswith("shell history") for name in rehearsal.places), "there is no shell history"
    places = {**rehearsal.places, "list of processes": "\n".join(watch.seen)}
    found = [f"{name} in {place}" for name, value in rehearsal.secrets.items() for place, text in places.items()
             if value in text]
    # Others on this machine may practise, too, with the same five digits.
    places["list of processes"] = "\n".join(watch.of_dynos)
    found += [f"the code in {place}" for place, text in places.items() if re.search(rf"(?<!\w){CODE}(?!\w)", text)]
    # On the console only what was asked for may show, and what a person types so that it shows.
    hidden = {name: value for name, value in rehearsal.secrets.items()
              if name in ("the password", "the api_hash") or name.startswith(("URL", "AWS"))}
    found += [f"{name} on the console of {place}" for name, value in hidden.items()
              for place, text in rehearsal.screens.items() if value in text]
    assert not found, found
    return f"{len(rehearsal.secrets) + 1} secrets, {watch.looks} looks at the processes, {len(places)} places, {len(rehearsal.screens)} consoles"


def all_checks():
    yield "Dyno: the buildpack's command builds a clean export", builds
    if not os.environ.get("CI"):
        # A second whole build; the build server has twenty minutes for everything.
        yield "Dyno: Debian's Maven builds it, too", builds_the_same
    yield "Dyno: a process that nobody types into does not log in", is_no_place_to_log_in
    yield "Dyno: out as a line of text, for a config var", takes_a_line_of_text
    yield "Dyno: out as armor, pasted from a screen", takes_armor
    yield "Dyno: out as armor, sealed", functools.partial(takes_armor, seal=("--seal",))
    yield "Dyno: out into a database", takes_a_database
    yield "Dyno: out to a secret URL", takes_a_secret_url
    yield "Dyno: out into a bucket, sealed", takes_a_bucket
    yield "Dyno: a login that was cut off goes on with the same code", goes_on_with_the_same_code
    yield "Dyno: 512 MB are enough", memory_was_enough
    yield "Dyno: no secret in processes, history, logs", has_told_nobody
