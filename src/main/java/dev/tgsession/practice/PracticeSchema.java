package dev.tgsession.practice;

import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ConnectionSchema.DataJson;
import dev.tgsession.schema.ConnectionSchema.JsonValue;
import dev.tgsession.schema.DialogSchema.Dialog;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.DialogSchema.PeerNotifySettings;
import dev.tgsession.schema.LoginEmailSchema.SentEmailCode;
import dev.tgsession.schema.UserSchema.InputUser;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/** What other clients ask in and around a login, beyond what our own asks. */
interface PracticeSchema {

    // Configuration.

    /** Settings for apps, as JSON. */
    @Tl("help.getAppConfig#61e3f854 hash:int = help.AppConfig")
    record GetAppConfig(int hash) implements TlMethod<AppConfig> {}

    /** The same up to layer 153, answered by bare JSON. */
    @Tl("help.getAppConfig#98914110 = JSONValue")
    record OldGetAppConfig() implements TlMethod<JsonValue> {}

    @Tl("help.appConfig#dd18782e hash:int config:JSONValue = help.AppConfig")
    record AppConfig(int hash, JsonValue config) {}

    @Tl("help.getTermsOfServiceUpdate#2ca51fd1 = help.TermsOfServiceUpdate")
    record GetTermsOfServiceUpdate() implements TlMethod<TermsOfServiceUpdateEmpty> {}

    @Tl("help.termsOfServiceUpdateEmpty#e3309f7f expires:int = help.TermsOfServiceUpdate")
    record TermsOfServiceUpdateEmpty(int expires) {}

    // Going in and out.

    /** Up to layer 144, when addresses were for Telegram Passport only. */
    @Tl("account.sendVerifyEmailCode#7011509f email:string = account.SentEmailCode")
    record OldSendVerifyEmailCode(String email) implements TlMethod<SentEmailCode> {}

    /** Up to layer 144 likewise. */
    @Tl("account.verifyEmail#ecba39db email:string code:string = Bool")
    record OldVerifyEmail(String email, String code) implements TlMethod<Boolean> {}

    /** Up to layer 134 answered by a {@code Bool}. */
    @Tl("auth.logOut#5717da40 = Bool")
    record OldLogOut() implements TlMethod<Boolean> {}

    @Tl("account.updateStatus#6628562c offline:Bool = Bool")
    record UpdateStatus(boolean offline) implements TlMethod<Boolean> {}

    // Who and where one is.

    @Tl("updates.getDifference#19c2f763 flags:# pts:int pts_limit:flags.1?int pts_total_limit:flags.0?int date:int"
            + " qts:int qts_limit:flags.2?int = updates.Difference")
    record GetDifference(int pts, int date, int qts) implements TlMethod<DifferenceEmpty> {}

    @Tl("updates.differenceEmpty#5d75a138 date:int seq:int = updates.Difference")
    record DifferenceEmpty(int date, int seq) {}

    @Tl("users.getFullUser#b60f5918 id:InputUser = users.UserFull")
    record GetFullUser(InputUser id) implements TlMethod<UsersUserFull> {}

    @Tl("users.userFull#3b6d152e full_user:UserFull chats:Vector<Chat> users:Vector<User> = users.UserFull")
    record UsersUserFull(UserFull fullUser, List<User> users) {}

    /** The line ends after the last field that is always there; what may follow is never written. */
    @Tl("userFull#06cbe645 flags:# flags2:# id:long settings:PeerSettings notify_settings:PeerNotifySettings"
            + " common_chats_count:int = UserFull")
    record UserFull(long id, PeerSettings settings, PeerNotifySettings notifySettings) {}

    /** Up to layer 134, when it was the whole answer and held the user; that line, too, is cut. */
    @Tl("userFull#d697ff05 flags:# user:User settings:PeerSettings notify_settings:PeerNotifySettings"
            + " common_chats_count:int = UserFull")
    record OldUserFull(User user, PeerSettings settings, PeerNotifySettings notifySettings) {}

    /** Nothing to suggest about a peer. */
    @Tl("peerSettings#f47741f7 flags:# = PeerSettings")
    record PeerSettings() {}

    /** Kept so that {@code help.acceptTermsOfService} has something to accept. */
    DataJson TERMS_ID = new DataJson("{\"country\":\"practice\",\"version\":1}");

    // Talks. The lines of messages are cut: what is optional and never written is left out.

    @Tl(
            "messages.dialogs#15ba6c40 dialogs:Vector<Dialog> messages:Vector<Message> chats:Vector<Chat> users:Vector<User>"
                    + " = messages.Dialogs")
    record AllDialogs(List<Dialog> dialogs, List<Message> messages, List<Chat> chats, List<User> users) {}

    @Tl("messages.dialogsSlice#71e094f3 count:int dialogs:Vector<Dialog> messages:Vector<Message> chats:Vector<Chat>"
            + " users:Vector<User> = messages.Dialogs")
    record DialogsSlice(int count, List<Dialog> dialogs, List<Message> messages, List<Chat> chats, List<User> users) {}

    /** What was said or happened last in a talk. */
    sealed interface Message {}

    @Tl("message#7600b9d3 flags:# out:flags.1?true flags2:# id:int from_id:flags.8?Peer peer_id:Peer"
            + " reply_to:flags.3?MessageReplyHeader date:int message:string = Message")
    record PlainMessage(
            boolean out,
            int id,
            Optional<Peer> fromId,
            Peer peerId,
            Optional<MessageReplyHeader> replyTo,
            int date,
            String message)
            implements Message {}

    @Tl("messageService#7a800e0a flags:# id:int peer_id:Peer date:int action:MessageAction = Message")
    record MessageService(int id, Peer peerId, int date, MessageActionContactSignUp action) implements Message {}

    /** Somebody of the address book has come to Telegram. */
    @Tl("messageActionContactSignUp#f3f25f76 = MessageAction")
    record MessageActionContactSignUp() {}

    /** What a message answers. */
    @Tl("messageReplyHeader#1b97dd66 flags:# reply_to_msg_id:flags.4?int = MessageReplyHeader")
    record MessageReplyHeader(Optional<Integer> replyToMsgId) {}
}
