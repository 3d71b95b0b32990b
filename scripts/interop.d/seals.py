"""Checks sealed sessions against GnuPG: each opens what the other sealed, and neither opens what was changed."""

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench import HERE, JAR, Skipped, run

PASSPHRASE = "ten-words-of-no-importance"
WRONG = "ten-words-of-some-importance"
# By the word that gpg has for it: the kind of key, and of the key below it that opens messages.
KEYS = {"RSA": ("rsa2048", "rsa2048"), "Curve25519": ("ed25519", "cv25519")}


class GnuPG:
    """The gpg of this machine with a key ring of its own, in a short path: its agent listens on a socket there."""

    def __init__(self):
        if not shutil.which("gpg"):
            raise Skipped("GnuPG is not installed")
        self.home = Path(tempfile.mkdtemp(prefix="gpg-"))
        self.home.chmod(0o700)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        run(["gpgconf", "--homedir", self.home, "--kill", "all"])
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, *arguments, passphrase="", good=True):
        command = ["gpg", "--homedir", self.home, "--batch", "--yes", "--quiet", "--no-tty", "--trust-model", "always",
                   "--pinentry-mode", "loopback", "--passphrase-fd", "0", *map(str, arguments)]
        done = subprocess.run(command, input=passphrase.encode(), capture_output=True, timeout=120)
        assert (done.returncode == 0) is good, f"gpg {arguments}: exit {done.returncode}, {done.stderr.decode()[-800:]}"
        return done.stdout

    def version(self):
        return self.run("--version").decode().split("\n")[0].split()[-1]

    def opens(self, sealed, passphrase):
        return self.run("--decrypt", sealed, passphrase=passphrase)

    def key(self, name):
        """Makes a key without passphrase; files with its public and its secret half."""
        kind, below = KEYS[name]
        who = f"{name} <{name.lower()}@example.org>"
        self.run("--quick-gen-key", who, kind, "default", "never")
        listed = self.run("--list-keys", "--with-colons", who).decode()
        fingerprint = next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))
        self.run("--quick-add-key", fingerprint, below, "encr", "never")
        files = self.home / f"{name}.asc", self.home / f"{name}-secret.asc"
        files[0].write_bytes(self.run("--export", "--armor", fingerprint))
        files[1].write_bytes(self.run("--export-secret-keys", "--armor", fingerprint))
        return files


def ours(*words):
    done = run(["java", "-cp", JAR, HERE / "Seals.java", *words], env={**os.environ, "TGSESSION_PASSPHRASE": PASSPHRASE})
    assert done.returncode == 0, done.stderr[-1500:]
    return done.stdout.strip()


def gpg_opens_ours(stage):
    session = stage.plain()
    with GnuPG() as gpg:
        out = gpg.home / "sealed"
        ours("seal", session, out)
        for sealed in (out.with_suffix(".gpg"), out.with_suffix(".asc")):
            assert gpg.opens(sealed, PASSPHRASE) == session.read_bytes(), f"{sealed.name} comes out as something else"
            gpg.run("--decrypt", sealed, passphrase=WRONG, good=False)
        sealed = out.with_suffix(".gpg").read_bytes()
        places = range(0, len(sealed), 29)
        for place in places:
            changed = bytearray(sealed)
            changed[place] ^= 1
            (gpg.home / "changed").write_bytes(changed)
            gpg.run("--decrypt", gpg.home / "changed", passphrase=PASSPHRASE, good=False)
        return f"gpg {gpg.version()}, {len(sealed)} bytes; a wrong passphrase and {len(places)} changed bytes refused"


def gpg_opens_ours_with_its_key(stage, key):
    session = stage.plain()
    with GnuPG() as gpg:
        public, _ = gpg.key(key)
        out = gpg.home / "sealed"
        ours("seal", session, out, public)
        for sealed in (out.with_suffix(".gpg"), out.with_suffix(".asc")):
            assert gpg.opens(sealed, "") == session.read_bytes(), f"{sealed.name} comes out as something else"
    return "in bytes and as text"


def unseal_opens_gpgs(stage):
    session, home = stage.plain(), stage.folder
    with GnuPG() as gpg:
        ways = {"plain": (), "text": ("--armor",), "twofish": ("--cipher-algo", "TWOFISH", "--compress-algo", "none")}
        for name, options in ways.items():
            sealed, out = home / f"gpg-{name}", home / f"gpg-{name}.session"
            gpg.run(*options, "-o", sealed, "--symmetric", session, passphrase=PASSPHRASE)
            stage.ours.tgsession("unseal", sealed, "-o", out, answers=(PASSPHRASE,))
            assert out.read_bytes() == session.read_bytes(), name
            stage.ours.tgsession("import", sealed, "-o", home / f"gpg-{name}-2.session", answers=(PASSPHRASE,))
            said = stage.ours.complaint("unseal", sealed, "-o", home / "none", code=6, answers=(WRONG,))
            assert "does not open this" in said and not (home / "none").exists(), said
        unprotected = home / "gpg-unprotected"
        gpg.run("--rfc2440", "--disable-mdc", "-o", unprotected, "--symmetric", session, passphrase=PASSPHRASE)
        assert "not protected" in stage.ours.complaint("unseal", unprotected, code=6)
    return f"{len(ways)} ways; a wrong passphrase and an unprotected message refused"


def unseal_refuses_each_change(stage):
    session = stage.plain()
    with GnuPG() as gpg:
        # Salted, but hashed once only, as its passphrase is tried thousands of times.
        quick = gpg.home / "quick"
        gpg.run("--s2k-mode", "1", "-o", quick, "--symmetric", session, passphrase=PASSPHRASE)
        refused = int(ours("flips", session, quick))
        public, secret = gpg.key("Curve25519")
        out = gpg.home / "sealed"
        ours("seal", session, out, public)
        refused += int(ours("flips", session, out.with_suffix(".gpg"), secret))
    return f"{refused} changes to a session sealed by gpg and one sealed by us"


def unseal_opens_gpgs_with_the_key(stage, key):
    session, home = stage.plain(), stage.folder
    with GnuPG() as gpg:
        _, secret = gpg.key(key)
        sealed, out = home / f"gpg-for-{key}", home / f"gpg-for-{key}.session"
        gpg.run("-o", sealed, "--recipient", f"{key.lower()}@example.org", "--encrypt", session)
        stage.ours.tgsession("unseal", sealed, "--key", secret, "-o", out)
        assert out.read_bytes() == session.read_bytes()
    return "to the byte"


def all_checks():
    yield "GnuPG opens a session that we sealed, and no changed one", gpg_opens_ours
    yield "unseal opens what GnuPG sealed with a passphrase", unseal_opens_gpgs
    yield "unseal refuses each changed byte of a sealed session", unseal_refuses_each_change
    for key in KEYS:
        yield f"GnuPG opens what we sealed for its {key} key", functools.partial(gpg_opens_ours_with_its_key, key=key)
        yield (f"unseal opens what GnuPG sealed for its {key} key",
               functools.partial(unseal_opens_gpgs_with_the_key, key=key))
