/**
 * Whom does an account know?
 *
 * <p>Telegram tells the access hash of a peer together with the peer, and only then; a session that is to write to somebody
 * has to have met them. {@link dev.tgsession.sync.PeerSync} meets everybody at once: contacts, top peers and the peers of
 * all dialogs.
 *
 * @see <a href="https://core.telegram.org/api/peers">Peers</a>
 */
@NullMarked
package dev.tgsession.sync;

import org.jspecify.annotations.NullMarked;
