package dev.tgsession.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.ContactsSchema.ContactsNotModified;
import dev.tgsession.schema.ContactsSchema.GetContacts;
import dev.tgsession.schema.ContactsSchema.GetTopPeers;
import dev.tgsession.schema.ContactsSchema.TopPeersDisabled;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sync asks after which answer; the answers are scripted. */
class PeerSyncTest {
    private static final Bytes NOTHING = Answers.named("nothing at all").answer();

    private final EntityCache found = new EntityCache();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<GetDialogs> asked = new ArrayList<>();
    private Pages pages = call -> NOTHING;
    private Refusals refusals = method -> {};

    private interface Pages {
        Bytes answer(GetDialogs call) throws RpcException;
    }

    private interface Refusals {
        void pass(TlMethod<?> method) throws RpcException;
    }

    /** A line on which everything but dialogs is quickly answered. */
    private final class Line implements RpcConnection {
        @Override
        public <R> R call(TlMethod<R> method) throws RpcException {
            refusals.pass(method);
            Object answer;
            if (method instanceof GetDialogs dialogs) {
                asked.add(dialogs);
                answer = pages.answer(dialogs);
            } else {
                answer = method instanceof GetContacts ? new ContactsNotModified() : new TopPeersDisabled();
            }
            @SuppressWarnings("unchecked")
            R typed = (R) answer;
            return typed;
        }

        @Override
        public <R> R call(TlMethod<R> method, Duration patience) throws RpcException {
            return call(method);
        }

        @Override
        public DataCenter dataCenter() {
            return DataCenters.builtIn(Environment.PRODUCTION, 2, false);
        }

        @Override
        public AuthKey authKey() {
            return AuthKey.of(new byte[256]);
        }

        @Override
        public Instant serverTime() {
            return Instant.EPOCH;
        }

        @Override
        public void close() {}
    }

    @Test
    void aHostileMessageHidesNoMoreThanItsOwnDialog() throws Exception {
        Bytes hostile = Answers.hostile().get(0).answer();
        Bytes harmless = Answers.named("heads of all shapes").answer();
        // In a page of another size the forgery does not end where the answer ends any more.
        pages = call -> call.folderId().orElse(0) == 1 || call.offsetDate() != 0 && call.limit() > 20
                ? NOTHING
                : call.limit() > 20 ? hostile : harmless;

        SyncReport report = sync();

        assertThat(asked.stream().map(GetDialogs::limit).limit(3)).containsExactly(100, 20, 100);
        assertThat(asked.get(1).offsetDate()).as("the same place again").isZero();
        assertThat(asked.get(1).excludePinned()).isFalse();
        assertThat(found.size()).isEqualTo(5);
        assertThat(report.dialogs()).isEqualTo(4);
        assertThat(remarks).first().asString().contains("not taken").contains("pretends to be a list of users");
    }

    @Test
    void aDialogThatCannotBeTakenEvenAloneIsLeftOutAndTheNextOnesAreNot() throws Exception {
        Bytes hostile = Answers.hostile().get(0).answer();
        Bytes harmless = Answers.named("heads of all shapes").answer();
        pages = call -> call.folderId().orElse(0) == 1 ? NOTHING : call.offsetDate() == 0 ? hostile : harmless;

        SyncReport report = sync();

        assertThat(asked.stream().map(GetDialogs::limit).limit(4)).containsExactly(100, 20, 4, 1);
        assertThat(asked.get(4).offsetDate()).as("behind it").isNotZero();
        assertThat(asked.get(4).excludePinned()).isTrue();
        assertThat(report.unread()).isPositive();
        assertThat(report.complete()).isFalse();
        // Not the forged user's hash: those of the page that was taken.
        assertThat(found.peers()).hasSize(5).noneMatch(peer -> peer.accessHash() == 666);
    }

    @Test
    void aPinnedDialogThatCannotBeTakenDoesNotHideTheOthers() throws Exception {
        // One dialog, and in a user's name a list of users; pinned, it has no place in the order.
        Bytes hostile = Answers.hostile().get(3).answer();
        Bytes harmless = Answers.named("heads of all shapes").answer();
        pages = call -> call.folderId().orElse(0) == 1 || call.offsetDate() != 0
                ? NOTHING
                : call.excludePinned() ? harmless : pinned(hostile);

        SyncReport report = sync();

        assertThat(asked.stream().map(GetDialogs::limit).limit(4)).containsExactly(100, 20, 4, 1);
        assertThat(asked.get(4).offsetDate()).isZero();
        assertThat(asked.get(4).excludePinned()).isTrue();
        assertThat(found.size()).isEqualTo(5);
        assertThat(report.complete()).isFalse();
    }

    /** The same answer, its first dialog pinned: bit 2 of the flags behind count, vector and id. */
    private static Bytes pinned(Bytes slice) {
        byte[] bytes = slice.toArray();
        bytes[4 + 4 + 8 + 4] |= 1 << 2;
        return Bytes.of(bytes);
    }

    @Test
    void aPageThatBringsNothingNewEndsIt() throws Exception {
        pages = call -> Answers.named("heads of all shapes").answer();
        SyncReport report = sync();
        assertThat(asked).hasSizeLessThan(10);
        assertThat(report.dialogs()).isEqualTo(4);
        // Three thousand are there, says the answer.
        assertThat(report.complete()).isFalse();
        assertThat(remarks).anyMatch(remark -> remark.contains("3000 dialogs"));
    }

    @Test
    void whereNothingAtAllCanBeTakenItDoesNotGoOnAskingForOneDialogAfterTheOther() throws Exception {
        Bytes later = Answers.unknown().get(0).answer();
        pages = call -> later;
        SyncReport report = sync();
        assertThat(asked).hasSizeLessThan(60);
        assertThat(report.complete()).isFalse();
        assertThat(found.size()).isZero();
    }

    @Test
    void onceAnEndWasNotKnownNoPageOfASingleDialogIsAskedFor() throws Exception {
        Bytes later = Answers.unknown().get(0).answer();
        Bytes harmless = Answers.named("heads of all shapes").answer();
        pages = call -> call.folderId().orElse(0) == 1 ? NOTHING : call.offsetDate() == 0 ? later : harmless;

        SyncReport report = sync();

        assertThat(asked.stream().map(GetDialogs::limit).limit(4)).containsExactly(100, 20, 4, 20);
        assertThat(asked).allMatch(call -> call.limit() >= 4);
        assertThat(found.size()).isEqualTo(5);
        assertThat(report.unread()).isPositive();
    }

    @Test
    void withoutAPlaceToGoOnFromItEndsAndSaysSo() throws Exception {
        pages = call -> Answers.named("dialogs without messages").answer();
        SyncReport report = sync();
        assertThat(report.complete()).isFalse();
        assertThat(found.size()).isEqualTo(1);
        assertThat(remarks).anyMatch(remark -> remark.contains("nobody can tell where the next page begins"));
    }

    @Test
    void bothFoldersAreAskedForFromTheirBeginningWithPinnedDialogs() throws Exception {
        sync();
        assertThat(asked).map(call -> call.folderId().orElse(-1)).containsExactly(0, 1);
        assertThat(asked).allMatch(call -> call.limit() == 100 && !call.excludePinned() && call.offsetDate() == 0);
    }

    @Test
    void troubleOfTelegramsOwnIsWaitedForAFewTimes() throws Exception {
        int[] troubles = {2};
        refusals = method -> {
            if (method instanceof GetDialogs && troubles[0]-- > 0) {
                throw new RpcException(500, "WORKER_BUSY_TOO_LONG_RETRY");
            }
        };
        assertThat(sync().complete()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        refusals = method -> {
            throw new RpcException(500, "RPC_CALL_FAIL");
        };
        assertThat(catchThrowableOfType(RpcException.class, this::sync)).hasMessageContaining("RPC_CALL_FAIL");
    }

    @Test
    void aMinuteIsWaitedAndASecondMoreIsNot() throws Exception {
        int[] wait = {60};
        refusals = method -> {
            if (method instanceof GetContacts && wait[0] > 0) {
                int now = wait[0];
                wait[0] = 0;
                throw new RpcException(420, "FLOOD_WAIT_" + now);
            }
        };
        assertThat(sync().complete()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(60));
        wait[0] = 61;
        SyncReport report = sync();
        assertThat(report.longWait()).contains(Duration.ofSeconds(61));
        assertThat(report.complete()).isFalse();
    }

    @Test
    void waitsWithoutEndAreNotSatOut() throws Exception {
        refusals = method -> {
            throw new RpcException(420, "FLOOD_WAIT_5");
        };
        assertThat(sync().longWait()).contains(Duration.ofSeconds(5));
        assertThat(pauses).hasSizeLessThan(10);
    }

    @Test
    void topPeersThatAreRefusedAreDoneWithout() throws Exception {
        refusals = method -> {
            if (method instanceof GetTopPeers) {
                throw new RpcException(400, "TYPES_EMPTY");
            }
        };
        pages = call -> Answers.named("every kind of peer").answer();
        SyncReport report = sync();
        assertThat(report.complete()).isFalse();
        assertThat(found.size()).isEqualTo(report.peers()).isPositive();
    }

    @Test
    void anAnswerThatIsNoneIsNotTakenForThePeersOfNobody() {
        pages = call -> Bytes.ofHex("c0ffee00");
        assertThat(catchThrowableOfType(MalformedTlException.class, this::sync)).isNotNull();
    }

    private SyncReport sync() throws IOException, RpcException {
        SyncListener listener = new SyncListener() {
            @Override
            public void remark(String sentence) {
                remarks.add(sentence);
            }
        };
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_790_000_000));
        return new PeerSync(new Line(), pauses::add, clock, listener, found::add).run();
    }
}
