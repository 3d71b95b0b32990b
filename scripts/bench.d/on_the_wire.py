"""What a login costs on the wire, as scripts/bench-round-trips counts it."""

from functools import partial

from bed import ROOT, Measure, Row

TITLE = "On the wire"
PEER = "Telethon 1.45.0"
WAYS = {"login by phone": "a login without password", "login by password": "a login with password"}
COLUMNS = {"connections": "connections", "packets up": "packets sent", "messages up": "messages sent",
           "bytes up": "bytes sent", "bytes down": "bytes received"}


def rows(bed):
    # It counts, so once is enough; both log in at the same servers.
    both = Measure("round trips", partial(counted, bed), most=1)
    for way, words in WAYS.items():
        for column, named in COLUMNS.items():
            yield Row(f"wire-{way}-{column}".replace(" ", "-"), f"{words}: {named}", (both, f"tgsession {way} {column}"),
                      PEER, (both, f"{PEER} {way} {column}"), unit="count")


def counted(bed):
    """Every number of the tables, by who logged in, how, and the column."""
    said = bed.whole([ROOT / "scripts" / "bench-round-trips", "--rounds", 1, "tgsession", PEER], env={"HOME": bed.home})[
        "said"]
    figures, way, columns = {}, "", []
    for line in said.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if line.startswith("| login by"):
            way, *columns = cells
        elif line.startswith("| "):
            figures.update({f"{cells[0]} {way} {column}": int(cell) for column, cell in zip(columns, cells[1:])})
    return figures
