package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhSecrets;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.fuzz.Fuzzed;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import java.security.SecureRandom;
import java.util.List;

/** Numbers of a server's choice in a key exchange: each is taken or refused, and none is worth a long sum. */
class HandshakeFuzzTest implements Fuzzed {
    private static final Bytes NONCE = Bytes.of(new byte[16]);
    private static final Bytes SERVER_NONCE = Bytes.of(new byte[16]);
    private static final HandshakeKeys KEYS = new HandshakeKeys(SERVER_NONCE, Bytes.of(new byte[32]));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DhSecrets SECRETS = DhSecrets.drawnBy(RANDOM);
    private static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);
    private static final ServerKeys TRUSTED = ServerKeys.own(KEY.publicKey());

    /** The number to factor, then fingerprints. */
    void resPq(byte[] input) {
        Bytes all = Bytes.of(input);
        int size = input.length == 0 ? 0 : Math.min(all.at(0) % 12, input.length - 1);
        Bytes pq = size == 0 ? Bytes.EMPTY : all.slice(1, size);
        var step = new ClientHandshake.AwaitingResPq(NONCE, TRUSTED, 2, RANDOM, SECRETS);
        try {
            step.onResPq(
                    new ResPq(NONCE, SERVER_NONCE, pq, List.of(KEY.publicKey().fingerprint())));
        } catch (FailedCheckException refused) {
            // As it should be.
        }
    }

    /** What the server hid for us with the right key, so that only the content is in question. */
    void serverNumbers(byte[] input) {
        Bytes object = Bytes.of(input);
        Bytes sealed = KEYS.seal(object, Bytes.of(new byte[HandshakeKeys.paddingFor(input.length)]));
        var request = new ReqDhParams(NONCE, SERVER_NONCE, Bytes.EMPTY, Bytes.EMPTY, 0, Bytes.EMPTY);
        try {
            new ClientHandshake.AwaitingDhParams(request, KEYS, RANDOM, SECRETS)
                    .onServerDhParams(new ServerDhParamsOk(NONCE, SERVER_NONCE, sealed));
        } catch (FailedCheckException | HandshakeException | MalformedTlException refused) {
            // As it should be.
        }
    }

    /** Any answer at all, where the first is due. */
    void answers(byte[] input) {
        try {
            Object read = Schema.codec().read(Bytes.of(input));
            if (read instanceof ResPq answer) {
                new ClientHandshake.AwaitingResPq(answer.nonce(), TRUSTED, 2, RANDOM, SECRETS).onResPq(answer);
            }
        } catch (MalformedTlException | FailedCheckException refused) {
            // As it should be.
        }
    }
}
