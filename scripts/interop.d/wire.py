"""What passes by on the wire between a program and a practice data centre."""

import contextlib
import socket
import threading

from bench import python_with, run, server_socket


class Line:
    """What has passed over one connection, from the client and to it."""

    def __init__(self):
        self.up = bytearray()
        self.down = bytearray()


class Tap:
    """A port that hands everything on to another, and remembers it."""

    def __init__(self, target):
        self.target = target
        self.lines = []
        self.sockets = []
        self.threads = []
        self.server = server_socket()
        self.address = self.server.getsockname()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def drain(self):
        """Waits until all that was under way has passed."""
        for thread in self.threads:
            thread.join(5)

    def __exit__(self, *_):
        for one in (self.server, *self.sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def target_of(self, client):
        """Where a connection is handed on to; nothing where it is not."""
        return self.target

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.server.accept()
                self.sockets.append(client)
                thread = threading.Thread(target=self._carry, args=(client,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _carry(self, client):
        with client, contextlib.suppress(OSError):
            if target := self.target_of(client):
                line = Line()
                self.lines.append(line)
                upstream = socket.create_connection(target)
                self.sockets.append(upstream)
                back = threading.Thread(target=self._pump, args=(upstream, client, line.down), daemon=True)
                back.start()
                self._pump(client, upstream, line.up)
                back.join()

    @staticmethod
    def _pump(source, sink, seen):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                seen += data
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def transports(self):
        """By what was said first, the ways of transport that were used."""
        return {transport_of(bytes(line.up[:64])) for line in self.lines if line.up}


TAGS = {b"\xef" * 4: "abridged", b"\xee" * 4: "intermediate", b"\xdd" * 4: "padded intermediate"}


def transport_of(head):
    if head[:1] == b"\xef":
        return "abridged"
    if head[:4] in TAGS:
        return TAGS[head[:4]]
    # The length of the first packet, and number 0 of it.
    if head[4:8] == bytes(4):
        return "full"
    return "obfuscated " + TAGS.get(inside(head), "nonsense")


def inside(head):
    """The tag in a header of 64 bytes, which is enciphered by a key in it."""
    return deciphered(head[8:40], head[40:56], head)[56:60]


def deciphered(key, iv, data):
    """AES-256-CTR. Python has none; Telethon's has."""
    python = python_with("telethon-1.45.0")
    words = ("import pyaes, sys; key, iv, data = map(bytes.fromhex, sys.stdin.read().split());"
             "print(pyaes.AESModeOfOperationCTR(key, pyaes.Counter(int.from_bytes(iv, 'big'))).decrypt(data).hex())")
    done = run([python, "-c", words], stdin=" ".join(part.hex() for part in (key, iv, bytes(data))))
    assert done.returncode == 0, done.stderr
    return bytes.fromhex(done.stdout.strip())


def packets(line):
    """What was packed in the packets of a connection, from the client and to it."""
    up, down = bytes(line.up), bytes(line.down)
    transport = transport_of(up[:64])
    if transport.startswith("obfuscated "):
        back = up[8:56][::-1]
        up = deciphered(up[8:40], up[40:56], up)[64:]
        down = deciphered(back[:32], back[32:], down) if down else b""
        transport = transport.removeprefix("obfuscated ")
    else:
        up = up[{"abridged": 1, "full": 0}.get(transport, 4):]
    return list(unpacked(transport, up)), list(unpacked(transport, down))


def unpacked(transport, data):
    at = 0
    while at < len(data):
        if transport == "abridged":
            short = data[at] & 0x7f
            head, size = (4, 4 * int.from_bytes(data[at + 1:at + 4], "little")) if short == 0x7f else (1, 4 * short)
            tail = 0
        else:
            head, tail = (8, 4) if transport == "full" else (4, 0)
            size = int.from_bytes(data[at:at + 4], "little") & 0x7fffffff
            size -= head + tail if transport == "full" else 0
        yield data[at + head:at + head + size]
        at += head + size + tail
