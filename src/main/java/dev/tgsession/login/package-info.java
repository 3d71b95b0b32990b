/**
 * How does a person become a session?
 *
 * <p>{@link dev.tgsession.login.Login} asks through a {@link dev.tgsession.login.Prompter}, speaks with Telegram through a
 * {@link dev.tgsession.mtproto.rpc.Dialer} and ends with a {@link dev.tgsession.session.Session} or with a
 * {@link dev.tgsession.login.LoginRefusedException} that says why there is none. It knows no terminal.
 *
 * <p>What it remembers from one process to the next is a {@link dev.tgsession.login.LoginMemory}: what logging in has cost a
 * number, and where a login stands that waits for its code.
 *
 * <p>Source of the order of calls: <a href="https://core.telegram.org/api/auth">core.telegram.org/api/auth</a> and
 * <a href="https://core.telegram.org/api/srp">core.telegram.org/api/srp</a>.
 */
@NullMarked
package dev.tgsession.login;

import org.jspecify.annotations.NullMarked;
