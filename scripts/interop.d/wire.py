"""What passes by on the wire between a program and a practice data centre."""

import contextlib
import socket
import threading

from bench import python_with, run, server_socket


class Tap:
    """A port that hands everything on to another, and remembers how each connection began."""

    def __init__(self, target):
        self.target = target
        self.heads = []
        self.sockets = []
        self.server = server_socket()
        self.address = self.server.getsockname()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

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
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        with client, contextlib.suppress(OSError):
            if target := self.target_of(client):
                head = bytearray()
                self.heads.append(head)
                upstream = socket.create_connection(target)
                self.sockets.append(upstream)
                back = threading.Thread(target=self._pump, args=(upstream, client, None), daemon=True)
                back.start()
                self._pump(client, upstream, head)
                back.join()

    @staticmethod
    def _pump(source, sink, head):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if head is not None and len(head) < 64:
                    head += data[:64 - len(head)]
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def transports(self):
        """By what was said first, the ways of transport that were used."""
        return {transport_of(bytes(head)) for head in self.heads if head}


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
    """The tag in a header of 64 bytes, enciphered with AES-256-CTR by a key in it. Python has no AES; Telethon's has."""
    python = python_with("telethon-1.45.0")
    words = ("import pyaes, sys; head = bytes.fromhex(sys.argv[1]);"
             "print(pyaes.AESModeOfOperationCTR(head[8:40], pyaes.Counter(int.from_bytes(head[40:56], 'big')))"
             ".decrypt(head)[56:60].hex())")
    done = run([python, "-c", words, head.hex()])
    assert done.returncode == 0, done.stderr
    return bytes.fromhex(done.stdout.strip())
