"""Many small session files: read, and converted to new ones."""

import shutil
from functools import partial

from bed import PROGRAM, SIDES, TELETHONS, Goal, Measure, Row, python, telethon

TITLE = "Many files"
READ, CONVERTED = 10_000, 1_000


def rows(bed):
    # Each Telethon has files of its own make: a newer one rewrites those of an older.
    many = {release: made(bed, release, READ) for release in TELETHONS}
    some = made(bed, "1.37.0", CONVERTED)
    classes = bed.compiled("ReadFiles")

    def java(version, *command):
        return [f"{bed.on_java(version)['JAVA_HOME']}/bin/java", "-cp", classes, *command]

    def converting(*command, env):
        target = bed.fresh("converted")
        try:
            return bed.whole([*command, target], env=env)
        finally:
            shutil.rmtree(target)

    def tgconvertor(release):
        target = bed.fresh("converted")
        try:
            return bed.whole([python(f"tgconvertor-{release}"), SIDES / "files.py", "convert", some, target])
        finally:
            shutil.rmtree(target, ignore_errors=True)

    # The goal was set against the older one; the newer one is four times as fast.
    others = {release: Measure(f"TGConvertor {release} converts", partial(tgconvertor, release), most=3)
              for release in ("0.1.4", "0.3.0")}
    for version in (17, 25):
        ours = Measure(f"our files {version}", partial(bed.of_itself, java(version, "ReadFiles", many["1.37.0"])), most=5)
        telethons = {}
        for release in TELETHONS:
            read = telethons[release] = Measure(f"Telethon {release} reads files", partial(
                bed.of_itself, [telethon(release), SIDES / "files.py", "read", many[release]]), most=3)
            yield Row(f"read-{version}-{release}", f"{READ} small files read, each, Java {version}", (ours, "each"),
                      f"`SQLiteSession` of Telethon {release}", (read, "each"), Goal(at_most=0.12))
        ours = Measure(f"our files on all cores {version}", partial(
            bed.of_itself, java(version, "ReadFiles", many["1.37.0"], "all-cores")), most=5)
        yield Row(f"read-cores-{version}", f"{READ} small files read on all cores, as `inspect FOLDER` does, each, Java {version}",
                  (ours, "each"), "`SQLiteSession` of Telethon 1.37.0", (telethons["1.37.0"], "each"), Goal(at_most=0.12))
        ours = Measure(f"our conversion {version}", partial(
            converting, PROGRAM, "convert", some, "--into", env=bed.on_java(version)), most=5)
        for release, other in others.items():
            yield Row(f"convert-{version}-{release}", f"{CONVERTED} files converted, whole process, Java {version}",
                      (ours, "wall"), f"TGConvertor {release}", (other, "wall"), Goal(at_most=0.04))


def made(bed, release, count):
    """A folder with so many files as this Telethon makes them, each with a key of its own."""
    folder = bed.fresh("files")
    bed.of_itself([telethon(release), SIDES / "files.py", "make", folder, count])
    return folder
