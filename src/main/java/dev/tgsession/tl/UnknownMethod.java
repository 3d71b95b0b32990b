package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;

/**
 * A call inside a wrapper that no record stands for: a server can still read the wrapper and refuse the call.
 *
 * @param constructorId the id the call began with
 * @param body everything after the id, not understood
 */
public record UnknownMethod(int constructorId, Bytes body) implements TlMethod<Object> {
    /** Without the body, which may hold anything. */
    @Override
    public String toString() {
        return "UnknownMethod[#" + Integer.toHexString(constructorId) + ", " + body.size() + " bytes]";
    }
}
