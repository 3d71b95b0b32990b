package dev.tgsession.schema;

import dev.tgsession.schema.UserSchema.InputPeer;
import dev.tgsession.schema.UserSchema.Username;
import dev.tgsession.tl.Tl;
import java.util.List;
import java.util.Optional;

/**
 * Where people talk: basic groups, channels, and the supergroups, forums and gigagroups that are channels too.
 *
 * @see <a href="https://core.telegram.org/api/channel">Channels, supergroups, gigagroups and basic groups</a>
 */
public interface ChatSchema {

    /** A group or channel. */
    sealed interface Chat {
        long id();
    }

    /** A group of which nothing but the id is known. */
    @Tl("chatEmpty#29562865 id:long = Chat")
    record ChatEmpty(long id) implements Chat {}

    /** A basic group. A {@code deactivated} one has become the channel that {@code migratedTo} points at. */
    @Tl("chat#41cbf256 flags:# creator:flags.0?true left:flags.2?true deactivated:flags.5?true"
            + " call_active:flags.23?true call_not_empty:flags.24?true noforwards:flags.25?true id:long"
            + " title:string photo:ChatPhoto participants_count:int date:int version:int"
            + " migrated_to:flags.6?InputChannel admin_rights:flags.14?ChatAdminRights"
            + " default_banned_rights:flags.18?ChatBannedRights = Chat")
    record PlainChat(
            boolean creator,
            boolean left,
            boolean deactivated,
            long id,
            String title,
            ChatPhoto photo,
            int participantsCount,
            int date,
            int version,
            Optional<InputChannel> migratedTo)
            implements Chat {}

    /** A basic group from which we were thrown out. */
    @Tl("chatForbidden#6592a1a7 id:long title:string = Chat")
    record ChatForbidden(long id, String title) implements Chat {}

    /**
     * A channel in the wide sense. {@code accessHash} lets one point at it; a {@code min} one's is of no use, as it counts
     * only together with the message the channel was met in. With several user names {@code username} is missing.
     */
    @Tl("channel#d49f34c6 flags:# creator:flags.0?true left:flags.2?true broadcast:flags.5?true"
            + " verified:flags.7?true megagroup:flags.8?true restricted:flags.9?true signatures:flags.11?true"
            + " min:flags.12?true scam:flags.19?true has_link:flags.20?true has_geo:flags.21?true"
            + " slowmode_enabled:flags.22?true call_active:flags.23?true call_not_empty:flags.24?true"
            + " fake:flags.25?true gigagroup:flags.26?true noforwards:flags.27?true join_to_send:flags.28?true"
            + " join_request:flags.29?true forum:flags.30?true flags2:# stories_hidden:flags2.1?true"
            + " stories_hidden_min:flags2.2?true stories_unavailable:flags2.3?true"
            + " signature_profiles:flags2.12?true autotranslation:flags2.15?true"
            + " broadcast_messages_allowed:flags2.16?true monoforum:flags2.17?true forum_tabs:flags2.19?true"
            + " id:long access_hash:flags.13?long title:string username:flags.6?string photo:ChatPhoto date:int"
            + " restriction_reason:flags.9?Vector<RestrictionReason> admin_rights:flags.14?ChatAdminRights"
            + " banned_rights:flags.15?ChatBannedRights default_banned_rights:flags.18?ChatBannedRights"
            + " participants_count:flags.17?int usernames:flags2.0?Vector<Username>"
            + " stories_max_id:flags2.4?RecentStory color:flags2.7?PeerColor profile_color:flags2.8?PeerColor"
            + " emoji_status:flags2.9?EmojiStatus level:flags2.10?int subscription_until_date:flags2.11?int"
            + " bot_verification_icon:flags2.13?long send_paid_messages_stars:flags2.14?long"
            + " linked_monoforum_id:flags2.18?long linked_community_id:flags2.20?long = Chat")
    record Channel(
            boolean creator,
            boolean left,
            boolean broadcast,
            boolean megagroup,
            boolean min,
            boolean gigagroup,
            boolean forum,
            long id,
            Optional<Long> accessHash,
            String title,
            Optional<String> username,
            ChatPhoto photo,
            int date,
            Optional<List<Username>> usernames)
            implements Chat {}

    /** A channel we may not look into. */
    @Tl("channelForbidden#17d493d5 flags:# broadcast:flags.5?true megagroup:flags.8?true"
            + " monoforum:flags.10?true id:long access_hash:long title:string until_date:flags.16?int = Chat")
    record ChannelForbidden(
            boolean broadcast, boolean megagroup, long id, long accessHash, String title, Optional<Integer> untilDate)
            implements Chat {}

    /** Several channels under one roof; pointed at like a channel. */
    @Tl("community#65efe954 flags:# creator:flags.0?true left:flags.2?true min:flags.12?true flags2:#"
            + " collapsed_in_dialogs:flags2.20?true id:long access_hash:flags.13?long title:string"
            + " photo:ChatPhoto date:int admin_rights:flags.14?ChatAdminRights"
            + " default_banned_rights:flags.18?ChatBannedRights = Chat")
    record Community(boolean min, long id, Optional<Long> accessHash, String title, ChatPhoto photo, int date)
            implements Chat {}

    /** A community we may not look into. */
    @Tl("communityForbidden#fd3cdab8 flags:# id:long access_hash:flags.13?long title:string = Chat")
    record CommunityForbidden(long id, Optional<Long> accessHash, String title) implements Chat {}

    /** The picture of a group or channel. */
    sealed interface ChatPhoto {}

    /** None. */
    @Tl("chatPhotoEmpty#37c1011c = ChatPhoto")
    record ChatPhotoEmpty() implements ChatPhoto {}

    /** One, which can be fetched. */
    @Tl("chatPhoto#1c6e1c11 flags:# has_video:flags.0?true photo_id:long stripped_thumb:flags.1?bytes"
            + " dc_id:int = ChatPhoto")
    record PlainChatPhoto(long photoId, int dcId) implements ChatPhoto {}

    // Pointing at channels.

    /** Points at a channel. */
    sealed interface InputChannel {}

    /** At none. */
    @Tl("inputChannelEmpty#ee8c1e86 = InputChannel")
    record InputChannelEmpty() implements InputChannel {}

    /** At this one. */
    @Tl("inputChannel#f35aec28 channel_id:long access_hash:long = InputChannel")
    record PlainInputChannel(long channelId, long accessHash) implements InputChannel {}

    /** At the one a message came from. */
    @Tl("inputChannelFromMessage#5b934f9d peer:InputPeer msg_id:int channel_id:long = InputChannel")
    record InputChannelFromMessage(InputPeer peer, int msgId, long channelId) implements InputChannel {}
}
