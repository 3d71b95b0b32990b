/*
 * What real GramJS does and sees: node gramjs_side.js MODULES ERRAND, the folder that holds it and one errand as JSON.
 * The answer is one line of JSON, the last line printed.
 */
"use strict";

const crypto = require("crypto");
const path = require("path");

const [modules, words] = process.argv.slice(2);
const { TelegramClient } = require(path.join(modules, "telegram"));
const { StringSession } = require(path.join(modules, "telegram", "sessions"));
const { PromisedNetSockets } = require(path.join(modules, "telegram", "extensions"));

const API_ID = 12345;
const API_HASH = "0123456789abcdef0123456789abcdef";

/** GramJS goes to port 80 whatever the session says; ours goes where the session says. */
function socketTo(session) {
    return class extends PromisedNetSockets {
        connect(port, ip) {
            return super.connect(session.port, ip);
        }
    };
}

async function run(errand) {
    const session = new StringSession(errand.string);
    await session.load();
    const answer = {
        dc: session.dcId,
        address: session.serverAddress,
        port: session.port,
        keyId: crypto.createHash("sha1").update(session.authKey.getKey()).digest().subarray(12).toString("hex"),
        same: session.save() === errand.string,
    };
    if (errand.do === "resume") {
        const options = { connectionRetries: 2, networkSocket: socketTo(session) };
        const client = new TelegramClient(session, API_ID, API_HASH, options);
        client.setLogLevel("error");
        await client.connect();
        const me = await client.getMe();
        answer.authorised = await client.isUserAuthorized();
        answer.me = { id: Number(me.id), bot: Boolean(me.bot), phone: me.phone, first: me.firstName };
        await client.destroy();
    }
    return answer;
}

run(JSON.parse(words)).then(
    (answer) => {
        console.log(JSON.stringify(answer));
        process.exit(0);
    },
    (failed) => {
        console.error(failed);
        process.exit(1);
    },
);
setTimeout(() => process.exit(2), 60000);
