/**
 * Where do our sessions live?
 *
 * <p>A {@link dev.tgsession.session.store.SessionStore} is the home of one session: a file, a line of text, memory, a row in
 * a database, or what somebody else thinks of. {@link dev.tgsession.session.store.SessionStores} opens one by its name or
 * URL. {@link dev.tgsession.session.store.SessionFolder} and {@link dev.tgsession.session.store.PostgresSessions} know all
 * that live in one place.
 *
 * <pre>
 *   SessionStore  &lt;-- FileStore      SessionFile, PrivateFile, OldFile: whole or not at all, for its owner only
 *                 &lt;-- StringStore, MemoryStore
 *                 &lt;-- PostgresStore  PostgresDatabase: one connection, one transaction at a time
 *                        Lease       one user of a session at a time
 * </pre>
 */
@NullMarked
package dev.tgsession.session.store;

import org.jspecify.annotations.NullMarked;
