"""What a release of Telethon, of any age, makes of session files. Runs inside an environment that holds it.

One errand per start, as JSON on the command line; answers are lines of JSON. Nothing here connects to anything: only
the session class is at work, as a client would use it.
"""

import hashlib
import json
import sqlite3
import sys
import time

try:
    from telethon.sessions import SQLiteSession
except ImportError:  # up to 0.17
    from telethon.tl.session import Session as SQLiteSession
from telethon.crypto import AuthKey
from telethon.tl import types

STRANGER = 777000777


def facts_of(session):
    """Where a session lives and which key it holds; 0.16 has no number of the data centre that others may see."""
    return {
        "dc": session.dc_id if hasattr(session, "dc_id") else session._dc_id,
        "address": session.server_address,
        "port": session.port,
        "keyId": hashlib.sha1(session.auth_key.key).digest()[-8:].hex(),
    }


def hash_of(session, marked):
    """The access hash it knows of a peer; None if it does not know it. Basic groups have none."""
    try:
        peer = session.get_input_entity(marked)
    except ValueError:
        return None
    return getattr(peer, "access_hash", 0)


def meet(session, number):
    """Has a client met somebody? Then this is what it has its session do."""
    session.process_entities([types.User(id=number, access_hash=number, first_name="Somebody")])


def open_one(path, peers):
    """What becomes of one file: what was read, or the error, in the words in which Python or SQLite puts it."""
    try:
        session = SQLiteSession(path)
    except Exception as refused:  # noqa: BLE001 whichever it is, it is the answer
        return {"error": str(refused)}
    seen = {**facts_of(session), "peers": {str(marked): hash_of(session, marked) for marked in peers}}
    try:
        meet(session, STRANGER)
        session.save()
    except sqlite3.Error as refused:
        seen["error"] = f"opens, then fails when it stores a peer: {refused}"
    return seen


def make(path, key, me, peers):
    """A session file with something in every table. Only for releases of today."""
    from datetime import datetime, timezone

    session = SQLiteSession(path)
    session.set_dc(4, "149.154.167.91", 443)
    session.auth_key = AuthKey(bytes.fromhex(key))
    session.process_entities([types.InputPeerUser(0, me)])
    session.process_entities([
        types.User(id=me, access_hash=peers[str(me)], first_name="Anna", username="anna", phone="9996620001"),
        *(types.InputPeerChat(-int(marked)) if hash_ == 0
          else types.InputPeerChannel(-int(marked) - 10**12, hash_) if int(marked) < 0
          else types.InputPeerUser(int(marked), hash_)
          for marked, hash_ in peers.items() if int(marked) != me)])
    session.cache_file(b"0123456789abcdef", 4711, types.InputPhoto(1, 2, b""))
    session.set_update_state(0, types.updates.State(7, 8, datetime.now(timezone.utc), 9, 0))
    session.close()
    return facts_of(session)


def hold(path, settings, changes):
    """A client in the middle of its work: has changed something and not committed it, until a line comes in.

    It waits for no lock: one that is taken is an error at once.
    """
    session = SQLiteSession(path)
    connection = session._conn
    for statement in ["pragma busy_timeout = 0", *settings]:
        connection.execute(statement)
    for number in range(changes):
        meet(session, STRANGER + number)
    print(json.dumps({"writes": connection.in_transaction}), flush=True)
    sys.stdin.readline()
    session.save()
    print(json.dumps({"writes": connection.in_transaction}), flush=True)
    sys.stdin.readline()
    session.close()
    return {"closed": True}


def hammer(path, settings):
    """A client that commits again and again, and waits for no lock, until a line comes in."""
    import threading

    session = SQLiteSession(path)
    for statement in ["pragma busy_timeout = 0", *settings]:
        session._conn.execute(statement)
    session.save()
    told = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
    print(json.dumps({"writes": True}), flush=True)
    commits = 0
    while not told.is_set():
        meet(session, STRANGER + commits % 10)
        session.save()
        commits += 1
        time.sleep(0.002)
    session.close()
    return {"commits": commits}


if __name__ == "__main__":
    errand = json.loads(sys.argv[1])
    kind = errand.pop("do")
    if kind == "open-all":
        answer = {path: open_one(path, errand["peers"]) for path in errand["files"]}
    else:
        answer = {"make": make, "hold": hold, "hammer": hammer}[kind](**errand)
    print(json.dumps(answer), flush=True)
