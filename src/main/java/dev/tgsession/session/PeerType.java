package dev.tgsession.session;

/** What exactly a peer is, where a library notes it; finer than {@link PeerKind}, which the id tells. */
public enum PeerType {
    PERSON(PeerKind.USER),
    BOT(PeerKind.USER),
    GROUP(PeerKind.GROUP),
    /** A channel in which everybody may speak: supergroups, forums and the like. */
    SUPERGROUP(PeerKind.CHANNEL),
    /** A channel in which few speak to many. */
    CHANNEL(PeerKind.CHANNEL);

    private final PeerKind kind;

    PeerType(PeerKind kind) {
        this.kind = kind;
    }

    /** The kind it belongs to. */
    public PeerKind kind() {
        return kind;
    }
}
