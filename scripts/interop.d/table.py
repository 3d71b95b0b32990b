"""The page docs/interop.md: what the libraries did, drawn from the results of all checks, and held against them."""

import datetime
import difflib
import re

import methods
from bench import ROOT

PAGE = ROOT / "docs" / "interop.md"

TRANSPORTS = ("full", "abridged", "intermediate", "padded intermediate", "obfuscated abridged",
              "obfuscated intermediate", "obfuscated padded intermediate")

TELETHON = [client.version for client in methods.ALL if client.name == "Telethon"]
# Our form of a session, the library and release that opens it, and the checks that show it.
OURS = (
    *(("telethon", f"Telethon {version}", ("goes on with our file, asking nothing",
                                           "goes on with our file of an account with a password",
                                           "goes on with our file of a bot",
                                           "goes on with our file after a move to DC 4")) for version in TELETHON),
    *(("telethon-string", f"Telethon {version}", ("takes our string",)) for version in TELETHON),
    ("telethon-string", "gotd 0.93.0", ("goes on with our string, asking nothing",)),
    ("pyrogram", "Pyrogram 2.0.106", ("goes on with our file, asking nothing", "goes on with our file of a bot")),
    ("pyrogram-string", "Pyrogram 2.0.106", ("goes on with our string, asking nothing",)),
    ("kurigram", "Kurigram 2.2.26", ("goes on with our file, asking nothing", "goes on with our file of a bot")),
    ("pyrogram-string", "Kurigram 2.2.26", ("goes on with our string, asking nothing",)),
    ("gramjs-string", "GramJS 2.26.22", ("goes on with our string, asking nothing", "goes on with our string of a bot")),
)


def rows(head, body):
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    for row in body:
        yield "| " + " | ".join(row) + " |"


def page(results, facts, idle):
    """The whole page, as Markdown."""
    def cell(name):
        return results.get(name, "-")

    yield "# What other people's libraries do with tgsession"
    yield ""
    yield "The judges of our practice servers and of our session files are other people's libraries. `scripts/interop`"
    yield "installs these releases, has them log in on the loopback interface, and holds this page against what it saw."
    yield ""
    yield f"Written on {datetime.date.today().isoformat()} by `scripts/interop --write --idle {idle}`."
    yield ""
    yield "## They log in to our practice servers"
    yield ""
    yield from rows(("library", "release", "layer", *methods.METHODS),
                    ((client.name, client.version, str(facts.get(str(client), {}).get("layer", "-")),
                      *(cell(f"{client}: {method}") for method in methods.METHODS)) for client in methods.ALL))
    yield ""
    yield "`ok`: the library got in, knows who it is, and asked for what was due and no more; `-`: it has no such way, or"
    yield "does not say. `TDLib, PFS` is TDLib with its option `use_pfs`: it makes temporary keys, and binds them."
    yield ""
    for method, words in methods.MEANING.items():
        yield f"- **{method}**: {words}"
    yield ""
    yield "## The ways they send their packets"
    yield ""
    yield "Each was used for a whole login by phone, and seen on the wire. Those that need a proxy are left out."
    yield ""
    yield from rows(("library", "release", *TRANSPORTS),
                    ((client.name, client.version, *(cell(f"{client}: over {transport}") for transport in TRANSPORTS))
                     for client in methods.ALL))
    yield ""
    yield "## They go on with our logins"
    yield ""
    yield "`tgsession login` logs in, `tgsession export` writes the form, and a library that reads it connects with"
    yield "nothing else and says who it is."
    yield ""
    yield from rows(("form", "library", "release", "result"),
                    ((f"`{form}`", *library.split(" "), worst([cell(f"{library} {words}") for words in checks]))
                     for form, library, checks in OURS))


def worst(cells):
    return next((cell for cell in cells if cell != "ok"), "ok")


def undated(text):
    return re.sub(r"(?m)^Written on .*$", "", text)


def written_for_skipped(seen, there):
    """What was seen, but for the rows of checks that were skipped: of those the page tells what others saw."""
    lines = there.splitlines()

    def line_for(at, line):
        known = lines[at] if at < len(lines) else ""
        return known if "| skipped |" in line and known.split("|")[1:3] == line.split("|")[1:3] else line

    return "\n".join(line_for(at, line) for at, line in enumerate(seen.splitlines())) + "\n"


def hold(results, facts, idle, write):
    """Writes the page, or says whether the one that is there tells the same, whenever it was written."""
    seen = "\n".join(page(results, facts, idle)) + "\n"
    if write:
        PAGE.write_text(seen)
        print(f"ok      wrote {PAGE.relative_to(ROOT)}")
        return True
    there = PAGE.read_text() if PAGE.exists() else ""
    seen = written_for_skipped(seen, there)
    name = "docs/interop.md says what was seen"
    if undated(there) == undated(seen):
        print(f"ok      {name}")
        return True
    print(f"FAILED  {name}; if it should, run scripts/interop --write:")
    print("\n".join(difflib.unified_diff(undated(there).splitlines(), undated(seen).splitlines(), "docs/interop.md",
                                         "seen", lineterm="")))
    return False
