"""The same work with many files in other people's programs: makes them, reads them, converts them."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path


def make(folder, count):
    """Files as Telethon makes them, each with a key of its own."""
    from telethon.crypto import AuthKey
    from telethon.sessions import SQLiteSession
    model = Path(folder).with_suffix(".session")
    key = os.urandom(256)
    session = SQLiteSession(str(model))
    session.set_dc(2, "149.154.167.51", 443)
    session.auth_key = AuthKey(key)
    session.save()
    session.close()
    content = model.read_bytes()
    assert content.count(key) == 1
    os.makedirs(folder)
    for number in range(count):
        Path(folder, f"{number}.session").write_bytes(content.replace(key, os.urandom(256)))
    return {"made": count}


def read(folder):
    from telethon.sessions import SQLiteSession
    files = [str(file) for file in Path(folder).iterdir()]
    begin = time.perf_counter()
    for file in files:
        session = SQLiteSession(file)
        assert len(session.auth_key.key) == 256
        session.close()
    return {"each": (time.perf_counter() - begin) / len(files)}


def convert(folder, target):
    from TGConvertor.manager import SessionManager

    async def every():
        for file in Path(folder).iterdir():
            session = await SessionManager.from_telethon_file(file)
            await session.to_telethon_file(Path(target, file.name))

    os.makedirs(target)
    asyncio.run(every())
    return {"converted": len(os.listdir(target))}


what, *arguments = sys.argv[1:]
answer = make(arguments[0], int(arguments[1])) if what == "make" else {"read": read, "convert": convert}[what](*arguments)
print(json.dumps(answer))
