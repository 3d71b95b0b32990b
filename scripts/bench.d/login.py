"""A whole login, in a cold process, at a practice data centre that runs by itself; the same for both clients."""

import contextlib

from bed import PROGRAM, SIDES, TELETHONS, Goal, Measure, Row, telethon

TITLE = "Login"
# Numbers of the practice data centre; the second has a password.
WAYS = {"without": ("9996620001", "22222"), "with": ("9996620100", "22222", "practice")}
GOALS = {"without": 0.60, "with": 0.90}
# What a person takes for an answer; whoever types is slower.
PAUSE = 0.7
OURS = (b"hone number", b"ogin code", b"assword (")
THEIRS = (b"phone", b"code", b"password")
MIB = 96


def rows(bed):
    practice = bed.closing.enter_context(contextlib.closing(bed.ours.practice()))
    host, port = practice.address(2)

    def ours(version):
        return [PROGRAM, "login", str(bed.fresh("ours")), "--server", f"{host}:{port}", "--server-key",
                # Each in a home of its own: for the third code of a day our program asks whether it is to be.
                practice.pem_file], {**bed.on_java(version), "XDG_STATE_HOME": str(bed.fresh("home"))}

    def theirs(release):
        return [telethon(release), SIDES / "telethon_login.py", bed.fresh("theirs.session"), host, port,
                practice.pem_file], {}

    def whole(side, which, way):
        def play():
            command, env = side(which)
            return bed.whole(command, env=env, answers="".join(f"{answer}\n" for answer in typed(way)))
        return play

    def conversation(side, which, prompts):
        def play():
            command, env = side(which)
            return bed.conversation(command, list(zip(prompts, typed("with"))), PAUSE, env=env)
        return play

    we = {(version, way): Measure(f"login {way} {version}", whole(ours, version, way))
          for way in WAYS for version in (17, 25)}
    for release in TELETHONS:
        name = f"Telethon {release}"
        for way, goal in GOALS.items():
            they = Measure(f"{name} login {way}", whole(theirs, release, way))
            for version in (17, 25):
                yield Row(f"login-{way}-{version}-{release}", f"a login {way} password, Java {version}",
                          (we[version, way], "wall"), name, (they, "wall"), Goal(at_most=goal))
            if way == "with":
                for version in (17, 25):
                    yield Row(f"login-memory-{version}-{release}", f"memory of that login, Java {version}",
                              (we[version, way], "rss"), name, (they, "rss"), Goal(at_most=1.2, ceiling=MIB), "MiB")
    they = Measure("Telethon asks a person", conversation(theirs, "1.37.0", THEIRS), most=5)
    for version in (17, 25):
        we_wait = Measure(f"a person is asked {version}", conversation(ours, version, OURS), most=5)
        yield Row(f"waits-{version}", f"what a person waits, in all, who takes {PAUSE} s for each answer, Java {version}",
                  (we_wait, "waits"), "Telethon 1.37.0", (they, "waits"))
        yield Row(f"waits-last-{version}", f"... of it after the password, Java {version}",
                  (we_wait, "last"), "Telethon 1.37.0", (they, "last"))


def typed(way):
    number, *rest = WAYS[way]
    return [f"+{number}", *rest]
