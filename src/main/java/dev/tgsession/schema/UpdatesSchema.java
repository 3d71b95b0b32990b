package dev.tgsession.schema;

import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/**
 * What happens without being asked for, as far as a login listens.
 *
 * @see <a href="https://core.telegram.org/api/updates">Working with updates</a>
 */
public interface UpdatesSchema {

    /** Asks where in the stream of updates the account stands. */
    @Tl("updates.getState#edd4882a = updates.State")
    record GetState() implements TlMethod<UpdatesState> {}

    /** The place in that stream; {@code date} in Unix seconds. */
    @Tl("updates.state#a56c2a3e pts:int qts:int date:int seq:int unread_count:int = updates.State")
    record UpdatesState(int pts, int qts, int date, int seq, int unreadCount) {}

    /** A parcel of updates. Parcels with messages in them have no record here. */
    sealed interface Updates {}

    /** Too many to send. */
    @Tl("updatesTooLong#e317af7e = Updates")
    record UpdatesTooLong() implements Updates {}

    /** One; {@code date} in Unix seconds. */
    @Tl("updateShort#78d4dec1 update:Update date:int = Updates")
    record UpdateShort(Update update, int date) implements Updates {}

    /** Several; whom they are about is left out. */
    @Tl("updates#74ae4240 updates:Vector<Update> users:Vector<User> chats:Vector<Chat> date:int seq:int = Updates")
    record PlainUpdates(List<Update> updates, int date, int seq) implements Updates {}

    /** Several parcels in one. */
    @Tl("updatesCombined#725b04c3 updates:Vector<Update> users:Vector<User> chats:Vector<Chat> date:int seq_start:int"
            + " seq:int = Updates")
    record UpdatesCombined(List<Update> updates, int date, int seqStart, int seq) implements Updates {}

    /** Something that has happened. */
    sealed interface Update {}

    /** Our login token was accepted. */
    @Tl("updateLoginToken#564fe691 = Update")
    record UpdateLoginToken() implements Update {}

    /** Telegram has something to say to the user, such as why a call was refused. */
    @Tl("updateServiceNotification#ebe46819 flags:# popup:flags.0?true invert_media:flags.2?true inbox_date:flags.1?int"
            + " type:string message:string media:MessageMedia entities:Vector<MessageEntity> = Update")
    record UpdateServiceNotification(
            boolean popup, Optional<Integer> inboxDate, String type, String message, MessageMediaEmpty media)
            implements Update {}

    /** No picture. Other media have no record here. */
    @Tl("messageMediaEmpty#3ded6320 = MessageMedia")
    record MessageMediaEmpty() {}

    /** Somebody has logged in to our account. */
    @Tl("updateNewAuthorization#8951abef flags:# unconfirmed:flags.0?true hash:long date:flags.0?int"
            + " device:flags.0?string location:flags.0?string = Update")
    record UpdateNewAuthorization(
            boolean unconfirmed, long hash, Optional<Integer> date, Optional<String> device, Optional<String> location)
            implements Update {}

    /** A code that was paid for is on its way. */
    @Tl("updateSentPhoneCode#504aa18f sent_code:auth.SentCode = Update")
    record UpdateSentPhoneCode(SentCode sentCode) implements Update {}

    /** {@code help.getConfig} has news. */
    @Tl("updateConfig#a229dd06 = Update")
    record UpdateConfig() implements Update {}
}
