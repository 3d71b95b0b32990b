package dev.tgsession.mtproto.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Side;
import dev.tgsession.fuzz.Fuzzed;
import dev.tgsession.tl.MalformedTlException;
import java.security.SecureRandom;
import java.util.List;

/** Whatever stands in a packet, sealed well or not, is taken apart within bounds or refused. */
class MessageFuzzTest implements Fuzzed {
    private static final int LIMIT = 1 << 20;
    private static final AuthKey KEY = AuthKey.of(new byte[AuthKey.SIZE]);
    private static final MessageCipher CLIENT = new MessageCipher(KEY, Side.CLIENT, new SecureRandom());
    private static final MessageCipher SERVER = new MessageCipher(KEY, Side.SERVER, new SecureRandom());

    void packets(byte[] input) {
        try {
            CLIENT.open(Bytes.of(input));
        } catch (FailedCheckException refused) {
            return;
        }
        throw new AssertionError("a packet was believed that nobody had sealed");
    }

    /** The server knows the key and says anything under it. */
    void sealedInside(byte[] input) {
        Bytes plain = Bytes.of(input).first(input.length / 16 * 16);
        Message message;
        try {
            message = CLIENT.open(SERVER.sealPlain(plain));
        } catch (FailedCheckException refused) {
            return;
        }
        assertThat(message.body().size()).isBetween(0, plain.size() - 44);
        unpack(message.body());
    }

    void containers(byte[] input) {
        unpack(Bytes.of(input).first(input.length / 4 * 4));
    }

    void plainMessages(byte[] input) {
        try {
            PlainMessage message = PlainMessage.unpack(Bytes.of(input));
            assertThat(message.body().size()).isBetween(4, input.length);
        } catch (MalformedTlException refused) {
            // As it should be.
        }
    }

    void compressed(byte[] input) {
        try {
            assertThat(new Inflation(LIMIT).inflate(Bytes.of(input)).size())
                    .isLessThanOrEqualTo(Math.max(LIMIT, input.length));
        } catch (MalformedTlException refused) {
            // As it should be.
        }
    }

    private static void unpack(Bytes body) {
        try {
            List<ContainedMessage> found = new Unpacker(LIMIT).unpack(new Message(0, 0, 1, 1, body));
            int sum = 0;
            for (ContainedMessage one : found) {
                sum += one.body().size();
            }
            assertThat(sum).isLessThanOrEqualTo(LIMIT + body.size());
        } catch (MalformedTlException refused) {
            // As it should be.
        }
    }
}
