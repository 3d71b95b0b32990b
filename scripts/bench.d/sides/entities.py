"""Many peers in Python: written by its sqlite3 into the tables that a Telethon makes, and looked up by that Telethon."""

import json
import statistics
import sys
import time

from telethon.crypto import AuthKey
from telethon.sessions import SQLiteSession


def write(file, count):
    session = SQLiteSession(file)
    session.set_dc(2, "149.154.167.51", 443)
    session.auth_key = AuthKey(bytes([7] * 256))
    session.save()
    session._conn.executemany("insert or replace into entities values (?,?,?,?,?,?)", (
        (i, i * 7919, f"user_{i}", 49151_000_000 + i, f"User {i}", 1_700_000_000 + i) for i in range(1, int(count) + 1)))
    session.save()
    session.close()
    return {"written": count}


def look_up(file, count, times):
    """Seconds for one user name, of people who are spread over the whole file."""
    session = SQLiteSession(file)
    took = []
    for turn in range(int(times)):
        i = 1 + (turn * 7_654_321) % int(count)
        begin = time.perf_counter()
        found = session.get_entity_rows_by_username(f"user_{i}")
        took.append(time.perf_counter() - begin)
        assert found == (i, i * 7919), (i, found)
    session.close()
    return {"username": statistics.median(took)}


print(json.dumps({"write": write, "look-up": look_up}[sys.argv[1]](*sys.argv[2:])))
