"""A million people whom an account knows: written to a session file, and looked up in one."""

from functools import partial

from bed import SIDES, Goal, Measure, Row, telethon

TITLE = "Many peers"
COUNT = 1_000_000
RELEASE = "1.37.0"


def rows(bed):
    classes = bed.compiled("Million")

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
