package dev.tgsession.sync;

import dev.tgsession.session.Account;
import java.time.Duration;
import java.util.Optional;

/**
 * What a sync has found.
 *
 * @param users people and bots that can be addressed from now on
 * @param groups basic groups
 * @param channels channels, supergroups and the like
 * @param dialogs how many dialogs were read
 * @param unread how many dialogs could not be read, as far as known
 * @param bot whether the account is a bot, which has nothing of all this to ask for
 * @param longWait how long Telegram wants to be left alone, if that is why it ended early
 * @param complete whether everything was asked and answered; if not, what was found is still good
 * @param self the account itself, if it was among those found
 */
public record SyncReport(
        int users,
        int groups,
        int channels,
        int dialogs,
        int unread,
        boolean bot,
        Optional<Duration> longWait,
        boolean complete,
        Optional<Account> self) {
    /** All peers together. */
    public int peers() {
        return users + groups + channels;
    }
}
