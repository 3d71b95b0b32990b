package dev.tgsession.mtproto.rpc;

import dev.tgsession.schema.ConnectionSchema.InitConnection;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlMethod;
import java.util.Optional;

/**
 * Who we say we are. Telegram shows the first three texts in the person's list of devices.
 *
 * <p>Source: <a href="https://core.telegram.org/api/invoking#saving-client-info">Saving client info</a>.
 *
 * @param apiId the number of the application that the person registered
 * @param deviceModel such as {@code tgsession on myhost}; not empty
 * @param systemVersion such as {@code Linux}; not empty
 * @param appVersion such as {@code 0.1.0}; not empty
 * @param languageCode such as {@code en}; not empty
 */
public record ClientIdentity(
        int apiId, String deviceModel, String systemVersion, String appVersion, String languageCode) {
    /** Refuses what Telegram would refuse. */
    public ClientIdentity {
        if (deviceModel.isBlank() || systemVersion.isBlank() || appVersion.isBlank() || languageCode.isBlank()) {
            throw new IllegalArgumentException("device, system, version and language need a text each");
        }
    }

    /** The call wrapped in our introduction, as the first one of a session has to be. */
    <R> TlMethod<R> introduce(TlMethod<R> call) {
        // The language pack stays empty: those are for official applications.
        return new InvokeWithLayer<>(
                Schema.LAYER,
                new InitConnection<>(
                        apiId,
                        deviceModel,
                        systemVersion,
                        appVersion,
                        languageCode,
                        "",
                        languageCode,
                        Optional.empty(),
                        Optional.empty(),
                        call));
    }
}
