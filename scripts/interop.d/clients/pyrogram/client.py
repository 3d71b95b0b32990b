"""Real Pyrogram or Kurigram, as somebody's bot: logs in to the practice data centre, or comes back to it.

One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in clients/README.md.
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

from pyrogram import Client, __version__, errors  # noqa: E402
from pyrogram.connection import connection, transport  # noqa: E402
from pyrogram.crypto import rsa  # noqa: E402
from pyrogram.raw.all import layer  # noqa: E402

FORK = hasattr(Client, "authorize_qr")
TRANSPORTS = {
    "abridged": "TCPAbridged",
    "intermediate": "TCPIntermediate",
    "padded intermediate": "TCPIntermediatePadded",
    "full": "TCPFull",
    "obfuscated abridged": "TCPAbridgedO",
    "obfuscated intermediate": "TCPIntermediateO",
}


class GaveUp(Exception):
    """The person has no more answers."""


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def client_for(errand):
    """A client that goes to the practice data centre, over the transport asked for."""
    dcs, key, store = errand["dcs"], errand["key"], Path(errand["store"])
    rsa.server_public_keys[int(key["fingerprint"])] = rsa.PublicKey(int(key["n"]), int(key["e"]))
    kind = getattr(transport, TRANSPORTS[errand["transport"]])
    more = {}
    if FORK:
        class Practice(connection.Connection):
            def __init__(self, dc_id, server_address, port, *rest, **named):
                super().__init__(dc_id, *dcs[str(dc_id)], *rest, **named)

        more = {"connection_factory": Practice, "protocol_factory": kind}
    else:
        from pyrogram.session.internals import DataCenter
        DataCenter.__new__ = lambda _, dc_id, *rest: tuple(dcs[str(dc_id)])
        connection.TCPAbridged = kind
    if "bot_token" in errand["answers"]:
        more["bot_token"] = errand["answers"]["bot_token"][0]
    return Client(store.name, 12345, "0123456789abcdef0123456789abcdef", workdir=str(store.parent), **more)


async def qr(client, answer):
    """Kurigram's own way draws the code on a terminal; this is what it does apart from that."""
    from pyrogram.qrlogin import QRLogin
    await client.connect()
    login = QRLogin(client)
    await login.recreate()
    tell("qr", link=login.url)
    try:
        await login.wait()
    except errors.SessionPasswordNeeded:
        await client.check_password(answer("password"))
    await client.disconnect()


async def run(errand):
    asked = []

    def answer(name):
        asked.append(name)
        if not errand["answers"][name]:
            raise GaveUp(f"asked for the {name} once too often")
        return errand["answers"][name].pop(0)

    def person(question="", **_):
        words = question.lower()
        if "correct?" in words:
            return "y"
        for word, name in (("phone number", "phone"), ("code", "code"), ("password", "password")):
            if word in words:
                return answer(name)
        raise GaveUp(f"what is to be answered to {question!r}?")

    builtins.input = person
    import getpass
    getpass.getpass = person
    client = client_for(errand)
    if errand["way"] == "qr":
        await qr(client, answer)
    await client.start()
    if errand["idle"]:
        tell("idle")
        await asyncio.sleep(errand["idle"])
    me = await client.get_me()
    key = hashlib.sha1(await client.storage.auth_key()).digest()[-8:].hex()
    tell("done", library=__version__, layer=layer, asked=asked, dc=await client.storage.dc_id(), keyId=key,
         me={"id": me.id, "bot": bool(me.is_bot), "phone": me.phone_number})
    await client.stop()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    loop.run_until_complete(run(json.load(sys.stdin)))
