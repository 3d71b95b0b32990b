package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.security.SecureRandom;
import java.util.Optional;

/** The four ways to mark where a payload ends on a TCP stream. */
public enum Framing {
    /** The shortest: one length byte for most packets. */
    ABRIDGED {
        @Override
        PacketCodec codec(PacketRules rules, SecureRandom random) {
            return new AbridgedCodec(rules);
        }
    },
    /** The plainest: four length bytes. */
    INTERMEDIATE {
        @Override
        PacketCodec codec(PacketRules rules, SecureRandom random) {
            return new IntermediateCodec(rules);
        }
    },
    /** Four length bytes, and random bytes behind the payload. */
    PADDED_INTERMEDIATE {
        @Override
        PacketCodec codec(PacketRules rules, SecureRandom random) {
            return new PaddedIntermediateCodec(rules, random);
        }
    },
    /** With packet number and checksum; the only one that cannot be obfuscated. */
    FULL {
        @Override
        PacketCodec codec(PacketRules rules, SecureRandom random) {
            return new FullCodec(rules);
        }
    };

    /** A codec for the client's end of one new connection; only padding needs the chance. */
    public PacketCodec codec(SecureRandom random) {
        return codec(PacketRules.CLIENT, random);
    }

    abstract PacketCodec codec(PacketRules rules, SecureRandom random);

    /** The four bytes that name this framing inside an obfuscated header; the full framing has none. */
    Optional<Bytes> tag() {
        return switch (this) {
            case ABRIDGED -> Optional.of(Bytes.ofInt(0xefefefef));
            case INTERMEDIATE -> Optional.of(Bytes.ofInt(0xeeeeeeee));
            case PADDED_INTERMEDIATE -> Optional.of(Bytes.ofInt(0xdddddddd));
            case FULL -> Optional.empty();
        };
    }

    static Optional<Framing> ofTag(Bytes tag) {
        for (Framing framing : values()) {
            if (framing.tag().filter(tag::equals).isPresent()) {
                return Optional.of(framing);
            }
        }
        return Optional.empty();
    }
}
