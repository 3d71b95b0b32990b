"""Telethon's side of scripts/bench-entities: the same peers into a session file, out again, and each looked up three ways."""

import json
import sys
import time

from telethon.crypto import AuthKey
from telethon.sessions import SQLiteSession
from telethon.tl import types

file, count = sys.argv[1], int(sys.argv[2])
session = SQLiteSession(file)
session.set_dc(2, "149.154.167.51", 443)
session.auth_key = AuthKey(bytes([7] * 256))
users = [types.User(id=i, access_hash=i * 7919, username=f"user_{i}", phone=f"4915{1_000_000 + i}", first_name=f"User {i}",
                    usernames=[]) for i in range(1, count + 1)]
begin = time.perf_counter()
session.process_entities(types.contacts.Contacts(contacts=[], saved_count=0, users=users))
session.save()
session.close()
saved = time.perf_counter()
session = SQLiteSession(file)
opened = time.perf_counter()
for i in range(1, count + 1):
    for found in (session.get_entity_rows_by_id(i), session.get_entity_rows_by_username(f"user_{i}"),
                  session.get_entity_rows_by_phone(f"4915{1_000_000 + i}")):
        assert found[1] == i * 7919, (i, found)
    if i >= count * float(sys.argv[3]):
        break
found = time.perf_counter()
print(json.dumps({"save": saved - begin, "open": opened - saved, "look up": (found - opened) / i * count}))
