from telethon.crypto import rsa
from telethon.sync import TelegramClient

rsa.add_key(open("practice.pem").read(), old=False)
client = TelegramClient("offline", 1, "0" * 32)
client.session.set_dc(2, "127.0.0.1", 20002)
client.start(phone="+9996620001", code_callback=lambda: "22222")
print("logged in as", client.get_me().phone)
client.disconnect()
