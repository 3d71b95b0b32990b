package dev.tgsession.schema;

import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/**
 * Who somebody is, and how to point at somebody.
 *
 * @see <a href="https://core.telegram.org/api/peers">Peers</a>
 */
public interface UserSchema {

    /** Asks who these are; {@link InputUserSelf} asks who we are, and so whether we are logged in. */
    @Tl("users.getUsers#d91a548 id:Vector<InputUser> = Vector<User>")
    record GetUsers(List<InputUser> id) implements TlMethod<List<User>> {}

    /** A person or bot. */
    sealed interface User {
        long id();
    }

    /** One of whom nothing but the id is known. */
    @Tl("userEmpty#d3bc4b7a id:long = User")
    record UserEmpty(long id) implements User {}

    /**
     * One who is known. {@code accessHash} lets one point at them; a {@code min} one only within a chat. With several user
     * names {@code username} is missing.
     */
    @Tl("user#b1b8cc83 flags:# self:flags.10?true contact:flags.11?true mutual_contact:flags.12?true"
            + " deleted:flags.13?true bot:flags.14?true bot_chat_history:flags.15?true bot_nochats:flags.16?true"
            + " verified:flags.17?true restricted:flags.18?true min:flags.20?true bot_inline_geo:flags.21?true"
            + " support:flags.23?true scam:flags.24?true apply_min_photo:flags.25?true fake:flags.26?true"
            + " bot_attach_menu:flags.27?true premium:flags.28?true attach_menu_enabled:flags.29?true flags2:#"
            + " bot_can_edit:flags2.1?true close_friend:flags2.2?true stories_hidden:flags2.3?true"
            + " stories_unavailable:flags2.4?true contact_require_premium:flags2.10?true bot_business:flags2.11?true"
            + " bot_has_main_app:flags2.13?true bot_forum_view:flags2.16?true"
            + " bot_forum_can_manage_topics:flags2.17?true bot_can_manage_bots:flags2.18?true"
            + " bot_guestchat:flags2.19?true bot_guard:flags2.20?true id:long access_hash:flags.0?long"
            + " first_name:flags.1?string last_name:flags.2?string username:flags.3?string phone:flags.4?string"
            + " photo:flags.5?UserProfilePhoto status:flags.6?UserStatus bot_info_version:flags.14?int"
            + " restriction_reason:flags.18?Vector<RestrictionReason> bot_inline_placeholder:flags.19?string"
            + " lang_code:flags.22?string emoji_status:flags.30?EmojiStatus usernames:flags2.0?Vector<Username>"
            + " stories_max_id:flags2.5?RecentStory color:flags2.8?PeerColor profile_color:flags2.9?PeerColor"
            + " bot_active_users:flags2.12?int bot_verification_icon:flags2.14?long"
            + " send_paid_messages_stars:flags2.15?long linked_community_id:flags2.21?long = User")
    record PlainUser(
            boolean self,
            boolean contact,
            boolean deleted,
            boolean bot,
            boolean min,
            boolean premium,
            long id,
            Optional<Long> accessHash,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> username,
            Optional<String> phone,
            Optional<Integer> botInfoVersion,
            Optional<List<Username>> usernames)
            implements User {
        /** One with no more than one user name. */
        public PlainUser(
                boolean self,
                boolean contact,
                boolean deleted,
                boolean bot,
                boolean min,
                boolean premium,
                long id,
                Optional<Long> accessHash,
                Optional<String> firstName,
                Optional<String> lastName,
                Optional<String> username,
                Optional<String> phone,
                Optional<Integer> botInfoVersion) {
            this(
                    self,
                    contact,
                    deleted,
                    bot,
                    min,
                    premium,
                    id,
                    accessHash,
                    firstName,
                    lastName,
                    username,
                    phone,
                    botInfoVersion,
                    Optional.empty());
        }
    }

    /** One of several user names, the main one first; only {@code active} ones lead anywhere. */
    @Tl("username#b4073647 flags:# editable:flags.0?true active:flags.1?true username:string = Username")
    record Username(boolean editable, boolean active, String username) {}

    // Pointing at somebody.

    /** Points at a user. */
    sealed interface InputUser {}

    /** At nobody. */
    @Tl("inputUserEmpty#b98886cf = InputUser")
    record InputUserEmpty() implements InputUser {}

    /** At ourselves. */
    @Tl("inputUserSelf#f7c1b13f = InputUser")
    record InputUserSelf() implements InputUser {}

    /** At somebody else. */
    @Tl("inputUser#f21158c6 user_id:long access_hash:long = InputUser")
    record PlainInputUser(long userId, long accessHash) implements InputUser {}

    /** At the author of a message, for whom there is no access hash. */
    @Tl("inputUserFromMessage#1da448e2 peer:InputPeer msg_id:int user_id:long = InputUser")
    record InputUserFromMessage(InputPeer peer, int msgId, long userId) implements InputUser {}

    /** Points at a user, chat or channel. */
    sealed interface InputPeer {}

    /** At nobody. */
    @Tl("inputPeerEmpty#7f3b18ea = InputPeer")
    record InputPeerEmpty() implements InputPeer {}

    /** At ourselves. */
    @Tl("inputPeerSelf#7da07ec9 = InputPeer")
    record InputPeerSelf() implements InputPeer {}

    /** At a chat. */
    @Tl("inputPeerChat#35a95cb9 chat_id:long = InputPeer")
    record InputPeerChat(long chatId) implements InputPeer {}

    /** At a user. */
    @Tl("inputPeerUser#dde8a54c user_id:long access_hash:long = InputPeer")
    record InputPeerUser(long userId, long accessHash) implements InputPeer {}

    /** At a channel or big group. */
    @Tl("inputPeerChannel#27bcbbfc channel_id:long access_hash:long = InputPeer")
    record InputPeerChannel(long channelId, long accessHash) implements InputPeer {}

    /** At the author of a message. */
    @Tl("inputPeerUserFromMessage#a87b0a1c peer:InputPeer msg_id:int user_id:long = InputPeer")
    record InputPeerUserFromMessage(InputPeer peer, int msgId, long userId) implements InputPeer {}

    /** At the channel a message came from. */
    @Tl("inputPeerChannelFromMessage#bd2a0840 peer:InputPeer msg_id:int channel_id:long = InputPeer")
    record InputPeerChannelFromMessage(InputPeer peer, int msgId, long channelId) implements InputPeer {}
}
