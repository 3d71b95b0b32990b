package dev.tgsession.tl;

/**
 * A record that is a call, answered by {@code R}.
 *
 * @param <R> the answer: a record or sealed interface, {@code Boolean} for TL's {@code Bool}, a {@code List} for
 *     {@code Vector}, {@code Bytes} for an answer that is left as it came
 */
public interface TlMethod<R> {}
