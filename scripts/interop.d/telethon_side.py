"""What real Telethon does and sees. Runs inside an environment that holds one release of it.

One errand per start, as JSON on the command line; the answer is one line of JSON, the last line printed.
"""

import asyncio
import datetime
import hashlib
import json
import logging
import sys
import warnings

from telethon import TelegramClient, __version__
from telethon.crypto import rsa
from telethon.sessions import SQLiteSession, StringSession
from telethon.tl import functions, types

API_ID, API_HASH = 12345, "0123456789abcdef0123456789abcdef"


def facts_of(session):
    """Where a session lives and which key it holds, in the words of `tgsession inspect`."""
    key = session.auth_key.key if session.auth_key else b""
    return {
        "telethon": __version__,
        "dc": session.dc_id,
        "address": session.server_address,
        "port": session.port,
        "keyId": hashlib.sha1(key).digest()[-8:].hex() if key else None,
    }


def read_file(path):
    """Reads a session file without connecting: whose it is stands in the row with id 0."""
    session = SQLiteSession(path)
    answer = facts_of(session)
    try:
        answer["whose"] = session.get_input_entity(0).access_hash
        answer["owner"] = session.get_input_entity(answer["whose"]).user_id
    except ValueError:
        answer["whose"] = None
    session.close()
    return answer


def read_string(text):
    return facts_of(StringSession(text))


def met(path):
    """Whom and what a session file remembers, looked up without connecting, as Library.java looks it up."""
    session = SQLiteSession(path)

    def found(key):
        try:
            return session.get_input_entity(key)
        except ValueError:
            return None

    def access_hash(key):
        entity = found(key)
        return None if entity is None else str(entity.access_hash)

    states = {entity: state for entity, state in session.get_update_states()} if hasattr(session, "get_update_states") else {}
    own = session.get_update_state(0)
    group = found(types.PeerChat(99))
    answer = {
        "keyId": facts_of(session)["keyId"], "dc": session.dc_id,
        "byName": access_hash("https://t.me/Anna_B"), "byPhone": access_hash("+491701234567"),
        "byId": access_hash(types.PeerUser(77)), "channel": access_hash("@The_News"),
        "channelById": access_hash(types.PeerChannel(1234567890)), "group": -group.chat_id if group else 0,
        "pts": own.pts if own else 0, "qts": own.qts if own else 0,
        "channelPts": states[1234567890].pts if 1234567890 in states else 0,
    }
    session.close()
    return answer


def meet(path):
    """Real Telethon meets the same peers as Library.java does, and reads as many updates."""
    session = SQLiteSession(path)
    user = types.User(id=77, access_hash=-8123456789012345678, username="Anna_B", phone="491701234567", first_name="Anna",
                      last_name="B")
    photo, date = types.ChatPhotoEmpty(), datetime.datetime.fromtimestamp(1_700_000_000, datetime.timezone.utc)
    group = types.Chat(id=99, title="Family", photo=photo, participants_count=2, date=date, version=1)
    channel = types.Channel(id=1234567890, access_hash=42, title="The News", username="the_news", photo=photo, date=date)
    session.process_entities(types.contacts.ResolvedPeer(types.PeerUser(77), [group, channel], [user]))
    session.set_update_state(0, types.updates.State(pts=11, qts=12, date=date, seq=13, unread_count=0))
    session.set_update_state(1234567890, types.updates.State(pts=17, qts=0, date=date, seq=0, unread_count=0))
    session.save()
    session.close()
    return met(path)


class Asked(Exception):
    """Telethon wanted a person, though the session was to be enough."""


def never(*_):
    raise Asked("Telethon asked for a phone, code or password")


async def resume(session, pem, phone=never, code=never, password=never, bot_token=None, address=None):
    """Connects with what the session holds, logs in if answers are given, and says who we are."""
    rsa.add_key(pem, old=False)
    client = TelegramClient(session, API_ID, API_HASH, connection_retries=2, request_retries=2, timeout=15)
    if address:
        client.session.set_dc(*address)
    if bot_token:
        await client.start(bot_token=bot_token)
    else:
        await client.start(phone=phone, code_callback=code, password=password)
    me = await client.get_me()
    answer = facts_of(client.session)
    answer["authorised"] = await client.is_user_authorized()
    answer["me"] = {"id": me.id, "bot": bool(me.bot), "phone": me.phone, "first": me.first_name}
    await client.disconnect()
    return answer


async def everybody(file, pem, address, phone, code):
    """Logs in, asks for the address book and for all dialogs, and says how many of which kind came."""
    rsa.add_key(pem, old=False)
    client = TelegramClient(file, API_ID, API_HASH, connection_retries=2, request_retries=2, timeout=15)
    client.session.set_dc(*address)
    await client.start(phone=phone, code_callback=lambda: code)
    await client(functions.contacts.GetContactsRequest(0))
    dialogs = await client.get_dialogs()
    kinds = {}
    for dialog in dialogs:
        name = type(dialog.entity).__name__
        kinds[name] = kinds.get(name, 0) + 1
    answer = {
        "dialogs": len({dialog.id for dialog in dialogs}),
        "archived": sum(bool(dialog.archived) for dialog in dialogs),
        "pinned": sum(bool(dialog.pinned) for dialog in dialogs),
        "messages": sum(dialog.message is not None for dialog in dialogs),
        "kinds": kinds,
    }
    await client.disconnect()
    return answer


async def run(errand):
    kind = errand.pop("do")
    if kind == "read-file":
        return read_file(errand["file"])
    if kind in ("met", "meet"):
        return {"met": met, "meet": meet}[kind](errand["file"])
    if kind == "read-string":
        return read_string(errand["string"])
    if kind == "resume-file":
        return await resume(errand["file"], errand["pem"])
    if kind == "resume-string":
        return await resume(StringSession(errand["string"]), errand["pem"])
    if kind == "log-in":
        answers = {name: errand[name] for name in ("phone", "password", "bot_token") if name in errand}
        if "code" in errand:
            answers["code"] = lambda: errand["code"]
        return await resume(errand["file"], errand["pem"], address=errand["address"], **answers)
    if kind == "everybody":
        return await everybody(**errand)
    raise ValueError(kind)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    print(json.dumps(loop.run_until_complete(asyncio.wait_for(run(json.loads(sys.argv[1])), 60))))
