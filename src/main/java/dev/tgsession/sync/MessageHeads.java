package dev.tgsession.sync;

import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How messages and dialogs begin. What follows is not read: a message may hold hundreds of types, and a dialog a draft of a
 * message. All lines are cut short: they have the ids of the true ones, and the same fields in the same order as far as they
 * go.
 *
 * @see <a href="https://core.telegram.org/type/Message">Message</a>
 */
interface MessageHeads {
    /** The id of an ordinary message. */
    int MESSAGE = 0x7600b9d3;

    /** The id of something that happened, such as somebody joining. */
    int SERVICE_MESSAGE = 0x7a800e0a;

    /** Where something was written under which number, and when, in Unix seconds. */
    sealed interface Head {
        int id();

        Peer peerId();

        int date();
    }

    /** An ordinary message. */
    @Tl("message#7600b9d3 flags:# flags2:# id:int from_id:flags.8?Peer from_boosts_applied:flags.29?int"
            + " from_rank:flags2.12?string peer_id:Peer saved_peer_id:flags.28?Peer fwd_from:flags.2?MessageFwdHeader"
            + " via_bot_id:flags.11?long via_business_bot_id:flags2.0?long guestchat_via_from:flags2.19?Peer"
            + " reply_to:flags.3?MessageReplyHeader date:int = Message")
    record MessageHead(int id, Peer peerId, int date) implements Head {}

    /** Something that happened. */
    @Tl("messageService#7a800e0a flags:# id:int from_id:flags.8?Peer peer_id:Peer saved_peer_id:flags.28?Peer"
            + " reply_to:flags.3?MessageReplyHeader date:int = Message")
    record ServiceHead(int id, Peer peerId, int date) implements Head {}

    /** A talk with a person, group or channel. */
    @Tl("dialog#fc89f7f3 flags:# pinned:flags.2?true peer:Peer top_message:int = Dialog")
    record DialogHead(boolean pinned, Peer peer, int topMessage) {}

    /** Reads heads, and nothing else. */
    static TlCodec codec() {
        return new TlCodec(List.of(MessageHeads.class), () -> Schema.otherLines() + inside());
    }

    private static String inside() {
        try (InputStream in = MessageHeads.class.getResourceAsStream("message-heads.tl")) {
            if (in == null) {
                throw new IllegalStateException("message-heads.tl is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
