package dev.tgsession.sync;

import dev.tgsession.mtproto.rpc.Pause;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.ChatSchema.Chat;
import dev.tgsession.schema.ContactsSchema.GetContacts;
import dev.tgsession.schema.ContactsSchema.GetTopPeers;
import dev.tgsession.schema.ContactsSchema.PlainContacts;
import dev.tgsession.schema.ContactsSchema.PlainTopPeers;
import dev.tgsession.schema.DialogSchema;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.session.Account;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.sync.DialogsPage.Offset;
import dev.tgsession.sync.MessageHeads.DialogHead;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Meets everybody an account knows: its contacts, those it writes to most, and the persons, groups and channels of all its
 * dialogs, those in the archive too.
 *
 * <pre>
 *   EntityCache peers = EntityCache.of(session);
 *   SyncReport report = new PeerSync(connection, pause, clock, SyncListener.NONE, peers::add).run();
 *   store.save(session.withPeers(peers.peers()));
 * </pre>
 *
 * <p>It asks politely. A flood wait of up to a minute is sat out; at a longer one it ends, what it has found until then has
 * been told, and another run brings the rest. A page of dialogs that cannot be trusted (see {@code EndOfAnswer}) is asked for
 * again in smaller pieces, so that one hostile message hides no more than its own dialog.
 *
 * @see <a href="https://core.telegram.org/method/messages.getDialogs">messages.getDialogs</a>
 * @see <a href="https://core.telegram.org/api/offsets">Pagination</a>
 */
public final class PeerSync {
    /** A wait up to here is sat out. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** Telegram sends no more dialogs than this at once. */
    static final int LARGEST_PAGE = 100;

    private static final int SMALLER = 5;
    private static final int MOST_WAITS = 5;

    /** So many dialogs after each other that cannot be taken are no accident: there is more that we cannot read. */
    private static final int MOST_REFUSED = 5;

    private static final int MOST_TROUBLES = 3;
    private static final int MOST_TOP_PEERS = 100;
    private static final List<Integer> FOLDERS = List.of(0, 1);

    private final RpcConnection connection;
    private final Pause pause;
    private final SyncListener listener;
    private final Consumer<? super Peer> peers;
    private final PeerFacts facts;
    private final TlCodec heads = MessageHeads.codec();

    private final Map<PeerKind, Set<Long>> met = new EnumMap<>(PeerKind.class);
    private final Set<DialogSchema.Peer> talks = new HashSet<>();
    private Optional<Account> self = Optional.empty();
    private OptionalInt inAll = OptionalInt.empty();
    private int others;
    private int unread;
    private boolean complete = true;

    /** Telegram wants a longer rest than anybody watches a screen for. */
    private static final class LongWait extends Exception {
        private static final long serialVersionUID = 1L;

        private final Duration time;

        LongWait(Duration time) {
            super(null, null, false, false);
            this.time = time;
        }
    }

    /**
     * A sync over a line whose key is logged in.
     *
     * @param pause waits; in a test it moves a clock
     * @param clock dates what is found
     * @param peers told each peer that can be addressed from now on, some of them more than once
     */
    public PeerSync(
            RpcConnection connection,
            Pause pause,
            InstantSource clock,
            SyncListener listener,
            Consumer<? super Peer> peers) {
        this.connection = connection;
        this.pause = pause;
        this.listener = listener;
        this.peers = peers;
        this.facts = new PeerFacts(clock.instant());
        for (PeerKind kind : PeerKind.values()) {
            met.put(kind, new HashSet<>());
        }
    }

    /**
     * Asks for everything, once.
     *
     * @throws RpcException if Telegram refuses: the login has ended, most often
     * @throws IOException if the line fails; what was found until then has been told
     */
    public SyncReport run() throws IOException, RpcException {
        try {
            contacts();
            topPeers();
            for (int folder : FOLDERS) {
                dialogs(folder);
            }
        } catch (LongWait wait) {
            return report(false, Optional.of(wait.time));
        } catch (RpcException error) {
            if (error.is("BOT_METHOD_INVALID")) {
                return report(true, Optional.empty());
            }
            throw error;
        }
        return report(false, Optional.empty());
    }

    private SyncReport report(boolean bot, Optional<Duration> wait) {
        return new SyncReport(
                count(PeerKind.USER),
                count(PeerKind.GROUP),
                count(PeerKind.CHANNEL),
                talks.size(),
                unread,
                bot,
                wait,
                complete && !bot && wait.isEmpty(),
                self);
    }

    private void contacts() throws IOException, RpcException, LongWait {
        if (ask(new GetContacts(0)) instanceof PlainContacts book) {
            book.users().forEach(this::meet);
        }
        tellProgress();
    }

    private void topPeers() throws IOException, RpcException, LongWait {
        var all = new GetTopPeers(true, true, true, true, true, true, true, true, 0, MOST_TOP_PEERS, 0);
        try {
            if (ask(all) instanceof PlainTopPeers top) {
                top.users().forEach(this::meet);
                top.chats().forEach(this::meet);
            }
        } catch (RpcException error) {
            if (error.code() != 400 || error.is("BOT_METHOD_INVALID")) {
                throw error;
            }
            // They are a by-product: nearly all of them have a dialog too.
            listener.remark("Telegram does not tell who is written to most (" + error.getMessage() + ").");
            complete = false;
        }
        tellProgress();
    }

    /** All pages of a folder. A page that brings no dialog we have not seen ends it, whatever the server says. */
    private void dialogs(int folder) throws IOException, RpcException, LongWait {
        Offset offset = Offset.START;
        boolean withPinned = true;
        int limit = LARGEST_PAGE;
        int smallest = 1;
        int refused = 0;
        int before = talks.size() + others;
        inAll = OptionalInt.empty();
        while (true) {
            DialogsPage page = DialogsPage.of(ask(request(folder, offset, withPinned, limit)), heads);
            if (page.hasUnknownEnd()) {
                // In the layer we speak that cannot be; from now on a page has to vouch for itself by several dialogs.
                smallest = SMALLER - 1;
            }
            if (page.whyNotTaken().isPresent() && limit > smallest) {
                limit = Math.max(smallest, limit / SMALLER);
                listener.remark("A page of dialogs was not taken, because "
                        + page.whyNotTaken().get() + "; asking for smaller ones.");
                continue;
            }
            if (page.whyNotTaken().isPresent()) {
                skip(page);
            }
            refused = page.whyNotTaken().isPresent() ? refused + 1 : 0;
            boolean news = meetAll(page);
            tellProgress();
            if (page.isLast()) {
                return;
            }
            if (page.isEmpty()) {
                checkEnd(true, before);
                return;
            }
            Optional<Offset> next = page.next(offset);
            if (next.isEmpty() && withPinned) {
                // Nothing but pinned ones, which stand outside the order: the others begin at the beginning.
                next = Optional.of(Offset.START);
            }
            if (next.isEmpty() || !news && !withPinned || refused == MOST_REFUSED) {
                checkEnd(next.isPresent(), before);
                return;
            }
            offset = next.get();
            withPinned = false;
            limit = Math.min(LARGEST_PAGE, limit * SMALLER);
        }
    }

    private static GetDialogs request(int folder, Offset offset, boolean withPinned, int limit) {
        return new GetDialogs(!withPinned, Optional.of(folder), offset.date(), offset.id(), offset.peer(), limit, 0);
    }

    /** A page that may not be taken, and that no smaller one stands for. */
    private void skip(DialogsPage page) {
        int size = Math.max(1, page.dialogs().size());
        unread += size;
        complete = false;
        listener.remark((size == 1 ? "One dialog was" : size + " dialogs were") + " left out, because "
                + page.whyNotTaken().orElse("") + ".");
    }

    /** Whether a dialog was among them that we had not seen. */
    private boolean meetAll(DialogsPage page) {
        boolean news = false;
        for (DialogHead dialog : page.dialogs()) {
            news |= talks.add(dialog.peer());
        }
        page.chats().forEach(this::meet);
        page.users().forEach(this::meet);
        others += page.others();
        // The first page counts the pinned ones too.
        inAll = inAll.isPresent() ? inAll : page.inAll();
        return news;
    }

    /** Says so if there must be more than we have come to see. */
    private void checkEnd(boolean placeKnown, int before) {
        int here = talks.size() + others - before;
        if (inAll.orElse(0) > here) {
            int missing = inAll.getAsInt() - here;
            listener.remark("Telegram speaks of " + inAll.getAsInt() + " dialogs, and " + here + " were read"
                    + (placeKnown ? "." : ": nobody can tell where the next page begins."));
            unread += missing;
            complete = false;
        }
    }

    private void meet(User user) {
        self = self.or(() -> PeerFacts.self(user));
        facts.of(user).ifPresent(this::tell);
    }

    private void meet(Chat chat) {
        facts.of(chat).ifPresent(this::tell);
    }

    private void tell(Peer peer) {
        met.getOrDefault(peer.kind(), new HashSet<>()).add(peer.markedId());
        peers.accept(peer);
    }

    private int count(PeerKind kind) {
        return met.getOrDefault(kind, Set.of()).size();
    }

    private void tellProgress() {
        int all = count(PeerKind.USER) + count(PeerKind.GROUP) + count(PeerKind.CHANNEL);
        listener.progress(all, talks.size(), inAll);
    }

    /** Calls until there is an answer, sitting out short waits and troubles of Telegram's own. */
    private <R> R ask(TlMethod<R> method) throws IOException, RpcException, LongWait {
        int waits = 0;
        int troubles = 0;
        while (true) {
            try {
                return connection.call(method);
            } catch (RpcException error) {
                Optional<Duration> wait = error.floodWait();
                if (wait.isPresent()) {
                    waits++;
                    if (wait.get().compareTo(LONGEST_WAIT) > 0 || waits > MOST_WAITS) {
                        throw new LongWait(wait.get());
                    }
                    listener.waiting(wait.get());
                    pause.forAbout(wait.get());
                } else if (error.isServerTrouble() && troubles < MOST_TROUBLES) {
                    pause.forAbout(Duration.ofSeconds(1L << troubles));
                    troubles++;
                } else {
                    throw error;
                }
            }
        }
    }
}
