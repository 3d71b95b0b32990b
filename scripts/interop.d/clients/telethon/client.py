"""Real Telethon, as somebody's bot: logs in to the practice data centre, or comes back to it.

One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in clients/README.md.
"""

import asyncio
import hashlib
import json
import logging
import sys
import warnings

from telethon import TelegramClient, __version__
from telethon.crypto import rsa
from telethon.errors import SessionPasswordNeededError
from telethon.network import connection
from telethon.tl.alltlobjects import LAYER

TRANSPORTS = {
    "full": connection.ConnectionTcpFull,
    "abridged": connection.ConnectionTcpAbridged,
    "intermediate": connection.ConnectionTcpIntermediate,
    "obfuscated abridged": connection.ConnectionTcpObfuscated,
}


class GaveUp(Exception):
    """The person has no more answers."""


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


async def log_in(client, errand, answer):
    """In the words of a user's own script."""
    way = errand["way"]
    if way == "bot":
        await client.start(bot_token=answer("bot_token"))
    elif way == "qr":
        await client.connect()
        qr = await client.qr_login()
        tell("qr", link=qr.url)
        try:
            await qr.wait(20)
        except SessionPasswordNeededError:
            await client.sign_in(password=answer("password"))
    else:
        await client.start(phone=lambda: answer("phone"), code_callback=lambda: answer("code"),
                           password=lambda: answer("password"))


async def run(errand):
    asked = []

    def answer(name):
        asked.append(name)
        if not errand["answers"][name]:
            raise GaveUp(f"asked for the {name} once too often")
        return errand["answers"][name].pop(0)

    rsa.add_key(errand["key"]["pem"], old=False)
    client = TelegramClient(errand["store"], 12345, "0123456789abcdef0123456789abcdef",
                            connection=TRANSPORTS[errand["transport"]], connection_retries=2, timeout=15)
    if errand["way"] != "back":
        host, port = errand["dcs"]["2"]
        client.session.set_dc(2, host, port)
    await log_in(client, errand, answer)
    if errand["idle"]:
        tell("idle")
        await asyncio.sleep(errand["idle"])
    me = await client.get_me()
    key = hashlib.sha1(client.session.auth_key.key).digest()[-8:].hex()
    tell("done", library=__version__, layer=LAYER, asked=asked, dc=client.session.dc_id, keyId=key,
         me={"id": me.id, "bot": bool(me.bot), "phone": me.phone})
    await client.disconnect()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(run(json.load(sys.stdin)))
