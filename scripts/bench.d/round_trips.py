"""Counts what a login costs on the wire: connections, packets, messages and bytes, for tgsession and for other people's
libraries at the same practice servers. A relay stands before them and counts packets and bytes; the server itself counts
the messages in the encrypted ones. Logins that end well count; a library also asks who it is, as its users do.
"""

import argparse
import contextlib
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "interop.d"))
import alone  # noqa: E402
import methods  # noqa: E402
from bench import JAR, Ours, Skipped, free_ports, run, telethon  # noqa: E402
from wire import Tap, packets  # noqa: E402

SERVER = ROOT / "scripts" / "bench.d" / "RoundTrips.java"
LIBRARIES = ("Telethon 1.45.0", "Pyrogram 2.0.106", "GramJS 2.26.22", "mtcute 0.30.3", "TDLib 1.8.65")
KINDS = {"phone": "0001", "password": "0100"}
COLUMNS = ("connections", "packets up", "encrypted up", "packets down", "encrypted down", "messages up", "bytes up",
           "bytes down")


class Server:
    """Practice servers that tell which messages came; in the place of a `tgsession practice`."""

    def __init__(self, folder):
        self.first = free_ports(6)
        self.pem_file = folder / "server.pem"
        self.lines = []
        self.process = subprocess.Popen(
            ["java", "-XX:TieredStopAtLevel=1", "-cp", str(JAR), str(SERVER), str(folder), str(self.first),
             str(self.pem_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit("the practice servers did not start")

    def address(self, dc):
        return "127.0.0.1", self.first + dc

    @property
    def pem(self):
        return self.pem_file.read_text()

    def messages(self):
        """The names of those that came since the last time."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)


class Counted(methods.Room):
    """A room whose doors lead through relays."""

    def __init__(self, client, folder, server):
        super().__init__(client, folder, 0)
        self.server = server
        self.taps = {}

    @property
    def practice(self):
        return self.server

    def doors(self, tap):
        return {str(dc): one.address for dc, one in self.taps.items()}


def answers(kind, first):
    given = {"phone": f"+99966{first}{KINDS[kind]}", "code": str(first) * 5}
    return given | ({"password": "practice"} if kind == "password" else {})


def by_library(client, folder, server):
    room = Counted(client, folder / str(client).replace(" ", "-"), server)

    def login(kind, number, taps):
        room.taps = taps
        room.play("phone", f"{kind}-{number}", **answers(kind, client.first))
    return login


def by_us(folder, server):
    ours = Ours(folder / "ours")

    def login(kind, number, taps):
        host, port = taps[2].address
        ours.tgsession("login", f"{kind}-{number}", "--server", f"{host}:{port}", "--server-key", server.pem_file,
                       answers=answers(kind, 2).values())
    return login


def counted(login, kind, number, server):
    """One login: the numbers by column, and the names of the messages."""
    server.messages()
    with contextlib.ExitStack() as around:
        taps = {dc: around.enter_context(Tap(server.address(dc))) for dc in range(1, 6)}
        login(kind, number, taps)
        for tap in taps.values():
            tap.drain()
        names = server.messages()
        lines = [line for tap in taps.values() for line in tap.lines if line.up]
    up, down = ([one for line in lines for one in packets(line)[way]] for way in (0, 1))
    sums = (len(lines), len(up), sum(map(is_encrypted, up)), len(down), sum(map(is_encrypted, down)), len(names),
            sum(len(line.up) for line in lines), sum(len(line.down) for line in lines))
    return sums, names


def is_encrypted(packet):
    return len(packet) > 8 and packet[:8] != bytes(8)


def sides(folder, server, words):
    """Name and login of each that can be had."""
    if not words or any(word.lower() in "tgsession" for word in words):
        yield "tgsession", by_us(folder, server)
    for name in LIBRARIES:
        if words and not any(word.lower() in name.lower() for word in words):
            continue
        client = next(one for one in methods.ALL if str(one) == name)
        try:
            client.start()
            if client.more and not alone.is_alone():
                raise Skipped("it is let loose only where there is no network")
        except Skipped as reason:
            print(f"skipped {name}: {reason}", file=sys.stderr)
            continue
        yield name, by_library(client, folder, server)


def install(words):
    """Everything that comes from a registry, before there is no network."""
    with contextlib.suppress(Skipped):
        telethon("1.45.0")
    for client in methods.ALL:
        if str(client) in LIBRARIES and (not words or any(word.lower() in str(client).lower() for word in words)):
            with contextlib.suppress(Skipped):
                client.start()


def main():
    parser = argparse.ArgumentParser(prog="bench-round-trips", description=__doc__,
                                     epilog="example: scripts/bench-round-trips --messages tgsession Telethon")
    parser.add_argument("word", nargs="*", help="only those whose name contains one of these words")
    parser.add_argument("--rounds", type=int, default=3, help="how often each logs in; the median counts (default 3)")
    parser.add_argument("--messages", action="store_true", help="also name the messages that came")
    options = parser.parse_args()
    if alone.is_alone():
        alone.raise_loopback()
    else:
        run([ROOT / "scripts" / "tgsession", "--version"], timeout=600)
        install(options.word)
        alone.go_alone()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = Server(folder)
        try:
            logins = dict(sides(folder, server, options.word))
            for kind in KINDS:
                print(f"\n{'| ' + 'login by ' + kind:22}| " + " | ".join(COLUMNS) + " |")
                print("|---" + "|---:" * len(COLUMNS) + "|")
                for who, login in logins.items():
                    rounds = [counted(login, kind, number, server) for number in range(options.rounds)]
                    middle = [round(statistics.median(column)) for column in zip(*(sums for sums, _ in rounds))]
                    print(f"{'| ' + who:22}| " + " | ".join(map(str, middle)) + " |", flush=True)
                    if options.messages:
                        print(f"  {' '.join(rounds[-1][1])}", flush=True)
        finally:
            server.close()


if __name__ == "__main__":
    main()
