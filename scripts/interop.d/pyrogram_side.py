"""What real Pyrogram or Kurigram does and sees. Runs inside an environment that holds one release of one of them.

One errand per start, as JSON on the command line; the answer is one line of JSON, the last line printed.
"""

import asyncio
import builtins
import hashlib
import json
import logging
import sys
import warnings
from pathlib import Path

# The library looks for a loop when it is imported.
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)

from pyrogram import Client, __version__  # noqa: E402

API_ID, API_HASH = 12345, "0123456789abcdef0123456789abcdef"


class Asked(Exception):
    """The library wanted a person, though the session was to be enough."""


def never(*_):
    raise Asked("a phone number, code or password was asked for")


def client_for(errand):
    """A client on that file or string, which connects to the practice data centre."""
    if "string" in errand:
        client = Client("string", API_ID, API_HASH, session_string=errand["string"], in_memory=True, no_updates=True)
    else:
        file = Path(errand["file"])
        client = Client(file.stem, API_ID, API_HASH, workdir=str(file.parent), no_updates=True)
    if "address" in errand and not hasattr(client.storage, "server_address"):
        # Pyrogram keeps no addresses: it has a table of them.
        from pyrogram.session.internals import data_center
        data_center.DataCenter.__new__ = lambda *_, **__: tuple(errand["address"])
    return client


async def facts_of(storage):
    """What a storage holds, in the words of `tgsession inspect`."""
    key = await storage.auth_key()
    answer = {"library": __version__, "keyId": hashlib.sha1(key).digest()[-8:].hex(), "bot": bool(await storage.is_bot())}
    for word, column in (("dc", "dc_id"), ("whose", "user_id"), ("test", "test_mode"), ("apiId", "api_id")):
        answer[word] = await getattr(storage, column)()
    if hasattr(storage, "server_address"):
        answer["address"], answer["port"] = await storage.server_address(), await storage.port()
    return answer


async def read(errand):
    """Opens the storage without connecting, and looks up the owner among the peers."""
    storage = client_for(errand).storage
    await storage.open()
    answer = await facts_of(storage)
    if "file" in errand:
        own = await storage.get_peer_by_id(answer["whose"])
        answer["ownHash"] = own.access_hash
    await storage.close()
    return answer


async def resume(errand):
    """Connects with what the session holds, and says who we are."""
    builtins.input = never
    client = client_for(errand)
    if "string" in errand and hasattr(client.storage, "server_address"):
        # Kurigram puts the address from its table beside what it reads from a string.
        read_string = client.storage.open

        async def then_go_to_practice():
            await read_string()
            await client.storage.server_address(errand["address"][0])
            await client.storage.port(errand["address"][1])

        client.storage.open = then_go_to_practice
    await client.start()
    me = await client.get_me()
    answer = await facts_of(client.storage)
    answer["authorised"] = True
    answer["me"] = {"id": me.id, "bot": bool(me.is_bot), "phone": me.phone_number, "first": me.first_name}
    await client.stop()
    return answer


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    errand = json.loads(sys.argv[1])
    work = {"read": read, "resume": resume}[errand.pop("do")]
    print(json.dumps(loop.run_until_complete(asyncio.wait_for(work(errand), 60))))
