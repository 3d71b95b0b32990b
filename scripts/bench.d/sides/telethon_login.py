"""Telethon logs in to the practice data centre, in the words of a user's own script; answers come from the terminal or
a pipe: phone number, code and password, as its `start()` asks for them."""

import sys

from telethon import TelegramClient
from telethon.crypto import rsa

session, host, port, pem = sys.argv[1:]
with open(pem) as key:
    rsa.add_key(key.read(), old=False)
client = TelegramClient(session, 12345, "0123456789abcdef0123456789abcdef")
client.session.set_dc(2, host, int(port))
# The password is read in the open where there is no terminal to hide it on.
if not sys.stdin.isatty():
    client.start(password=input)
else:
    client.start()
client.disconnect()
