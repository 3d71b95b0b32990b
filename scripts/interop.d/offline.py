"""The section "Test your bot offline" of the README, tried as written: its programs are cut out and run."""

import functools
import re
import shutil
import socket
import tempfile
from pathlib import Path

import methods
from bench import HERE, ROOT, Ours, Practice, free_ports, go_builds, made_once, node_modules, python_with, run

SECTION = re.compile(r"(?ms)^## Test your bot offline\n(.*?)(?=^## )")
PROGRAM = re.compile(r"(?ms)^### (\w+)\n\n```(\w+)\n(.*?)^```\n")
# The ports that the README names.
FIRST = 20000


def section():
    return SECTION.search((ROOT / "README.md").read_text())[1]


def programs():
    """Language and text by library."""
    found = {name: (language, text) for name, language, text in PROGRAM.findall(section())}
    assert set(found) == {client.name for client in methods.ALL if not client.more}, f"the README has programs for {sorted(found)}"
    return found


class Bench:
    """The practice servers, started by the command in the README; on other ports only if those are taken."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        command = re.search(r"(?m)^tgsession (practice .*)$", section())[1]
        assert f"--port {FIRST} " in command, command
        self.first = FIRST if all(is_free(FIRST + dc) for dc in range(1, 6)) else free_ports(6)
        self.ours = Ours(folder)
        self.practice = Practice(self.ours, self.here(command).split())

    def here(self, text):
        """What the README says, with the ports of this run."""
        return re.sub(rf"\b{FIRST + 2}\b", str(self.first + 2), re.sub(rf"\b{FIRST}\b", str(self.first), text))

    def close(self):
        self.practice.close()


def is_free(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0


def newest(library):
    return next(client for client in methods.ALL if client.name == library)


def python(library, text, folder):
    client = newest(library)
    (folder / "bot.py").write_text(text)
    return [python_with(f"{library.lower()}-{client.version}"), folder / "bot.py"]


def node(library, text, folder):
    program = folder / ("bot.mjs" if "\nimport " in text else "bot.js")
    program.write_text(text)
    (folder / "node_modules").symlink_to(node_modules(library.lower()))
    return ["node", program]


def go(library, text, folder):
    (folder / "main.go").write_text(text)
    module = [HERE / "clients" / library.lower() / name for name in ("go.mod", "go.sum")]
    with made_once(f"{library.lower()}-readme", folder / "main.go", *module) as (home, fresh):
        if fresh:
            for file in module:
                shutil.copy(file, folder)
            go_builds(folder, home / "bot")
    return [home / "bot"]


def build():
    """What has to be built ahead, while there is a network."""
    for library, (language, text) in programs().items():
        if language == "go":
            with tempfile.TemporaryDirectory() as folder:
                go(library, text, Path(folder))


LANGUAGES = {"python": python, "js": node, "go": go}


def works_as_written(bench, library):
    language, text = programs()[library]
    shown = bench.ours.tgsession("practice", "show", "--client", library.lower())
    assert shown == bench.here(text), f"practice show says:\n{shown}"
    folder = bench.folder / library
    folder.mkdir()
    shutil.copy(bench.practice.pem_file, folder)
    with methods.BUSY:
        done = run(LANGUAGES[language](library, bench.here(text), folder), cwd=folder)
    assert done.returncode == 0 and re.search(r"logged in as \+?9996620001\b", done.stdout), done.stdout + done.stderr
    return f"{len(text.splitlines())} lines of {language}"


def all_checks():
    for library in programs():
        yield f"README, offline: {library}", functools.partial(works_as_written, library=library)
