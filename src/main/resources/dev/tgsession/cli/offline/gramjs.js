const { createHash, createPublicKey } = require("crypto");
const { readFileSync } = require("fs");
const bigInt = require("big-integer");
const { TelegramClient } = require("telegram");
const { _serverKeys } = require("telegram/crypto/RSA");
const { PromisedNetSockets } = require("telegram/extensions");
const { StringSession } = require("telegram/sessions");

const n = Buffer.from(createPublicKey(readFileSync("practice.pem")).export({ format: "jwk" }).n, "base64url");
const words = Buffer.concat([Buffer.from([254, 0, 1, 0]), n, Buffer.from([3, 1, 0, 1])]);
const fingerprint = createHash("sha1").update(words).digest().readBigInt64LE(12);
_serverKeys.set(String(fingerprint), { n: bigInt(n.toString("hex"), 16), e: 65537 });

const session = new StringSession("");
session.setDC(2, "127.0.0.1", 20002);
// GramJS knows no ports but 80 and 443.
class Offline extends PromisedNetSockets {
    connect(port, ip) {
        return super.connect(20000 + session.dcId, ip);
    }
}

(async () => {
    const client = new TelegramClient(session, 1, "0".repeat(32), { networkSocket: Offline });
    await client.start({ phoneNumber: "+9996620001", phoneCode: async () => "22222", onError: console.error });
    console.log("logged in as", (await client.getMe()).phone);
    process.exit();
})();
