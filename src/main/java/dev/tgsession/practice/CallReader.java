package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.tl.TlReader;
import dev.tgsession.tl.UnknownMethod;
import java.util.function.IntConsumer;

/**
 * Takes a call out of its wrappers, which stand in any order and depth, with compression between any two of them.
 *
 * <p>Source: <a href="https://core.telegram.org/api/invoking">Calling API methods</a>.
 */
final class CallReader {
    private static final int INVOKE_WITH_LAYER = 0xda9b0d0d;
    private static final int INIT_CONNECTION = 0xc1cd5ea9;
    private static final int INVOKE_WITHOUT_UPDATES = 0xbf9459b7;
    private static final int INVOKE_AFTER_MSG = 0xcb9f372d;
    private static final int INVOKE_AFTER_MSGS = 0x3dc4b4f0;
    private static final int INVOKE_WITH_TAKEOUT = 0xaca9fd2e;

    private static final int MOST_WRAPPERS = 16;

    private final Layers layers;
    private final MethodNames names;
    private final Inflation inflation;
    private final boolean strict;

    CallReader(Layers layers, MethodNames names, Inflation inflation, boolean strict) {
        this.layers = layers;
        this.names = names;
        this.inflation = inflation;
        this.strict = strict;
    }

    /**
     * The call inside, after the key has learned what the wrappers say about its client.
     *
     * @param unknownLayer told a layer that is newer or older than any we answer in
     * @throws Refusal if the wrappers say something that must not be
     * @throws MalformedTlException if the bytes are no call
     */
    Call read(Bytes body, KnownKey key, IntConsumer unknownLayer) throws Refusal, MalformedTlException {
        Bytes rest = body;
        for (int depth = 0; depth < MOST_WRAPPERS; depth++) {
            rest = inflation.inflate(rest);
            TlReader reader = new TlReader(rest);
            switch (reader.readInt()) {
                case INVOKE_WITH_LAYER -> key.speaks(layer(reader.readInt(), unknownLayer));
                case INIT_CONNECTION -> key.introduce(device(reader));
                case INVOKE_AFTER_MSG, INVOKE_WITH_TAKEOUT -> reader.readLong();
                case INVOKE_AFTER_MSGS -> skipIds(reader);
                case INVOKE_WITHOUT_UPDATES -> {
                    // Nothing stands between this and the call.
                }
                default -> {
                    return call(rest);
                }
            }
            rest = reader.readRest();
        }
        throw new Refusal(400, "INPUT_REQUEST_TOO_LONG", "a call is wrapped more than " + MOST_WRAPPERS + " times");
    }

    private Call call(Bytes body) throws MalformedTlException {
        TlMethod<?> method = layers.codec().readCall(body);
        return method instanceof UnknownMethod unknown
                ? new Call(unknown, names.of(unknown.constructorId()))
                : new Call(method, MethodNames.of(method));
    }

    private int layer(int layer, IntConsumer unknownLayer) throws Refusal {
        if (strict && layer < Layers.OLDEST) {
            throw new Refusal(400, "CONNECTION_LAYER_INVALID", "layer " + layer + " is older than " + Layers.OLDEST);
        }
        if (layer != Layers.nearest(layer)) {
            unknownLayer.accept(layer);
        }
        return Layers.nearest(layer);
    }

    private Device device(TlReader reader) throws MalformedTlException, Refusal {
        int flags = reader.readInt();
        int apiId = reader.readInt();
        String model = reader.readString();
        String system = reader.readString();
        String appVersion = reader.readString();
        String systemLanguage = reader.readString();
        reader.readString(); // the language pack, which is empty for all but official apps
        String language = reader.readString();
        if ((flags & 1) != 0) {
            layers.codec().read(reader); // the proxy
        }
        if ((flags & 2) != 0) {
            layers.codec().read(reader); // parameters, as JSON
        }
        require(apiId > 0, "CONNECTION_API_ID_INVALID");
        require(!model.isBlank(), "CONNECTION_DEVICE_MODEL_EMPTY");
        require(!system.isBlank(), "CONNECTION_SYSTEM_EMPTY");
        require(!appVersion.isBlank(), "CONNECTION_APP_VERSION_EMPTY");
        require(!systemLanguage.isBlank(), "CONNECTION_SYSTEM_LANG_CODE_EMPTY");
        return new Device(apiId, model, system, appVersion, language);
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(400, otherwise, "initConnection: a field that must be filled is empty");
        }
    }

    private static void skipIds(TlReader reader) throws MalformedTlException {
        int count = reader.readVectorCount(8);
        for (int i = 0; i < count; i++) {
            reader.readLong();
        }
    }
}
