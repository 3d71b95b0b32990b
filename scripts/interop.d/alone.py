"""A machine without a network: only its loopback interface, for the checks and every program they start."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

HERE = "TGSESSION_INTEROP_ALONE"
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def is_alone():
    return HERE in os.environ


def go_alone():
    """Starts this program again where nothing but loopback exists; comes back only where that is not allowed."""
    unshare = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
        sys.stdout.flush()
        os.execvpe("unshare", [*unshare, sys.executable, *sys.argv], {**os.environ, HERE: "yes"})


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING))
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
