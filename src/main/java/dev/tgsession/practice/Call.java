package dev.tgsession.practice;

import dev.tgsession.tl.TlMethod;

/**
 * A call out of its wrappers.
 *
 * @param method what is asked; an {@link dev.tgsession.tl.UnknownMethod} if we have no record for it
 * @param name as the schema names it
 */
record Call(TlMethod<?> method, String name) {}
