/*
 * Real GramJS, as somebody's bot: logs in to the practice data centre, or comes back to it.
 *
 * One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in
 * clients/README.md.
 */
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");

const modules = process.argv[2];
const { TelegramClient } = require(path.join(modules, "telegram"));
// What the library itself says is its version before this one.
const { version } = require(path.join(modules, "telegram", "package.json"));
const { StringSession } = require(path.join(modules, "telegram", "sessions"));
const { PromisedNetSockets } = require(path.join(modules, "telegram", "extensions"));
const connections = require(path.join(modules, "telegram", "network", "connection"));
const { _serverKeys } = require(path.join(modules, "telegram", "crypto", "RSA"));
const { LAYER } = require(path.join(modules, "telegram", "tl", "AllTLObjects"));
const bigInt = require(path.join(modules, "big-integer"));

const API = { apiId: 12345, apiHash: "0123456789abcdef0123456789abcdef" };
const TRANSPORTS = {
    full: connections.ConnectionTCPFull,
    abridged: connections.ConnectionTCPAbridged,
    "obfuscated abridged": connections.ConnectionTCPObfuscated,
};

function tell(event, facts) {
    console.log(JSON.stringify({ event, ...facts }));
}

async function run(errand) {
    const asked = [];
    let gone = false;
    const answer = async (name) => {
        asked.push(name);
        gone = errand.answers[name].length === 0;
        return errand.answers[name].shift();
    };
    const { fingerprint, n, e } = errand.key;
    _serverKeys.set(fingerprint, { n: bigInt(n), e: Number(e) });
    const session = new StringSession(errand.way === "back" ? fs.readFileSync(errand.store, "utf8") : "");
    if (errand.way !== "back") {
        session.setDC(2, ...errand.dcs[2]);
    }
    // GramJS goes to port 80 or 443 whatever the session says.
    class Socket extends PromisedNetSockets {
        connect(_, ip) {
            return super.connect(errand.dcs[session.dcId][1], ip);
        }
    }
    const client = new TelegramClient(session, API.apiId, API.apiHash, {
        connection: TRANSPORTS[errand.transport],
        connectionRetries: 2,
        networkSocket: Socket,
    });
    client.setLogLevel("info");
    const failed = [];
    const onError = async (error) => {
        failed.push(error);
        console.error(String(error));
        // Whether to stop.
        return gone || failed.length > 2;
    };
    const password = () => answer("password");
    try {
        if (errand.way === "qr") {
            await client.connect();
            const qrCode = async ({ token }) =>
                tell("qr", { link: "tg://login?token=" + token.toString("base64url") });
            await client.signInUserWithQrCode(API, { qrCode, password, onError });
        } else if (errand.way === "bot") {
            await client.start({ botAuthToken: () => answer("bot_token") });
        } else {
            const phoneNumber = () => answer("phone");
            const firstAndLastNames = async () => {
                gone = true;
                throw new Error("asked for a first name, as nobody has this number");
            };
            await client.start({ phoneNumber, phoneCode: () => answer("code"), password, firstAndLastNames, onError });
        }
    } catch (error) {
        throw failed[0] || error;
    }
    fs.writeFileSync(errand.store, session.save());
    if (errand.idle) {
        tell("idle");
        await new Promise((over) => setTimeout(over, 1000 * errand.idle));
    }
    const me = await client.getMe();
    const keyId = crypto.createHash("sha1").update(session.authKey.getKey()).digest().subarray(12).toString("hex");
    tell("done", {
        library: version,
        layer: LAYER,
        asked,
        dc: session.dcId,
        keyId,
        me: { id: Number(me.id), bot: Boolean(me.bot), phone: me.phone },
    });
    await client.destroy();
}

// What the library has to say goes where it is no answer.
console.info = console.warn = console.debug = console.error;
const log = console.log;
console.log = (...words) => (String(words[0]).startsWith('{"event"') ? log : console.error)(...words);

run(JSON.parse(fs.readFileSync(0, "utf8"))).then(
    () => process.exit(0),
    (failed) => {
        console.error(failed);
        process.exit(1);
    },
);
