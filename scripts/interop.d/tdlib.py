"""What TDLib needs to find its way to the practice data centre: it has no setting for servers and their key.

The key is swapped in a copy of the library, which lives as long as the run. The servers are reached through a proxy of
ours, which TDLib offers to its users: whatever it wants to connect to, it gets there to one of ours, or nowhere.
"""

import re
import socket
import sys

import alone
from bench import Skipped, node_modules, run
from wire import Tap

VERSION = "1.8.65"
# The addresses that are built in, by data centre; as in td/telegram/net/ConnectionCreator.cpp.
BUILT_IN = {"149.154.175.50": 1, "149.154.167.51": 2, "95.161.76.100": 2, "149.154.175.100": 3, "149.154.167.91": 4,
            "149.154.171.5": 5}
# The key of the production servers; the one of the test servers begins with other letters.
KEY = re.compile(rb"-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEA6Lsz[^-]*-----END RSA PUBLIC KEY-----")


def library():
    """The library as it was published, where it runs."""
    file = node_modules("tdlib") / "@prebuilt-tdlib" / "linux-x64-glibc" / "libtdjson.so"
    if run([sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", file]).returncode != 0:
        raise Skipped(f"TDLib {VERSION} is published for other machines")
    return file


def with_our_key(room):
    """A copy of the library in a room, for which the room's data centre holds the production key."""
    copy = room.folder / "libtdjson.so"
    with room.lock:
        if not copy.exists():
            published = library().read_bytes()
            pem = room.practice.pem.strip().encode()
            (theirs,) = KEY.findall(published)
            assert len(theirs) == len(pem), f"{len(theirs)} and {len(pem)} bytes"
            copy.write_bytes(published.replace(theirs, pem))
    return copy


def for_errand(room, dcs, around, pfs):
    """What the errand of its program has beside the rest."""
    if not alone.is_alone():
        raise Skipped("TDLib is let loose only where there is no network, and unshare is not there or not allowed")
    return {"library": str(with_our_key(room)), "proxy": around.enter_context(Detour(room, dcs)).address, "pfs": pfs}


class Detour(Tap):
    """A SOCKS5 proxy (RFC 1928) behind which every data centre of Telegram is one of ours, and nothing else exists."""

    def __init__(self, room, dcs):
        self.dcs = {int(dc): tuple(address) for dc, address in dcs.items()}
        self.ours = {room.practice.address(dc): dc for dc in self.dcs}
        super().__init__(None)

    def target_of(self, client):
        count = self.bytes(client, 2)[1]
        self.bytes(client, count)
        client.sendall(b"\x05\x00")
        kind = self.bytes(client, 4)[3]
        if kind == 3:
            host = self.bytes(client, self.bytes(client, 1)[0]).decode()
        else:
            host = socket.inet_ntop(*((socket.AF_INET, self.bytes(client, 4)) if kind == 1
                                      else (socket.AF_INET6, self.bytes(client, 16))))
        port = int.from_bytes(self.bytes(client, 2), "big")
        dc = self.ours.get((host, port)) or BUILT_IN.get(host)
        client.sendall(b"\x05" + (b"\x00" if dc else b"\x02") + b"\x00\x01" + bytes(6))
        return self.dcs.get(dc)

    @staticmethod
    def bytes(client, count):
        data = b""
        while len(data) < count:
            more = client.recv(count - len(data))
            if not more:
                raise OSError("hung up")
            data += more
        return data
