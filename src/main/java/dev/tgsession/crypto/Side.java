package dev.tgsession.crypto;

/** Who wrote a message. Each side cuts its keys from another part of the authorization key. */
public enum Side {
    CLIENT(0),
    SERVER(8);

    private final int offset;

    Side(int offset) {
        this.offset = offset;
    }

    /** The {@code x} of the protocol's formulas: how far this side's parts of the key are moved, in bytes. */
    public int offset() {
        return offset;
    }

    /** The one that reads what this one writes. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
