import { readFileSync } from "node:fs";
import { addPublicKey } from "@mtcute/core/utils.js";
import { MemoryStorage, TelegramClient } from "@mtcute/node";
import { NodeCryptoProvider } from "@mtcute/node/utils.js";

addPublicKey(new NodeCryptoProvider(), readFileSync("practice.pem", "utf8"));
const dc = { id: 2, ipAddress: "127.0.0.1", port: 20002 };
const client = new TelegramClient({
    apiId: 1,
    apiHash: "0".repeat(32),
    storage: new MemoryStorage(),
    defaultDcs: { main: dc, media: dc },
});
const me = await client.start({ phone: "+9996620001", code: "22222" });
console.log("logged in as", me.phoneNumber);
await client.destroy();
