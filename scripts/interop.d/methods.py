"""Other people's libraries log in to the practice data centre, in every way that each of them has.

A client is a small program in the folder clients, written as users of the library write theirs. What it says of itself
is held against what was due, and where a way of transport is at stake, against what passed by on the wire.
"""

import contextlib
import dataclasses
import functools
import json
import os
import re
import subprocess
import tempfile
import threading
import time

import tdlib
from bench import HERE, Ours, gotd, node_modules, python_with
from wire import Tap

CLIENTS = HERE / "clients"
BOT_TOKEN = "7001234567:" + "Practice-bot-token_0123456789abcdef"[:35]

# So many programs of a login at a time: more, and a library that waits two seconds for an answer gives up.
BUSY = threading.Semaphore(max(2, (os.cpu_count() or 2) + 1))

# Telethon and GramJS do not pad their keys to 256 bytes: one exchange in 256 fails on their side, with these words.
UNLUCKY = "new nonce hash"


@dataclasses.dataclass(frozen=True)
class Client:
    """A release of a library, how its program is started, and what it offers."""

    name: str
    version: str
    start: functools.partial
    # The first is what it takes by itself.
    transports: tuple
    scans: bool = True
    # Where it begins.
    first: int = 2
    # Whether it also reads the strings of Telethon.
    strings: bool = False
    # What an errand has for this library alone, by room, addresses, and an ExitStack for the time of the errand; a
    # library that needs it cannot be told of our servers, and is let loose only where there is no network.
    more: functools.partial = None

    def __str__(self):
        return f"{self.name} {self.version}"


def python_program(library, program):
    return [python_with(library), CLIENTS / program / "client.py"]


def node_program(name, program):
    return ["node", CLIENTS / name / program, node_modules(name)]


def tdlib_program():
    tdlib.library()
    return node_program("tdlib", "client.mjs")


PYROGRAM_TRANSPORTS = ("abridged", "full", "intermediate", "obfuscated abridged", "obfuscated intermediate")
TELETHON_TRANSPORTS = ("full", "abridged", "intermediate", "obfuscated abridged")

ALL = (
    *(Client("Telethon", version, functools.partial(python_program, f"telethon-{version}", "telethon"),
             TELETHON_TRANSPORTS) for version in ("1.45.0", "1.37.0", "1.25.4")),
    Client("Pyrogram", "2.0.106", functools.partial(python_program, "pyrogram-2.0.106", "pyrogram"),
           PYROGRAM_TRANSPORTS, scans=False),
    Client("Kurigram", "2.2.26", functools.partial(python_program, "kurigram-2.2.26", "pyrogram"),
           (*PYROGRAM_TRANSPORTS, "padded intermediate")),
    Client("GramJS", "2.26.22", functools.partial(node_program, "gramjs", "client.js"),
           ("full", "abridged", "obfuscated abridged")),
    Client("mtcute", "0.30.3", functools.partial(node_program, "mtcute", "client.mjs"),
           ("intermediate", "padded intermediate", "obfuscated intermediate", "obfuscated padded intermediate")),
    Client("gotd", "0.93.0", lambda: [gotd()], ("intermediate", "abridged", "padded intermediate", "full"),
           strings=True),
    *(Client(name, tdlib.VERSION, tdlib_program, ("obfuscated intermediate",), first=1,
             more=functools.partial(tdlib.for_errand, pfs=pfs)) for name, pfs in (("TDLib", False), ("TDLib, PFS", True))),
)


# --- a data centre for each client, and errands -----------------------------------------------------------------------


def key_in(pem):
    """The numbers of a public key of 2048 bits with exponent 65537, and its fingerprint, as libraries want them."""
    import base64
    import hashlib
    der = base64.b64decode("".join(pem.strip().splitlines()[1:-1]))
    modulus, exponent = der[-261:-5], der[-3:]
    assert der[-5:] == b"\x02\x03\x01\x00\x01" and modulus[0] >= 128, "not the key that was due"
    digest = hashlib.sha1(b"\xfe\x00\x01\x00" + modulus + b"\x03" + exponent).digest()
    return {"pem": pem, "n": str(int.from_bytes(modulus, "big")), "e": str(int.from_bytes(exponent, "big")),
            "fingerprint": str(int.from_bytes(digest[-8:], "little", signed=True))}


class Room:
    """A client's own practice data centre, so that what one client does there is no matter to another."""

    def __init__(self, client, folder, idle):
        folder.mkdir()
        self.client = client
        self.folder = folder
        self.ours = Ours(folder)
        self.idle = idle
        self.facts = {}
        self.lock = threading.RLock()

    @functools.cached_property
    def _practice(self):
        with BUSY:
            return self.ours.practice()

    @property
    def practice(self):
        # Two checks may want it at once.
        with self.lock:
            return self._practice

    def close(self):
        if "_practice" in self.__dict__:
            self._practice.close()

    def play(self, way, store, transport=None, tap=None, idle=0, scan=(), **answers):
        """One start of the client; the answer is what it says at the end."""
        code, done, words = self._lucky(way, store, transport, tap, idle, scan, answers)
        assert code == 0 and done, (f"{self.client} ended with {code}: {words.strip()[-2500:]}\n"
                                    f"the data centre said: {''.join(self.practice.lines[-8:])}")
        assert done["library"] == self.client.version, done
        self.facts = {"layer": done.get("layer", "-")}
        return done

    def try_in_vain(self, store, **answers):
        """One start of a client that may not get in; what it says of itself if it does, and all that it says."""
        _, done, words = self._lucky("phone", store, None, None, 0, (), answers)
        return done, words

    def _lucky(self, *what):
        code, done, words = self._start(*what)
        return self._start(*what) if not done and UNLUCKY in words else (code, done, words)

    def doors(self, tap):
        """Where the client is to connect, by data centre."""
        doors = {str(dc): self.practice.address(dc) for dc in range(1, 6)}
        return {**doors, "2": tap.address} if tap else doors

    def _start(self, way, store, transport, tap, idle, scan, answers):
        dcs = self.doors(tap)
        errand = {"way": way, "transport": transport or self.client.transports[0], "dcs": dcs,
                  "key": key_in(self.practice.pem), "store": str(self.folder / store), "idle": idle,
                  "answers": {name: [given] if isinstance(given, str) else given for name, given in answers.items()}}
        command = [str(part) for part in self.client.start()]
        with contextlib.ExitStack() as around, contextlib.ExitStack() as busy:
            said = around.enter_context(tempfile.TemporaryFile("w+"))
            if self.client.more:
                errand.update(self.client.more(self, dcs, around))
            busy.enter_context(BUSY)
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
                                       cwd=self.folder)
            watch = threading.Timer(60 + idle, process.kill)
            watch.start()
            try:
                process.stdin.write(json.dumps(errand))
                process.stdin.close()
                done = None
                for line in process.stdout:
                    if not line.startswith('{"'):
                        said.write(line)
                        continue
                    event = json.loads(line)
                    if event["event"] == "qr":
                        self.ours.tgsession("practice", "scan", event["link"], *scan)
                    elif event["event"] == "idle":
                        busy.close()
                        before = len(tap.lines)
                    elif event["event"] == "done":
                        done = event
                code = process.wait()
            finally:
                watch.cancel()
                process.kill()
                process.wait()
            said.seek(0)
            words = said.read()
            if done and idle:
                assert len(tap.lines) == before, f"{len(tap.lines) - before} new connections: {words.strip()[-1500:]}"
        return code, done, words


def is_in(seen, dc=2, phone=None, bot=False, asked=()):
    assert seen["me"]["bot"] is bot and seen["dc"] == dc, seen
    assert phone is None or seen["me"]["phone"].lstrip("+") == phone, seen
    for name in asked:
        assert seen["asked"].count(name) == 1, seen


# --- the methods ------------------------------------------------------------------------------------------------------


def by_phone(room):
    seen = room.play("phone", "phone", phone="+9996620001", code="22222")
    is_in(seen, phone="9996620001", asked=("code",))
    return f"user {seen['me']['id']}, layer {room.facts['layer']}"


def with_password(room):
    seen = room.play("phone", "password", phone="+9996620100", code="22222", password="practice")
    is_in(seen, phone="9996620100", asked=("code", "password"))
    return f"user {seen['me']['id']}"


def as_bot(room):
    seen = room.play("bot", "bot", bot_token=BOT_TOKEN)
    is_in(seen, dc=room.client.first, bot=True)
    assert seen["me"]["id"] == int(BOT_TOKEN.partition(":")[0]), seen
    return f"user {seen['me']['id']}"


def by_qr(room):
    """Scanned by somebody who lives here, by one with a password, and by one who lives elsewhere."""
    first = room.client.first
    seen = room.play("qr", "qr")
    is_in(seen, dc=first)
    assert not seen["asked"], seen
    seen = room.play("qr", "qr-password", scan=("--as", "2fa"), password="practice")
    is_in(seen, dc=first, asked=("password",))
    seen = room.play("qr", "qr-moved", scan=("--migrate", "4"))
    is_in(seen, dc=4)
    return "also with a password, and to data center 4"


def by_migration(room):
    seen = room.play("phone", "moved", phone="+9996620404", code="22222")
    is_in(seen, dc=4, phone="9996620404", asked=("code",))
    return "from data center 2 to 4"


def after_a_flood_wait(room):
    begin = time.monotonic()
    # Where the program itself has to wait, it begins again from the number.
    seen = room.play("phone", "flood", phone=["+9996620300"] * 2, code="22222")
    is_in(seen, phone="9996620300", asked=("code",))
    took = time.monotonic() - begin
    assert took >= 3, f"{took} s"
    return "waits, and gets in"


def at_the_second_try(room):
    seen = room.play("phone", "second-try", phone=["+9996620004"] * 2, code=["11111", "22222"])
    is_in(seen, phone="9996620004")
    assert seen["asked"].count("code") == 2, seen
    return "the first code was wrong"


# By what is said in them, the words of a library for what came from the server.
EXPIRED = re.compile("(?i)expired|invalid code|wrong code")
NOBODY = re.compile("(?i)first ?name|sign.?up|signing up|unoccupied|new account")


def is_told_why(room):
    done, said = room.try_in_vain("expired", phone="+9996620202", code="22222")
    assert not done and EXPIRED.search(said), f"{done} {said[-2500:]}"
    done, said = room.try_in_vain("nobody", phone="+9996620170", code=["22222"] * 2)
    if done:
        # Telethon used to open accounts by itself.
        is_in(done, phone="9996620170")
        return "a code that has expired; opens an account for a number that nobody has"
    assert NOBODY.search(said), said[-2500:]
    return "a code that has expired, a number that nobody has"


def idles(room):
    with Tap(room.practice.address(2)) as tap:
        seen = room.play("phone", "idle", tap=tap, idle=room.idle, phone="+9996620002", code="22222")
        is_in(seen, phone="9996620002", asked=("code",))
    return f"{room.idle} s on one connection"


def comes_back(room):
    """With what each kind of login has stored."""
    answers = {"phone": ("phone", {"phone": "+9996620003", "code": "22222"}, {"phone": "9996620003"}),
               "bot": ("bot", {"bot_token": BOT_TOKEN}, {"bot": True, "dc": room.client.first}),
               "moved": ("phone", {"phone": "+9996640003", "code": "44444"}, {"phone": "9996640003", "dc": 4})}
    for name, (way, words, due) in answers.items():
        first = room.play(way, f"back-{name}", **words)
        again = room.play("back", f"back-{name}")
        is_in(again, **due)
        if first.get("dc") != again.get("dc"):
            # gotd may tell what it has stored a moment before it stores the move; the start after that counts.
            assert not again["asked"], f"{again}"
            first, again = again, room.play("back", f"back-{name}")
            is_in(again, **due)
        assert not again["asked"] and again["keyId"] == first["keyId"], f"{first} {again}"
    return f"as {', '.join(answers)}, asking nothing"


def over(room, transport):
    with Tap(room.practice.address(2)) as tap:
        number = 10 + room.client.transports.index(transport)
        seen = room.play("phone", f"over-{number}", transport, tap, phone=f"+99966200{number}", code="22222")
        is_in(seen, phone=f"99966200{number}", asked=("code",))
        assert tap.transports() == {transport}, f"{tap.transports()} on the wire"
    return f"{len(tap.lines)} connections"


def goes_on_with_our_string(room):
    host, port = room.practice.address(2)
    room.ours.tgsession("login", "ours", "--server", f"{host}:{port}", "--server-key", room.practice.pem_file,
                        answers=("+9996620005", "22222"))
    string = room.ours.tgsession("export", "ours.practice.session", "--to", "telethon-string").strip()
    seen = room.play("string", "string", session=string)
    is_in(seen, phone="9996620005")
    assert not seen["asked"], seen
    return f"user {seen['me']['id']}, nothing asked"


METHODS = {
    "phone": by_phone,
    "password": with_password,
    "bot": as_bot,
    "QR": by_qr,
    "migration": by_migration,
    "flood wait": after_a_flood_wait,
    "second try": at_the_second_try,
    "refusals": is_told_why,
    "idle": idles,
    "comes back": comes_back,
}

MEANING = {
    "phone": "a number, and the code that arrives",
    "password": "the same, for an account with two-step verification",
    "bot": "a bot's token",
    "QR": "a code that somebody scans with `tgsession practice scan`: a plain account, one with a password, and one in another "
          "data centre",
    "migration": "the account lives in another data centre, and the library follows",
    "flood wait": "told to wait three seconds, it waits, and gets in",
    "second try": "the first code is wrong; told so, the library asks for another",
    "refusals": "a code that has expired, and a number that nobody has: the library says so and does not get in, but for "
                "Telethon 1.25.4, which opens an account for the number",
    "idle": "stays and does nothing, and has still its first connection when it asks who it is",
    "comes back": "a second start with what the first one stored, for a phone, a bot, and an account elsewhere: nothing is "
                  "asked, and the key is the same",
}


def checks_of(client):
    """Name and work of every check of a client; the work wants its room."""
    for method, work in METHODS.items():
        if method != "QR" or client.scans:
            yield f"{client}: {method}", work
    for transport in client.transports:
        yield f"{client}: over {transport}", functools.partial(over, transport=transport)
    if client.strings:
        yield f"{client} goes on with our string, asking nothing", goes_on_with_our_string
