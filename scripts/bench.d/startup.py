"""What a person waits for before anything happens: start-up, a look at a file, the first prompt."""

import shutil
from functools import partial

from bed import PROGRAM, TELETHONS, Goal, Measure, Row, node_modules, telethon

TITLE = "Start-up"
BY_HAND = ("import sqlite3; print(sqlite3.connect({file!r}).execute("
           "'select dc_id, server_address, port, length(auth_key) from sessions').fetchone())")
OPENED = "from telethon.sessions import SQLiteSession; s = SQLiteSession({file!r}); print(s.dc_id, len(s.auth_key.key))"
MTCUTE = "import('{modules}/@mtcute/convert/index.js').then(m => console.log(Object.keys(m).length))"


def rows(bed):
    bed.ours.tgsession("login", "--practice", answers=("+9996620001", "22222"))
    file = str(bed.folder / "login.practice.session")
    (bed.folder / "Empty.java").write_text("class Empty { public static void main(String[] a) {} }\n")
    bed.whole([bed.java.parent / "javac", "Empty.java"])

    def program(*arguments, version=17):
        return partial(bed.whole, [PROGRAM, *arguments], env=bed.on_java(version))

    empty = {version: Measure(f"empty {version}", partial(
        bed.whole, [bed.on_java(version)["JAVA_HOME"] + "/bin/java", "-Xshare:auto", "-cp", bed.folder, "Empty"]))
        for version in (17, 25)}
    said = {version: Measure(f"--version {version}", program("--version", version=version)) for version in (17, 25)}
    seen = {version: Measure(f"inspect {version}", program("inspect", file, version=version)) for version in (17, 25)}
    asked = {version: Measure(f"prompt {version}", partial(
        bed.at_prompt, [PROGRAM, "login"], b"hone number", bed.on_java(version))) for version in (17, 25)}
    by_hand = Measure("sqlite3 by hand", partial(bed.whole, [telethon("1.37.0"), "-c", BY_HAND.format(file=file)]))
    for release in TELETHONS:
        python = telethon(release)
        name = f"Telethon {release}"
        imported = Measure(f"{name} import", partial(bed.whole, [python, "-c", "import telethon"]))
        # One of its own: a newer Telethon rewrites it.
        own = str(shutil.copy(file, bed.fresh("theirs.session")))
        opened = Measure(f"{name} open", partial(bed.whole, [python, "-c", OPENED.format(file=own)]))
        prompt = Measure(f"{name} prompt", partial(
            bed.at_prompt, [python, "-c", "import telethon; input('Phone number: ')"], b"hone number"))
        for version in (17, 25):
            yield Row(f"version-{version}-{release}", f"`tgsession --version`, Java {version}", (said[version], "wall"),
                      f"`import telethon` {release}", (imported, "wall"), Goal(at_most=0.17))
            yield Row(f"inspect-{version}-{release}", f"`inspect` of a small file, Java {version}",
                      (seen[version], "wall"), f"{name} opens it", (opened, "wall"), Goal(at_most=0.28))
            yield Row(f"prompt-{version}-{release}", f"first prompt of `login` on a terminal, Java {version}",
                      (asked[version], "wall"), f"{name}, import and `input()`", (prompt, "wall"), Goal(at_most=0.30))
            yield Row(f"prompt-memory-{version}-{release}", f"memory at that prompt, Java {version}",
                      (asked[version], "rss"), f"{name}, the same", (prompt, "rss"), Goal(at_most=0.75), unit="MiB")
    for version in (17, 25):
        yield Row(f"version-{version}-empty", f"`tgsession --version`, Java {version}", (said[version], "wall"),
                  "a Java with an empty `main`", (empty[version], "wall"))
    yield Row("inspect-by-hand", "`inspect` of a small file, Java 17", (seen[17], "wall"),
              "Python's sqlite3, one row by hand", (by_hand, "wall"))
    modules = node_modules("mtcute-convert")
    mtcute = Measure("mtcute import", partial(bed.whole, ["node", "-e", MTCUTE.format(modules=modules)]))
    yield Row("version-mtcute", "`tgsession --version`, Java 17", (said[17], "wall"), "`import` of @mtcute/convert",
              (mtcute, "wall"))
