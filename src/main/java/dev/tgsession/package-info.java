/**
 * Where does everything live?
 *
 * <p>The house has two wings over a small ground floor. One wing speaks MTProto, the other knows session files; they
 * share the key and the {@code session} records, and meet in {@code login} and above. A package looks only at floors
 * below it, or at a neighbour written below it on its own floor. {@code FloorsTest} holds the exact list.
 *
 * <pre>
 * 5   cli                      What does a person type?
 *     cli.terminal             How do we talk to a terminal?
 *     client                   How does a program of your own log in?
 * ────────────────────────────────────────────────────────────────────────────
 * 4   login                    How does a person become a session?
 *     sync                     Whom does an account know?
 *     practice                 What would Telegram answer?
 *     practice.faults          What does the practice server do wrong on purpose?
 * ────────────────────────────────────────────────────────────────────────────
 * 3   mtproto.rpc              How does a call get its answer?
 *     mtproto.handshake        How do two sides come to share a key?
 *     mtproto.message          How is a message numbered and sealed?
 *     travel                   How does a session leave one machine and reach another?
 *     session.store            Where do our sessions live?
 *     session.convert          How does one format become another?
 *     session.format.telethon  What does Telethon write down?
 *     session.format.pyrogram  What do Pyrogram and its kin write down?
 *     session.format.gramjs    What does GramJS write down?
 *     session.format           What is a session format?
 * ────────────────────────────────────────────────────────────────────────────
 * 2   transport                How does a packet cross a stream?
 *     schema                   Which TL objects do we speak?
 *     session                  What is a session?
 * ────────────────────────────────────────────────────────────────────────────
 * 1   tl                       How does a value look on the wire?
 *     crypto                   What does MTProto compute?
 * ────────────────────────────────────────────────────────────────────────────
 * 0   bytes                    What is a run of bytes?
 * </pre>
 *
 * <p>This package itself stays empty. {@code login} and {@code practice} are neighbours with a wall between them: the
 * server that checks our client must not lean on it.
 */
@NullMarked
package dev.tgsession;

import org.jspecify.annotations.NullMarked;
