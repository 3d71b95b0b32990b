/**
 * What does the practice server do wrong on purpose?
 *
 * <p>{@link dev.tgsession.practice.faults.Faults} says where it can; {@link dev.tgsession.practice.faults.Repertoire} is the
 * list of what has a name: faults of the key exchange and of messages, which a client has to notice, and scenarios, in
 * which the server is within its rights but hard to live with.
 */
@NullMarked
package dev.tgsession.practice.faults;

import org.jspecify.annotations.NullMarked;
