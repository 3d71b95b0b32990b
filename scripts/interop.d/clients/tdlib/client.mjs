/*
 * Real TDLib, as somebody's bot: logs in to the practice data centre, or comes back to it.
 *
 * One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in
 * clients/README.md. TDLib has no setting for servers and their key, so three more things are in the errand: library,
 * a copy of the library with our key in it; proxy, where to connect by SOCKS5; and pfs, whether to use temporary keys.
 */
import { createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const tdl = createRequire(path.join(process.argv[2], "tdl", "package.json"))("tdl");

function tell(event, facts) {
    process.stdout.write(JSON.stringify({ event, ...facts }) + "\n");
}

/** What TDLib's own file says of the home and of the key there. */
function stored(folder) {
    const known = new Map(entries(unlocked(fs.readFileSync(path.join(folder, "td.binlog")))));
    // Who has never moved is in the first one.
    const dc = Number(known.get("main_dc_id") ?? 1);
    // A key of 256 bytes stands behind its length.
    const kept = known.get(`auth${dc}`);
    const begin = kept.indexOf(Buffer.from([0xfe, 0, 1, 0])) + 4;
    const key = kept.subarray(begin, begin + 256);
    return { dc, keyId: createHash("sha1").update(key).digest().subarray(12).toString("hex") };
}

/** The log behind its first event, which says how the rest is enciphered. */
function unlocked(log) {
    const size = log.readUInt32LE(0);
    const [salt, iv] = strings(log.subarray(32, size - 4));
    // The key for those who set none; as in td/telegram/Td.cpp.
    const key = pbkdf2Sync("cucumber", salt, 2, 32, "sha256");
    return createDecipheriv("aes-256-ctr", key, iv).update(log.subarray(size));
}

/** Names and values in the events of a log: 28 bytes of head, two strings, 4 bytes of checksum; the last one counts. */
function* entries(log) {
    for (let at = 0; at + 32 <= log.length; at += log.readUInt32LE(at)) {
        const type = log.readInt32LE(at + 12);
        // Settings, and the rest that is kept by name; as in td/telegram/logevent/LogEvent.h.
        if (type === 0x1f18 || type === 0x4327) {
            const [name, value] = strings(log.subarray(at + 28, at + log.readUInt32LE(at) - 4));
            yield [name.toString(), value];
        }
    }
}

/** TL strings, one behind the other. */
function strings(data) {
    const found = [];
    for (let at = 0; at < data.length && found.length < 2; ) {
        const long = data[at] === 254;
        const length = long ? data.readUIntLE(at + 1, 3) : data[at];
        const begin = at + (long ? 4 : 1);
        found.push(data.subarray(begin, begin + length));
        at = (begin + length + 3) & ~3;
    }
    return found;
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
    const nothing = async () => {
        throw new Error("nobody has an answer to that, such as a name for signing up");
    };
    tdl.configure({ tdjson: errand.library, verbosityLevel: 2 });
    const client = tdl.createClient({
        apiId: 12345,
        apiHash: "0123456789abcdef0123456789abcdef",
        databaseDirectory: errand.store,
        filesDirectory: path.join(errand.store, "files"),
    });
    client.on("error", (failed) => console.error(failed));
    client.on("update", (update) => {
        if (update._ === "updateConnectionState" || update._ === "updateAuthorizationState") {
            console.error(JSON.stringify(update));
        }
    });
    const [server, port] = errand.proxy;
    await client.invoke({ _: "setOption", name: "use_pfs", value: { _: "optionValueBoolean", value: errand.pfs } });
    await client.invoke({
        _: "addProxy",
        proxy: { _: "proxy", server, port, type: { _: "proxyTypeSocks5" } },
        enable: true,
    });
    if (errand.way === "bot") {
        await client.loginAsBot(answer("bot_token"));
    } else {
        if (errand.way === "qr") {
            await waits(client, "authorizationStateWaitPhoneNumber");
            await client.invoke({ _: "requestQrCodeAuthentication" });
        }
        await client.login({
            getPhoneNumber: answer("phone"),
            getAuthCode: answer("code"),
            getPassword: answer("password"),
            confirmOnAnotherDevice: (link) => tell("qr", { link }),
            getEmailAddress: nothing,
            getEmailCode: nothing,
            getName: nothing,
        });
    }
    if (errand.idle) {
        tell("idle");
        await new Promise((over) => setTimeout(over, 1000 * errand.idle));
    }
    const me = await client.invoke({ _: "getMe" });
    const library = client.getVersion();
    await client.close();
    tell("done", {
        library,
        asked,
        ...stored(errand.store),
        me: { id: me.id, bot: me.type._ === "userTypeBot", phone: me.phone_number },
    });
}

/** Until TDLib waits for that. */
async function waits(client, state) {
    const now = await client.invoke({ _: "getAuthorizationState" });
    if (now._ !== state) {
        for await (const update of client.iterUpdates()) {
            if (update._ === "updateAuthorizationState" && update.authorization_state._ === state) {
                return;
            }
        }
    }
}

run(JSON.parse(fs.readFileSync(0, "utf8"))).then(
    () => process.exit(0),
    (failed) => {
        console.error(failed);
        process.exit(1);
    },
);
