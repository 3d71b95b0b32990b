package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.mtproto.handshake.ClientFaultException;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake;
import dev.tgsession.mtproto.handshake.ServerHandshake.AwaitingClientDh;
import dev.tgsession.mtproto.handshake.ServerHandshake.AwaitingReqDhParams;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.schema.MtprotoSchema.DhGenFail;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.DhGenRetry;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPq;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Agrees on keys with whoever asks, over all connections.
 *
 * <p>An exchange is known by its two nonces and not by its connection: TDLib goes on with a half-done one over another
 * connection, by sending its last request again.
 */
final class KeyExchange {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST = 2_000;
    private static final int TEST = 10_000;
    /** TDLib writes up to so many random bytes behind its requests, and counts them in the length of the message. */
    private static final int LONGEST_NOISE = 255;

    /** All messages of TDLib that are not encrypted have this id; as in td/mtproto/PacketInfo.h. */
    private static final int ID_OF_TDLIB = 1;

    private final RsaPrivateKey key;
    private final InstantSource clock;
    private final SecureRandom random;
    private final MessageIds ids;
    private final AuthKeys keys;
    private final Faults faults;
    private final Optional<NamedFaults> scenario;
    private final boolean strict;
    private final PracticeConsole console;
    private final IncomingRequests requests;
    private final Map<Names, Exchange> exchanges = new LinkedHashMap<>();

    private record Names(Bytes nonce, Bytes serverNonce) {}

    /** How far an exchange is. The last answer is kept for a client that has missed it. */
    private static final class Exchange {
        private final AwaitingReqDhParams first;
        private final Instant begun;
        private Optional<AwaitingClientDh> second = Optional.empty();
        private Bytes lastRequest = Bytes.EMPTY;
        private Bytes lastAnswer = Bytes.EMPTY;

        Exchange(AwaitingReqDhParams first, Instant begun) {
            this.first = first;
            this.begun = begun;
        }
    }

    KeyExchange(
            PracticeSettings settings, InstantSource clock, AuthKeys keys, Faults faults, IncomingRequests requests) {
        this.key = settings.key();
        this.clock = clock;
        this.random = settings.random();
        this.ids = new MessageIds(clock);
        this.keys = keys;
        this.faults = faults;
        this.scenario = settings.scenario();
        this.strict = settings.strict();
        this.console = settings.console();
        this.requests = requests;
    }

    /**
     * Answers one message without encryption.
     *
     * @throws ClientFaultException if the client broke a rule; it is to get −404 and to be hung up on
     * @throws WrongDataCentreException if it wants a key for another data centre, and has to make it there
     * @throws IOException if the connection is gone
     */
    void onPacket(Bytes packet, Link link) throws ClientFaultException, IOException {
        PlainMessage message;
        Object request;
        Bytes written;
        try {
            message = PlainMessage.unpack(packet);
            TlReader body = new TlReader(message.body());
            request = Schema.codec().read(body);
            written = message.body().first(body.position());
            if (body.remaining() > LONGEST_NOISE) {
                body.requireEnd();
            }
        } catch (MalformedTlException e) {
            requests.add(link, Kind.UNREADABLE, "plain message");
            throw new ClientFaultException("a message without encryption cannot be read: " + e.getMessage());
        }
        String name = MethodNames.of(request);
        requests.add(link, Kind.KEY_EXCHANGE, name);
        if ((message.id() & 3) != 0 && message.id() != ID_OF_TDLIB) {
            throw new ClientFaultException(name + ": its message id is not divisible by four");
        }
        OnLink place = new OnLink(link, name);
        if (request instanceof ReqPqMulti begin) {
            send(place, onReqPq(place, begin.nonce()));
        } else if (request instanceof ReqPq begin) {
            send(place, onReqPq(place, begin.nonce()));
        } else if (request instanceof ReqDhParams params) {
            Exchange exchange = find(name, params.nonce(), params.serverNonce());
            send(place, once(exchange, written, () -> onReqDhParams(place, exchange, params)));
        } else if (request instanceof SetClientDhParams params) {
            Exchange exchange = find(name, params.nonce(), params.serverNonce());
            send(place, once(exchange, written, () -> onSetClientDhParams(place, exchange, params)));
        } else {
            throw new ClientFaultException(name + ": only a key exchange is spoken without encryption");
        }
    }

    int size() {
        synchronized (exchanges) {
            return exchanges.size();
        }
    }

    private Bytes onReqPq(OnLink place, Bytes nonce) {
        AwaitingReqDhParams step = ServerHandshake.onReqPq(nonce, key, random);
        Instant now = clock.instant();
        synchronized (exchanges) {
            Iterator<Exchange> oldest = exchanges.values().iterator();
            while (oldest.hasNext()) {
                Exchange old = oldest.next();
                if (exchanges.size() < MOST && old.begun.plus(KEPT).isAfter(now)) {
                    break;
                }
                oldest.remove();
            }
            exchanges.put(new Names(nonce, step.serverNonce()), new Exchange(step, now));
        }
        return Schema.codec().write(faults.resPq(place, step.reply()));
    }

    private Exchange find(String name, Bytes nonce, Bytes serverNonce) throws ClientFaultException {
        synchronized (exchanges) {
            Exchange exchange = exchanges.get(new Names(nonce, serverNonce));
            if (exchange == null) {
                throw new ClientFaultException(
                        name + ": no exchange with this nonce and server_nonce is under way; req_pq_multi comes first");
            }
            return exchange;
        }
    }

    private interface Step {
        Bytes answer() throws ClientFaultException, IOException;
    }

    /** The same request gets the same answer again. */
    private static Bytes once(Exchange exchange, Bytes request, Step step) throws ClientFaultException, IOException {
        synchronized (exchange) {
            if (!exchange.lastRequest.equals(request)) {
                exchange.lastAnswer = step.answer();
                exchange.lastRequest = request;
            }
            return exchange.lastAnswer;
        }
    }

    private Bytes onReqDhParams(OnLink place, Exchange exchange, ReqDhParams request)
            throws ClientFaultException, IOException {
        Trusted client = exchange.first.onReqDhParams(request);
        int meant = Math.abs(client.dc().orElse(place.dc())) % TEST;
        if (strict && meant != place.dc()) {
            throw new WrongDataCentreException(meant, place.dc());
        }
        DhOffer offer = faults.dhOffer(place, DhOffer.draw(random));
        int now = (int) clock.instant().getEpochSecond();
        ServerDhInnerData inner = faults.dhInnerData(place, client.inner(offer, now));
        Bytes hashed = faults.dhHashed(place, client.hashed(inner, random));
        exchange.second = Optional.of(client.offered(offer));
        return Schema.codec().write(faults.dhParams(place, client.seal(hashed), client));
    }

    private Bytes onSetClientDhParams(OnLink place, Exchange exchange, SetClientDhParams request)
            throws ClientFaultException {
        if (exchange.second.isEmpty()) {
            throw new ClientFaultException("set_client_DH_params: req_DH_params comes first");
        }
        Tried tried = faults.dhKey(place, exchange.second.get().onSetClientDhParams(request));
        boolean taken = keys.find(tried.key().idAsLong()).isPresent();
        SetClientDhParamsAnswer due = taken ? tried.retry() : tried.ok();
        SetClientDhParamsAnswer answer = faults.dhVerdict(place, due, tried);
        if (answer instanceof DhGenOk) {
            KnownKey fresh = known(tried, place.link());
            fresh.treatUsually(scenario);
            keys.add(fresh);
        } else if (answer instanceof DhGenRetry) {
            exchange.second = Optional.of(tried.again());
        } else if (answer instanceof DhGenFail) {
            exchange.second = Optional.empty();
        }
        return Schema.codec().write(answer);
    }

    private KnownKey known(Tried tried, Link link) {
        Trusted client = tried.step().client();
        int told = client.dc().orElse(0);
        int dc = Math.abs(told) % TEST;
        if (dc < 1 || dc > PracticeAccounts.DCS) {
            dc = link.dc();
        } else if (dc != link.dc()) {
            console.note(link.dc(), "a client made a key for data centre " + dc + " at the port of " + link.dc());
        }
        Instant now = clock.instant();
        OptionalInt expiresIn = client.expiresIn();
        return new KnownKey(
                tried.key(),
                dc,
                Math.abs(told) >= TEST,
                tried.salt(),
                now,
                expiresIn.isPresent() ? Optional.of(now.plusSeconds(expiresIn.getAsInt())) : Optional.empty());
    }

    private void send(OnLink place, Bytes body) throws IOException {
        Bytes packet = new PlainMessage(ids.nextAnswer(), faults.plainBody(place, body)).pack();
        for (Bytes each : faults.packets(place, packet)) {
            place.link().send(each);
        }
    }
}
