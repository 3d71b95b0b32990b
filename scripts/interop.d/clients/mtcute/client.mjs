/*
 * Real mtcute, as somebody's bot: logs in to the practice data centre, or comes back to it.
 *
 * One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in
 * clients/README.md.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

// A module is looked for beside the program; ours lie in the folder that is named.
const modules = process.argv[2];
const from = (name) => import(pathToFileURL(path.join(modules, "@mtcute", name)));
const {
    IntermediatePacketCodec,
    MemoryStorage,
    ObfuscatedPacketCodec,
    PaddedIntermediatePacketCodec,
    TcpTransport,
    TelegramClient,
} = await from("node/index.js");
const { NodeCryptoProvider } = await from("node/utils.js");
const { addPublicKey, readStringSession } = await from("core/utils.js");
const { version } = JSON.parse(fs.readFileSync(path.join(modules, "@mtcute/node/package.json"), "utf8"));

const CODECS = {
    intermediate: () => new IntermediatePacketCodec(),
    "padded intermediate": () => new PaddedIntermediatePacketCodec(),
    "obfuscated intermediate": () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
    "obfuscated padded intermediate": () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
};

function tell(event, facts) {
    process.stdout.write(JSON.stringify({ event, ...facts }) + "\n");
}

async function run(errand) {
    const asked = [];
    const answer = (name) => async () => {
        asked.push(name);
        if (errand.answers[name].length === 0) {
            throw new Error(`asked for the ${name} once too often`);
        }
        return errand.answers[name].shift();
    };
    const crypto = new NodeCryptoProvider();
    addPublicKey(crypto, errand.key.pem);
    const [ipAddress, port] = errand.dcs[2];
    const dc = { id: 2, ipAddress, port };
    class Transport extends TcpTransport {
        packetCodec() {
            return CODECS[errand.transport]();
        }
    }
    const client = new TelegramClient({
        apiId: 12345,
        apiHash: "0123456789abcdef0123456789abcdef",
        storage: new MemoryStorage(),
        defaultDcs: { main: dc, media: dc },
        transport: new Transport(),
        logLevel: 3,
    });
    client.log.mgr.handler = (color, level, tag, words, details) => console.error(tag, words, ...details);
    const ways = {
        phone: { phone: answer("phone"), code: answer("code"), password: answer("password") },
        bot: { botToken: answer("bot_token") },
        qr: { qrCodeHandler: (link) => tell("qr", { link }), password: answer("password") },
        back: { session: errand.way === "back" ? fs.readFileSync(errand.store, "utf8") : "" },
    };
    await client.start({ codeSentCallback: () => {}, invalidCodeCallback: (what) => console.error("wrong", what), ...ways[errand.way] });
    const stored = await client.exportSession();
    fs.writeFileSync(errand.store, stored);
    if (errand.idle) {
        tell("idle");
        await new Promise((over) => setTimeout(over, 1000 * errand.idle));
    }
    const [me] = await client.getUsers("me");
    const session = readStringSession(stored);
    const keyId = createHash("sha1").update(session.authKey).digest().subarray(12).toString("hex");
    tell("done", {
        library: version,
        layer: client._client.mt._layer,
        asked,
        dc: session.primaryDcs.main.id,
        keyId,
        me: { id: me.id, bot: me.isBot, phone: me.phoneNumber },
    });
    await client.destroy();
}

run(JSON.parse(fs.readFileSync(0, "utf8"))).then(
    () => process.exit(0),
    (failed) => {
        console.error(failed);
        process.exit(1);
    },
);
