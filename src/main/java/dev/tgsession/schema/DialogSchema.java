package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.UserSchema.InputPeer;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.Optional;

/**
 * The talks of an account: one for each person, group and channel it has written to or reads.
 *
 * @see <a href="https://core.telegram.org/api/folders">Folders</a>
 * @see <a href="https://core.telegram.org/api/offsets">Pagination</a>
 */
public interface DialogSchema {

    /**
     * Asks for a page of them, those with the latest messages first. Not for bots.
     *
     * <p>The answer, {@code messages.Dialogs}, comes as its bytes: in the middle of it stand messages, whose hundreds of
     * types have no records here.
     *
     * @param folderId 0 for those not put away, 1 for the archive
     * @param offsetDate of the last message of the dialog after which to go on, in Unix seconds; 0 to begin
     * @param limit no more than 100 are sent
     */
    @Tl("messages.getDialogs#a0f4cb4f flags:# exclude_pinned:flags.0?true folder_id:flags.1?int"
            + " offset_date:int offset_id:int offset_peer:InputPeer limit:int hash:long = messages.Dialogs")
    record GetDialogs(
            boolean excludePinned,
            Optional<Integer> folderId,
            int offsetDate,
            int offsetId,
            InputPeer offsetPeer,
            int limit,
            long hash)
            implements TlMethod<Bytes> {}

    /** One talk. */
    sealed interface Dialog {}

    /** With a person, group or channel. What was typed there and not sent is left out. */
    @Tl("dialog#fc89f7f3 flags:# pinned:flags.2?true unread_mark:flags.3?true"
            + " view_forum_as_messages:flags.6?true peer:Peer top_message:int read_inbox_max_id:int"
            + " read_outbox_max_id:int unread_count:int unread_mentions_count:int unread_reactions_count:int"
            + " unread_poll_votes_count:int notify_settings:PeerNotifySettings pts:flags.0?int"
            + " draft:flags.1?DraftMessage folder_id:flags.4?int ttl_period:flags.5?int = Dialog")
    record PlainDialog(
            boolean pinned,
            Peer peer,
            int topMessage,
            PeerNotifySettings notifySettings,
            Optional<Integer> pts,
            Optional<Integer> folderId)
            implements Dialog {}

    /** A folder, shown among the talks with the latest of its own. */
    @Tl("dialogFolder#71bd134c flags:# pinned:flags.2?true folder:Folder peer:Peer top_message:int"
            + " unread_muted_peers_count:int unread_unmuted_peers_count:int unread_muted_messages_count:int"
            + " unread_unmuted_messages_count:int = Dialog")
    record DialogFolder(boolean pinned, Folder folder, Peer peer, int topMessage) implements Dialog {}

    /** A community, shown among the talks. */
    @Tl("dialogCommunity#f78a0973 flags:# pinned:flags.2?true community_id:long"
            + " notify_settings:PeerNotifySettings = Dialog")
    record DialogCommunity(boolean pinned, long communityId, PeerNotifySettings notifySettings) implements Dialog {}

    /** A folder; number 1 is the archive. */
    @Tl("folder#ff544e65 flags:# autofill_new_broadcasts:flags.0?true autofill_public_groups:flags.1?true"
            + " autofill_new_correspondents:flags.2?true id:int title:string photo:flags.3?ChatPhoto = Folder")
    record Folder(int id, String title) {}

    /** How one is told of news there; all left out, which means as everywhere. */
    @Tl("peerNotifySettings#99622c0c flags:# show_previews:flags.0?Bool silent:flags.1?Bool"
            + " mute_until:flags.2?int ios_sound:flags.3?NotificationSound"
            + " android_sound:flags.4?NotificationSound other_sound:flags.5?NotificationSound"
            + " stories_muted:flags.6?Bool stories_hide_sender:flags.7?Bool"
            + " stories_ios_sound:flags.8?NotificationSound stories_android_sound:flags.9?NotificationSound"
            + " stories_other_sound:flags.10?NotificationSound = PeerNotifySettings")
    record PeerNotifySettings() {}

    /** Names a person, group or channel, without the hash it takes to point at them. */
    sealed interface Peer {}

    /** A user. */
    @Tl("peerUser#59511722 user_id:long = Peer")
    record PeerUser(long userId) implements Peer {}

    /** A basic group. */
    @Tl("peerChat#36c6019a chat_id:long = Peer")
    record PeerChat(long chatId) implements Peer {}

    /** A channel. */
    @Tl("peerChannel#a2a5371e channel_id:long = Peer")
    record PeerChannel(long channelId) implements Peer {}
}
