package dev.tgsession.schema;

import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;

/**
 * Whom an account has in its address book, and whom it talks to most.
 *
 * @see <a href="https://core.telegram.org/api/contacts">Contacts</a>
 * @see <a href="https://core.telegram.org/api/top-rating">Top peers</a>
 */
public interface ContactsSchema {

    /** Asks for the address book; {@code hash} 0 for all of it. Not for bots. */
    @Tl("contacts.getContacts#5dd69e12 hash:long = contacts.Contacts")
    record GetContacts(long hash) implements TlMethod<Contacts> {}

    /** The address book. */
    sealed interface Contacts {}

    /** As it was. */
    @Tl("contacts.contactsNotModified#b74ba9d2 = contacts.Contacts")
    record ContactsNotModified() implements Contacts {}

    /** All of it. */
    @Tl("contacts.contacts#eae87e42 contacts:Vector<Contact> saved_count:int users:Vector<User> ="
            + " contacts.Contacts")
    record PlainContacts(List<Contact> contacts, int savedCount, List<User> users) implements Contacts {}

    /** One entry; a {@code mutual} one has us in theirs. */
    @Tl("contact#145ade0b user_id:long mutual:Bool = Contact")
    record Contact(long userId, boolean mutual) {}

    /** Asks who is written to most, in each of the categories that are named. Not for bots. */
    @Tl("contacts.getTopPeers#973478b6 flags:# correspondents:flags.0?true bots_pm:flags.1?true"
            + " bots_inline:flags.2?true phone_calls:flags.3?true forward_users:flags.4?true"
            + " forward_chats:flags.5?true groups:flags.10?true channels:flags.15?true bots_app:flags.16?true"
            + " bots_guestchat:flags.17?true offset:int limit:int hash:long = contacts.TopPeers")
    record GetTopPeers(
            boolean correspondents,
            boolean botsPm,
            boolean botsInline,
            boolean phoneCalls,
            boolean forwardUsers,
            boolean forwardChats,
            boolean groups,
            boolean channels,
            int offset,
            int limit,
            long hash)
            implements TlMethod<TopPeers> {}

    /** Who is written to most. */
    sealed interface TopPeers {}

    /** As before. */
    @Tl("contacts.topPeersNotModified#de266ef5 = contacts.TopPeers")
    record TopPeersNotModified() implements TopPeers {}

    /** These. */
    @Tl("contacts.topPeers#70b772a8 categories:Vector<TopPeerCategoryPeers> chats:Vector<Chat>"
            + " users:Vector<User> = contacts.TopPeers")
    record PlainTopPeers(List<TopPeerCategoryPeers> categories, List<Chat> chats, List<User> users)
            implements TopPeers {}

    /** The account does not want that to be counted. */
    @Tl("contacts.topPeersDisabled#b52c939d = contacts.TopPeers")
    record TopPeersDisabled() implements TopPeers {}

    /** Those of one category. */
    @Tl("topPeerCategoryPeers#fb834291 category:TopPeerCategory count:int peers:Vector<TopPeer> ="
            + " TopPeerCategoryPeers")
    record TopPeerCategoryPeers(TopPeerCategory category, int count, List<TopPeer> peers) {}

    /** One, with how often. */
    @Tl("topPeer#edcdc05b peer:Peer rating:double = TopPeer")
    record TopPeer(Peer peer, double rating) {}

    /** What for. */
    sealed interface TopPeerCategory {}

    /** Talks with bots. */
    @Tl("topPeerCategoryBotsPM#ab661b5b = TopPeerCategory")
    record TopPeerCategoryBotsPm() implements TopPeerCategory {}

    /** Bots used in other talks. */
    @Tl("topPeerCategoryBotsInline#148677e2 = TopPeerCategory")
    record TopPeerCategoryBotsInline() implements TopPeerCategory {}

    /** Talks with people. */
    @Tl("topPeerCategoryCorrespondents#637b7ed = TopPeerCategory")
    record TopPeerCategoryCorrespondents() implements TopPeerCategory {}

    /** Groups. */
    @Tl("topPeerCategoryGroups#bd17a14a = TopPeerCategory")
    record TopPeerCategoryGroups() implements TopPeerCategory {}

    /** Channels. */
    @Tl("topPeerCategoryChannels#161d9628 = TopPeerCategory")
    record TopPeerCategoryChannels() implements TopPeerCategory {}

    /** Calls. */
    @Tl("topPeerCategoryPhoneCalls#1e76a78c = TopPeerCategory")
    record TopPeerCategoryPhoneCalls() implements TopPeerCategory {}

    /** People to whom is forwarded. */
    @Tl("topPeerCategoryForwardUsers#a8406ca9 = TopPeerCategory")
    record TopPeerCategoryForwardUsers() implements TopPeerCategory {}

    /** Groups to which is forwarded. */
    @Tl("topPeerCategoryForwardChats#fbeec0f0 = TopPeerCategory")
    record TopPeerCategoryForwardChats() implements TopPeerCategory {}

    /** Bots with an app. */
    @Tl("topPeerCategoryBotsApp#fd9e7bec = TopPeerCategory")
    record TopPeerCategoryBotsApp() implements TopPeerCategory {}

    /** Bots invited as guests. */
    @Tl("topPeerCategoryBotsGuestChat#6c24f3dd = TopPeerCategory")
    record TopPeerCategoryBotsGuestChat() implements TopPeerCategory {}
}
