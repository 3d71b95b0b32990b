"""A million people whom an account knows: written to a session file, and looked up in one."""

from functools import partial

from bed import PROGRAM, SIDES, Goal, Measure, Row, telethon

TITLE = "Many peers"
COUNT = 1_000_000
RELEASE = "1.37.0"
FEW, MANY = 15, 1000


def rows(bed):
    classes = bed.compiled("Million", "LookUp")

    def written(command):
        file = bed.fresh("million.session")
        try:
            return bed.whole([*command, file, COUNT])
        finally:
            file.unlink(missing_ok=True)

    python = [telethon(RELEASE), SIDES / "entities.py"]
    many = Measure("executemany", partial(written, [*python, "write"]), most=3)
    for version in (17, 25):
        ours = Measure(f"our million {version}", partial(
            written, [f"{bed.on_java(version)['JAVA_HOME']}/bin/java", "-cp", classes, "Million"]), most=3)
        yield Row(f"million-{version}", f"{COUNT:,} peers written to a new file, whole process, Java {version}",
                  (ours, "wall"), "Python, `executemany`", (many, "wall"), Goal(at_most=0.25), unit="s")
        yield Row(f"million-memory-{version}", f"... memory, Java {version}", (ours, "rss"), "Python, `executemany`",
                  (many, "rss"), unit="MiB")
        # As Java would choose by itself on such a machine.
        dyno = Measure(f"our million in 512 MB {version}", partial(written, [
            f"{bed.on_java(version)['JAVA_HOME']}/bin/java", "-XX:MaxRAM=512m", "-XX:+UseSerialGC", "-cp", classes, "Million"]),
            most=3)
        yield Row(f"million-dyno-{version}", f"... memory where there are 512 MB, Java {version}", (dyno, "rss"),
                  "Python, `executemany`", (many, "rss"), unit="MiB")

    plain, indexed = bed.fresh("plain.session"), bed.fresh("indexed.session")
    bed.of_itself([*python, "write", plain, COUNT])
    bed.whole([PROGRAM, "upgrade", plain, "--to", "7", "--index", "-o", indexed])
    theirs = Measure("Telethon looks up", partial(bed.of_itself, [*python, "look-up", plain, COUNT, FEW]), most=5)
    for version in (17, 25):
        ours = Measure(f"we look up {version}", partial(bed.of_itself, [
            f"{bed.on_java(version)['JAVA_HOME']}/bin/java", "-cp", classes, "LookUp", plain, COUNT, FEW]), most=5)
        yield Row(f"look-up-{version}", f"a user name among {COUNT:,} in Telethon's file, Java {version}",
                  (ours, "username"), f"Telethon {RELEASE}", (theirs, "username"), Goal(at_most=0.9))
    yield Row("look-up-indexed", f"the same by Telethon {RELEASE}, after `upgrade --index`", (Measure(
        "Telethon looks up with an index", partial(bed.of_itself, [*python, "look-up", indexed, COUNT, MANY]), most=5),
        "username"), f"Telethon {RELEASE} in its own file", (theirs, "username"), Goal(times=2000))
