package dev.tgsession.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonArray;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.DialogSchema.PeerChannel;
import dev.tgsession.schema.DialogSchema.PeerChat;
import dev.tgsession.schema.DialogSchema.PeerUser;
import dev.tgsession.schema.UserSchema.InputPeerChannel;
import dev.tgsession.schema.UserSchema.InputPeerEmpty;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.PeerType;
import dev.tgsession.sync.DialogsPage.Offset;
import dev.tgsession.sync.EndOfAnswer.Verdict;
import dev.tgsession.sync.MessageHeads.DialogHead;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DialogsPageTest {
    private static final TlCodec HEADS = MessageHeads.codec();
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final long OWN_ID = 9_996_620_001L;

    static List<Answers.Sample> pages() {
        return Answers.pages();
    }

    static List<Answers.Sample> hostile() {
        return Answers.hostile();
    }

    static List<Answers.Sample> unknown() {
        return Answers.unknown();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theEndIsFoundWhereTelethonPutIt(Answers.Sample sample) throws Exception {
        EndOfAnswer end = EndOfAnswer.of(sample.answer(), 0);
        assertThat(end.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(end.found().start()).isEqualTo(sample.start());
        assertThat(page(sample).whyNotTaken()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePeersAreThoseThatTelethonWouldWriteDown(Answers.Sample sample) throws Exception {
        EntityCache found = peersOf(page(sample));
        List<Long> telethons = new ArrayList<>();
        for (Object each : sample.rows()) {
            JsonArray row = (JsonArray) each;
            long id = row.getLong(0);
            // The account is none of its own peers, and a group of which only the number is known is not worth a row.
            if (id == OWN_ID || id == -4_000_005L) {
                continue;
            }
            telethons.add(id);
            Peer peer = found.byId(id).orElseThrow();
            assertThat(peer.accessHash()).as("hash of " + id).isEqualTo(row.getLong(1));
            assertThat(peer.phone().map(Long::parseLong).map(Object::toString))
                    .as("phone of " + id)
                    .isEqualTo(Optional.ofNullable(row.get(3)).map(Object::toString));
            assertThat(peer.name())
                    .as("name of " + id)
                    .isEqualTo(Optional.ofNullable(row.getString(4)).filter(name -> !name.isEmpty()));
            if (row.get(2) != null) {
                assertThat(peer.username().map(String::toLowerCase)).contains(row.getString(2));
            }
        }
        assertThat(found.peers()).map(Peer::markedId).containsExactlyInAnyOrderElementsOf(telethons);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aDateThatIsFoundIsTheRightOne(Answers.Sample sample) throws Exception {
        DialogsPage page = page(sample);
        MessageDates dates = MessageDates.of(HEADS, sample.answer(), 0, sample.start(), page.dialogs());
        for (DialogHead dialog : page.dialogs()) {
            OptionalInt date = dates.of(dialog);
            String key = marked(dialog) + "/" + dialog.topMessage();
            if (date.isPresent()) {
                assertThat(sample.dates().getInt(key)).as(key).isEqualTo(date.getAsInt());
            }
        }
    }

    @Test
    void datesAreFoundBehindHeadsOfAllShapes() throws Exception {
        for (String name : List.of("heads of all shapes", "every kind of peer", "a draft with a picture")) {
            Answers.Sample sample = Answers.named(name);
            DialogsPage page = page(sample);
            MessageDates dates = MessageDates.of(HEADS, sample.answer(), 0, sample.start(), page.dialogs());
            assertThat(page.dialogs())
                    .as(name)
                    .isNotEmpty()
                    .allMatch(dialog -> dates.of(dialog).isPresent());
        }
    }

    @Test
    void severalUserNamesComeWithTheMainOneFirstAndThoseSwitchedOffLeftOut() throws Exception {
        EntityCache found = peersOf(page(Answers.named("every kind of peer")));
        Peer person = found.byId(5_000_000_006L).orElseThrow();
        assertThat(person.username()).contains("First_Name");
        assertThat(person.moreUsernames()).containsExactly("third_name");
        Peer channel = found.byId(PeerKind.markedChannel(1_500_000_005L)).orElseThrow();
        assertThat(channel.username()).contains("Main_Name");
        assertThat(channel.moreUsernames()).containsExactly("b");
    }

    @Test
    void eachKindOfPeerIsKnownForWhatItIs() throws Exception {
        EntityCache found = peersOf(page(Answers.named("every kind of peer")));
        assertThat(found.byId(5_000_000_001L).orElseThrow().type()).contains(PeerType.PERSON);
        assertThat(found.byId(5_000_000_002L).orElseThrow().type()).contains(PeerType.BOT);
        assertThat(found.byId(-4_000_004L).orElseThrow().type()).contains(PeerType.GROUP);
        assertThat(found.byId(PeerKind.markedChannel(1_500_000_001L))
                        .orElseThrow()
                        .type())
                .contains(PeerType.CHANNEL);
        assertThat(found.byId(PeerKind.markedChannel(1_500_000_003L))
                        .orElseThrow()
                        .type())
                .contains(PeerType.SUPERGROUP);
        assertThat(found.byId(PeerKind.markedChannel(1_500_000_008L))
                        .orElseThrow()
                        .type())
                .contains(PeerType.CHANNEL);
        assertThat(found.byId(PeerKind.markedChannel(1_500_000_009L))
                        .orElseThrow()
                        .type())
                .contains(PeerType.SUPERGROUP);
        assertThat(found.peers()).allMatch(peer -> peer.seen().equals(Optional.of(NOW)));
    }

    @Test
    void minOnesAndThoseWithoutHashAreNotPeers() throws Exception {
        EntityCache found = peersOf(page(Answers.named("every kind of peer")));
        assertThat(found.peers())
                .map(Peer::markedId)
                .doesNotContain(
                        5_000_000_008L,
                        5_000_000_009L,
                        5_000_000_010L,
                        PeerKind.markedChannel(1_500_000_006L),
                        PeerKind.markedChannel(1_500_000_007L));
    }

    @Test
    void theAccountItselfIsToldApart() throws Exception {
        DialogsPage page = page(Answers.named("every kind of peer"));
        assertThat(page.users().stream().flatMap(user -> PeerFacts.self(user).stream()))
                .singleElement()
                .satisfies(self -> {
                    assertThat(self.userId()).isEqualTo(OWN_ID);
                    assertThat(self.username()).contains("me_myself");
                    assertThat(self.accessHash()).isPresent();
                });
        assertThat(peersOf(page).byId(OWN_ID)).isEmpty();
    }

    @Test
    void behindADraftThatCannotBeReadTheEndIsStillFound() throws Exception {
        DialogsPage page = page(Answers.named("a draft with a picture"));
        // Of the dialog with the draft the beginning is known; where the next one begins is not.
        assertThat(page.dialogs()).hasSize(2);
        assertThat(page.whyNotTaken()).isEmpty();
        assertThat(page.users()).hasSize(2);
        assertThat(page.next(Offset.START).orElseThrow().id()).isEqualTo(2);
    }

    @Test
    void theNextPageBeginsBehindTheLastDialogInOrder() throws Exception {
        Answers.Sample sample = Answers.named("heads of all shapes");
        assertThat(page(sample).next(Offset.START))
                .contains(new Offset(
                        sample.dates().getInt("-4000001/9"),
                        9,
                        page(sample).next(Offset.START).orElseThrow().peer()));
        // Nothing later than what came before: a date in the future of the last page is none.
        Offset early = new Offset(5, 1, new InputPeerEmpty());
        assertThat(page(sample).next(early)).isEmpty();
    }

    @Test
    void whereTheNextPageBeginsIsPointedAtWithTheHashOfThatPeer() throws Exception {
        assertThat(page(Answers.named("a draft with a picture"))
                        .next(Offset.START)
                        .orElseThrow()
                        .peer())
                .isEqualTo(new InputPeerChannel(1_500_000_002L, -1_500_000_002L * 77));
        // Of a page that is not taken nothing is taken, not even a hash to ask with.
        assertThat(page(Answers.hostile().get(0))
                        .next(Offset.START)
                        .orElseThrow()
                        .peer())
                .isEqualTo(new InputPeerEmpty());
    }

    @Test
    void withoutAMessageNobodyKnowsWhereTheNextPageBegins() throws Exception {
        DialogsPage page = page(Answers.named("dialogs without messages"));
        assertThat(page.next(Offset.START)).isEmpty();
        assertThat(page.inAll()).hasValue(3);
    }

    // Somebody who writes to the account.

    @ParameterizedTest
    @MethodSource("hostile")
    void aForgedListThatEndsWhereTheAnswerEndsIsNotTaken(Answers.Sample sample) throws Exception {
        // It is a good forgery: by itself it would be taken.
        int forgedAt = sample.known().getInt("forgedAt");
        assertThat(EndOfAnswer.fitsAt(sample.answer(), forgedAt)).isTrue();
        assertThat(EndOfAnswer.fitsAt(sample.answer(), sample.start())).isTrue();

        assertThat(EndOfAnswer.of(sample.answer(), 0).verdict()).isEqualTo(Verdict.SEVERAL_FIT);
        DialogsPage page = page(sample);
        assertThat(page.whyNotTaken()).isPresent();
        assertThat(page.users()).isEmpty();
        assertThat(page.chats()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void anEndOfALaterLayerIsNotTakenNorAnythingInItsPlace(Answers.Sample sample) throws Exception {
        DialogsPage page = page(sample);
        assertThat(page.whyNotTaken()).isPresent();
        assertThat(page.users()).isEmpty();
    }

    @Test
    void aForgedListThatStandsAloneDoesNotKnowTheDialogs() throws Exception {
        Answers.Sample both = Answers.unknown().get(1);
        assertThat(EndOfAnswer.of(both.answer(), 0).verdict()).isEqualTo(Verdict.FOUND);
        assertThat(page(both).whyNotTaken()).contains("those it is about are not in it");
    }

    @Test
    void textsFullOfBeginningsTakeNoLongerThanTheyMay() {
        // Each word begins a list of as many users as there is room for, so each attempt would read on to the end.
        TlWriter out = new TlWriter();
        out.writeInt(0x15ba6c40);
        out.writeVectorCount(0);
        out.writeVectorCount(1);
        for (int i = 0; i < 60_000; i++) {
            out.writeVectorCount(0);
            out.writeVectorCount(i % 2 == 0 ? 1 : 2);
            out.writeInt(0xd3bc4b7a);
            out.writeLong(i);
        }
        Bytes answer = out.toBytes();
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(page(answer).whyNotTaken()).isPresent());
    }

    @Test
    void nestedListsAreGivenUp() {
        // Every start reads all that lies behind it, and none fits: the work would grow with the square.
        TlWriter deep = new TlWriter();
        for (int i = 0; i < 3000; i++) {
            // A vector of no chats, and one of users that holds the rest as the language of its first user.
            int rest = (3000 - i - 1) * 52;
            deep.writeVectorCount(0);
            deep.writeVectorCount(1);
            deep.writeInt(0xb1b8cc83);
            deep.writeInt(1 | 1 << 22);
            deep.writeInt(0);
            deep.writeLong(5);
            deep.writeLong(6);
            deep.writeInt(0xfe | rest << 8);
            deep.writeInt(0);
        }
        deep.writeInt(0);
        assertThat(EndOfAnswer.of(deep.toBytes(), 0).verdict()).isEqualTo(Verdict.TOO_MUCH_WORK);
    }

    @Test
    void whatIsNoListOfDialogsIsRefused() {
        assertThatThrownBy(() -> page(Bytes.ofHex("c0ffee0000000000")))
                .isInstanceOf(MalformedTlException.class)
                .hasMessageContaining("messages.Dialogs was due");
    }

    @Test
    void notModifiedIsNothingNew() throws Exception {
        DialogsPage page = page(Bytes.ofHex("96e5e3f003000000"));
        assertThat(page.isEmpty()).isTrue();
        assertThat(page.isLast()).isTrue();
        assertThat(page.whyNotTaken()).isEmpty();
    }

    @Test
    void anAnswerCutShortIsNeverTaken() {
        Bytes answer = Answers.named("every kind of peer").answer();
        for (int length = 8; length < answer.size(); length += 4) {
            Bytes cut = answer.first(length);
            try {
                DialogsPage page = page(cut);
                assertThat(page.whyNotTaken()).as("cut at " + length).isPresent();
            } catch (MalformedTlException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void damagedAnswersAreTakenOrRefusedAndNothingElse() {
        Random random = new Random(7);
        byte[] whole = Answers.named("every kind of media and markup").answer().toArray();
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int times = 0; times < 3; times++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                DialogsPage page = page(Bytes.of(damaged));
                // Whatever became of it: what is not taken gives nothing away.
                if (page.whyNotTaken().isPresent()) {
                    assertThat(page.users()).isEmpty();
                }
            } catch (MalformedTlException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    private static DialogsPage page(Answers.Sample sample) throws MalformedTlException {
        return DialogsPage.of(sample.answer(), HEADS);
    }

    private static DialogsPage page(Bytes answer) throws MalformedTlException {
        return DialogsPage.of(answer, HEADS);
    }

    private static EntityCache peersOf(DialogsPage page) {
        PeerFacts facts = new PeerFacts(NOW);
        EntityCache found = new EntityCache();
        page.users().forEach(user -> facts.of(user).ifPresent(found::add));
        page.chats().forEach(chat -> facts.of(chat).ifPresent(found::add));
        return found;
    }

    private static long marked(DialogHead dialog) {
        if (dialog.peer() instanceof PeerUser user) {
            return user.userId();
        }
        return dialog.peer() instanceof PeerChat chat
                ? -chat.chatId()
                : PeerKind.markedChannel(((PeerChannel) dialog.peer()).channelId());
    }
}
