package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.practice.PracticeSchema.AllDialogs;
import dev.tgsession.practice.PracticeSchema.DialogsSlice;
import dev.tgsession.practice.PracticeSchema.Message;
import dev.tgsession.practice.PracticeSchema.MessageService;
import dev.tgsession.practice.PracticeSchema.PlainMessage;
import dev.tgsession.schema.ChatSchema.Channel;
import dev.tgsession.schema.ChatSchema.ChannelForbidden;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ChatSchema.ChatForbidden;
import dev.tgsession.schema.ChatSchema.PlainChat;
import dev.tgsession.schema.ContactsSchema.GetContacts;
import dev.tgsession.schema.ContactsSchema.GetTopPeers;
import dev.tgsession.schema.ContactsSchema.PlainContacts;
import dev.tgsession.schema.ContactsSchema.PlainTopPeers;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.schema.DialogSchema.Peer;
import dev.tgsession.schema.DialogSchema.PeerChannel;
import dev.tgsession.schema.DialogSchema.PeerChat;
import dev.tgsession.schema.DialogSchema.PeerUser;
import dev.tgsession.schema.DialogSchema.PlainDialog;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;
import dev.tgsession.schema.UserSchema.InputPeer;
import dev.tgsession.schema.UserSchema.InputPeerChannel;
import dev.tgsession.schema.UserSchema.InputPeerChat;
import dev.tgsession.schema.UserSchema.InputPeerEmpty;
import dev.tgsession.schema.UserSchema.InputPeerUser;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of talks, cut as Telegram cuts them. */
class DialogDeskTest {
    private static final String BIG = "9996620700";
    private static final String SMALL = "9996620703";
    private static final InputPeer NOBODY = new InputPeerEmpty();
    private static final Layers LAYERS = new Layers();

    private Practising practising;

    @BeforeEach
    void open() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void close() throws IOException {
        practising.close();
    }

    @Test
    void noMoreThanAHundredComeAtOnce() throws Exception {
        DialogsSlice page = slice(member(BIG), first(Optional.empty(), 5000));
        assertThat(page.dialogs()).hasSize(100);
        assertThat(page.messages()).hasSize(100);
        assertThat(page.count()).isEqualTo(3000);
        assertThat(slice(member(BIG), first(Optional.empty(), 7)).dialogs()).hasSize(7);
    }

    @Test
    void whatFitsIntoOnePageIsAllThereIs() throws Exception {
        AllDialogs all = all(member(SMALL), first(Optional.empty(), 100));
        assertThat(all.dialogs()).hasSize(60);
        assertThat(all(member("9996620001"), first(Optional.empty(), 100)).dialogs())
                .isEmpty();
    }

    @Test
    void thereIsEveryKindOfPeer() throws Exception {
        AllDialogs all = all(member(SMALL), first(Optional.empty(), 100));
        assertThat(all.chats())
                .hasAtLeastOneElementOfType(PlainChat.class)
                .hasAtLeastOneElementOfType(ChatForbidden.class)
                .hasAtLeastOneElementOfType(Channel.class)
                .hasAtLeastOneElementOfType(ChannelForbidden.class)
                .anyMatch(chat -> chat instanceof PlainChat group
                        && group.deactivated()
                        && group.migratedTo().isPresent())
                .anyMatch(chat -> chat instanceof Channel channel && channel.broadcast())
                .anyMatch(chat -> chat instanceof Channel channel && channel.forum())
                .anyMatch(chat -> chat instanceof Channel channel && channel.gigagroup())
                .anyMatch(chat ->
                        chat instanceof Channel channel && channel.usernames().isPresent());
        List<PlainUser> users = all.users().stream().map(PlainUser.class::cast).toList();
        assertThat(users)
                .anyMatch(PlainUser::self)
                .anyMatch(PlainUser::bot)
                .anyMatch(PlainUser::deleted)
                .anyMatch(PlainUser::min)
                .anyMatch(PlainUser::premium)
                .anyMatch(user -> user.usernames().isPresent())
                .anyMatch(user -> user.phone().isPresent());
        assertThat(all.messages())
                .hasAtLeastOneElementOfType(PlainMessage.class)
                .hasAtLeastOneElementOfType(MessageService.class);
    }

    @Test
    void everybodyADialogIsWithIsAmongThoseTold() throws Exception {
        AllDialogs all = all(member(SMALL), first(Optional.empty(), 100));
        Set<Peer> told = new HashSet<>();
        all.users().forEach(user -> told.add(new PeerUser(user.id())));
        for (Chat chat : all.chats()) {
            boolean group = chat instanceof PlainChat || chat instanceof ChatForbidden;
            told.add(group ? new PeerChat(chat.id()) : new PeerChannel(chat.id()));
        }
        assertThat(all.dialogs()).allMatch(dialog -> told.contains(((PlainDialog) dialog).peer()));
    }

    @Test
    void pinnedOnesComeFirstAndMayBeLeftOut() throws Exception {
        TestClient client = member(SMALL);
        List<PlainDialog> folder = plain(all(client, first(Optional.of(0), 100)).dialogs());
        assertThat(folder.stream().limit(4)).allMatch(PlainDialog::pinned);
        assertThat(folder.stream().skip(4)).noneMatch(PlainDialog::pinned);
        DialogsSlice without = slice(client, new GetDialogs(true, Optional.of(0), 0, 0, NOBODY, 100, 0));
        assertThat(plain(without.dialogs())).hasSize(folder.size() - 4).noneMatch(PlainDialog::pinned);
    }

    @Test
    void theArchiveIsAFolderOfItsOwn() throws Exception {
        TestClient client = member(SMALL);
        List<PlainDialog> archive =
                plain(all(client, first(Optional.of(1), 100)).dialogs());
        assertThat(archive).hasSize(60 / 9).allMatch(dialog -> dialog.folderId().equals(Optional.of(1)));
        assertThat(archive.get(0).pinned()).isTrue();
        assertThat(all(client, first(Optional.of(0), 100)).dialogs()).hasSize(60 - 60 / 9);
        assertThat(all(client, first(Optional.of(7), 100)).dialogs()).isEmpty();
    }

    @Test
    void theNextPageBeginsBehindTheLastOfTheOneBefore() throws Exception {
        TestClient client = member(SMALL);
        List<Peer> seen = new ArrayList<>();
        GetDialogs call = first(Optional.of(0), 7);
        for (int page = 0; page < 20; page++) {
            DialogsSlice slice = slice(client, call);
            if (slice.dialogs().isEmpty()) {
                break;
            }
            plain(slice.dialogs()).forEach(dialog -> seen.add(dialog.peer()));
            PlainDialog last = plain(slice.dialogs()).get(slice.dialogs().size() - 1);
            int date = date(slice.messages().get(slice.messages().size() - 1));
            call = new GetDialogs(true, Optional.of(0), date, last.topMessage(), pointer(last.peer()), 7, 0);
        }
        assertThat(seen).hasSize(60 - 60 / 9).doesNotHaveDuplicates();
    }

    @Test
    void byTheDateAloneThoseOfTheSameDateAreLeftOut() throws Exception {
        TestClient client = member(SMALL);
        DialogsSlice page = slice(client, new GetDialogs(true, Optional.of(0), 0, 0, NOBODY, 100, 0));
        int date = date(page.messages().get(10));
        DialogsSlice later = slice(client, new GetDialogs(true, Optional.of(0), date, 0, NOBODY, 100, 0));
        assertThat(later.messages()).isNotEmpty().allMatch(message -> date(message) < date);
    }

    @Test
    void theSameAccountKnowsTheSamePeopleEachTimeAndAnotherOneOthersHashes() throws Exception {
        AllDialogs once = all(member(SMALL), first(Optional.empty(), 100));
        assertThat(all(member(SMALL), first(Optional.empty(), 100)).chats()).isEqualTo(once.chats());
        DialogsSlice other = slice(member(BIG), first(Optional.empty(), 100));
        long here = hash(once.chats());
        assertThat(other.chats())
                .anyMatch(chat -> chat instanceof Channel channel
                        && channel.id()
                                == once.chats().stream()
                                        .filter(Channel.class::isInstance)
                                        .findFirst()
                                        .orElseThrow()
                                        .id()
                        && channel.accessHash().orElseThrow() != here);
    }

    @Test
    void contactsAreThoseOfTheTalksAndSomeMore() throws Exception {
        PlainContacts book = member(SMALL).call(new GetContacts(0), PlainContacts.class);
        assertThat(book.contacts()).hasSameSizeAs(book.users());
        assertThat(book.users()).allMatch(user -> ((PlainUser) user).contact());
        assertThat(book.users())
                .anyMatch(user -> ((PlainUser) user).firstName().orElse("").startsWith("Silent"));
    }

    @Test
    void topPeersComeInTheirCategories() throws Exception {
        TestClient client = member(SMALL);
        PlainTopPeers top = client.call(
                new GetTopPeers(true, false, false, false, false, false, true, true, 0, 30, 0), PlainTopPeers.class);
        assertThat(top.categories()).hasSize(3).allMatch(category -> category.count() > 0);
        assertThat(top.users()).isNotEmpty();
        assertThat(top.chats()).isNotEmpty();
        assertThat(client.refusal(new GetTopPeers(false, false, false, false, false, false, false, false, 0, 30, 0)))
                .isEqualTo("400 TYPES_EMPTY");
    }

    @Test
    void aBotIsToldThatThisIsNotForBots() throws Exception {
        TestClient client = practising.client(2);
        client.call(new ImportBotAuthorization(1, "0".repeat(32), "42:" + "A".repeat(35)), PlainAuthorization.class);
        assertThat(client.refusal(new GetContacts(0))).isEqualTo("400 BOT_METHOD_INVALID");
        assertThat(client.refusal(first(Optional.empty(), 100))).isEqualTo("400 BOT_METHOD_INVALID");
    }

    @Test
    void anOlderClientIsToldThatThereIsNoSuchMethodUnlessThereIsNobodyToTellOf() throws Exception {
        TestClient old = practising.client(2);
        old.layer = 227;
        logIn(old, SMALL);
        assertThat(old.refusal(first(Optional.empty(), 100))).isEqualTo("400 INPUT_METHOD_INVALID");
        assertThat(practising.phone.refusals).last().asString().contains("layer 228", "227");
        assertThat(old.call(new GetContacts(0))).isInstanceOf(PlainContacts.class);
        TestClient lonely = practising.client(2);
        lonely.layer = 160;
        logIn(lonely, "9996620001");
        assertThat(all(lonely, first(Optional.empty(), 100)).dialogs()).isEmpty();
    }

    @Test
    void whoIsNotLoggedInLearnsNothing() throws Exception {
        TestClient stranger = practising.client(2);
        stranger.call(new dev.tgsession.schema.ConnectionSchema.GetConfig());
        assertThat(stranger.refusal(first(Optional.empty(), 100))).isEqualTo("401 AUTH_KEY_UNREGISTERED");
    }

    private TestClient member(String phone) throws IOException {
        TestClient client = practising.client(2);
        logIn(client, phone);
        return client;
    }

    private static void logIn(TestClient client, String phone) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        client.call(signIn(phone, sent, "22222"), PlainAuthorization.class);
    }

    private static GetDialogs first(Optional<Integer> folder, int limit) {
        return new GetDialogs(false, folder, 0, 0, NOBODY, limit, 0);
    }

    private static DialogsSlice slice(TestClient client, GetDialogs call) throws IOException {
        return (DialogsSlice) LAYERS.codec().read(client.callRaw(call));
    }

    private static AllDialogs all(TestClient client, GetDialogs call) throws IOException {
        return (AllDialogs) LAYERS.codec().read(client.callRaw(call));
    }

    private static List<PlainDialog> plain(List<?> dialogs) {
        return dialogs.stream().map(PlainDialog.class::cast).toList();
    }

    private static int date(Message message) {
        return message instanceof PlainMessage plain ? plain.date() : ((MessageService) message).date();
    }

    private static InputPeer pointer(Peer peer) {
        if (peer instanceof PeerUser user) {
            return new InputPeerUser(user.userId(), 0);
        }
        return peer instanceof PeerChat group
                ? new InputPeerChat(group.chatId())
                : new InputPeerChannel(((PeerChannel) peer).channelId(), 0);
    }

    private static long hash(List<Chat> chats) {
        return chats.stream()
                .filter(Channel.class::isInstance)
                .map(chat -> ((Channel) chat).accessHash().orElseThrow())
                .findFirst()
                .orElseThrow();
    }
}
