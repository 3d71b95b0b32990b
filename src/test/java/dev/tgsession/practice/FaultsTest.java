package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.mtproto.handshake.DhOffer;
import dev.tgsession.mtproto.handshake.ServerHandshake.Tried;
import dev.tgsession.mtproto.handshake.ServerHandshake.Trusted;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.practice.TestClient.Received;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.Repertoire;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.DhGenFail;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsFail;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each hook does what it says, as seen by a client that looks. */
final class FaultsTest {
    private static final Bytes OTHER_NONCE = Bytes.of(new byte[16]);

    // The key exchange.

    @Test
    void theFirstAnswerCanBeAnother() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public ResPq resPq(Place place, ResPq due) {
                        assertThat(place.about()).isEqualTo("req_pq_multi");
                        assertThat(place.dc()).isEqualTo(2);
                        assertThat(place.connection()).isEqualTo(1);
                        return new ResPq(OTHER_NONCE, due.serverNonce(), due.pq(), due.serverPublicKeyFingerprints());
                    }
                },
                practising -> {
                    TestClient client = practising.stranger(2);
                    client.sendPlain(new ReqPqMulti(client.chance(16)));
                    assertThat(client.receivePlain(ResPq.class).nonce()).isEqualTo(OTHER_NONCE);
                });
    }

    @Test
    void aKeyCanBeMadeOfAWeakOffer() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public DhOffer dhOffer(Place place, DhOffer due) {
                        return new DhOffer(due.prime(), 3, BigInteger.valueOf(600));
                    }
                },
                practising -> {
                    // A client that checks nothing gets a key out of it, and the server has the same.
                    TestClient careless = practising.client(2);
                    assertThat(careless.call(new GetConfig())).isInstanceOf(Config.class);
                });
    }

    /** The client's exponent is odd every second time, and then its key is the one that everybody knows. */
    @Test
    void theEndOfTheRangeGivesTheKeyAwayEverySecondTime() throws Exception {
        withFaults(Repertoire.fault("ga-end").orElseThrow().make(), practising -> {
            BigInteger end = DhGroup.known().prime().subtract(BigInteger.ONE);
            AuthKey known = AuthKey.of(Bytes.ofNumber(end).toArray());
            for (int attempt = 0; attempt < 40; attempt++) {
                TestClient careless = practising.stranger(2);
                try {
                    careless.withKey(TestClient.Style.MODERN, 2);
                } catch (IOException wrongHash) {
                    continue;
                }
                assertThat(careless.key.idAsLong()).isEqualTo(known.idAsLong());
                assertThat(careless.call(new GetConfig())).isInstanceOf(Config.class);
                return;
            }
            throw new AssertionError("never in 40 times");
        });
    }

    @Test
    void whatIsSealedCanBeChangedBeforeAndAfterItIsHashed() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public ServerDhInnerData dhInnerData(Place place, ServerDhInnerData due) {
                        return new ServerDhInnerData(
                                OTHER_NONCE, due.serverNonce(), due.g(), due.dhPrime(), due.gA(), due.serverTime());
                    }

                    @Override
                    public Bytes dhHashed(Place place, Bytes due) {
                        // The hash fits what was put in above; the padding is four blocks too long.
                        assertThat(Hashes.sha1(due.slice(20, 564))).isEqualTo(due.first(20));
                        assertThat(due.slice(24, 16)).isEqualTo(OTHER_NONCE);
                        return due.plus(Bytes.of(new byte[64]));
                    }
                },
                practising ->
                        assertThat(practising.client(2).call(new GetConfig())).isInstanceOf(Config.class));
    }

    @Test
    void theSecondAnswerCanBeAFailure() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public ServerDhParams dhParams(Place place, ServerDhParams due, Trusted client) {
                        return client.fail();
                    }
                },
                practising -> assertThatThrownBy(() -> practising.client(2))
                        .isInstanceOf(ClassCastException.class)
                        .hasMessageContaining(ServerDhParamsFail.class.getSimpleName()));
    }

    @Test
    void theServerGoesOnByTheVerdictThatWasSent() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public SetClientDhParamsAnswer dhVerdict(Place place, SetClientDhParamsAnswer due, Tried tried) {
                        return tried.fail();
                    }
                },
                practising -> assertThatThrownBy(() -> practising.client(2))
                        .hasMessageContaining(DhGenFail.class.getSimpleName()));
    }

    @Test
    void noiseMayStandBehindAnAnswerWithoutEncryption() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public Bytes plainBody(Place place, Bytes due) {
                        return due.plus(Bytes.of(new byte[24]));
                    }
                },
                practising ->
                        assertThat(practising.client(2).call(new GetConfig())).isInstanceOf(Config.class));
    }

    // Messages.

    @Test
    void aMessageCanBeTwoOrAnotherOrNone() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public List<Message> message(Place place, Message due) {
                        return switch (place.about()) {
                            case "ping" -> List.of(due, due);
                            case "help.getConfig" ->
                                List.of(new Message(due.salt(), 5, due.id() & ~3L, due.sequenceNumber(), due.body()));
                            default -> List.of();
                        };
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    Received pong = client.receive();
                    assertThat(pong.read()).isInstanceOf(Pong.class);
                    assertThat(client.receive()).isEqualTo(pong);
                    client.sendCall(new GetConfig());
                    Received odd = client.receive();
                    assertThat(odd.sessionId()).isEqualTo(5);
                    assertThat(odd.id() & 3).isZero();
                });
    }

    @Test
    void lengthsAndPaddingCanBeWrongUnderAGoodSeal() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        withFaults(
                new Faults() {
                    @Override
                    public Bytes plaintext(Place place, Bytes due) {
                        assertThat(due.size() % 16).isZero();
                        seen.incrementAndGet();
                        return due.plus(Bytes.of(new byte[1600]));
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    assertThat(client.receive(Pong.class).pingId()).isEqualTo(1);
                    assertThat(seen).hasValue(2);
                });
    }

    @Test
    void aSealCanBeBroken() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public Bytes sealed(Place place, Bytes due) {
                        byte[] bytes = due.toArray();
                        bytes[8] ^= 1;
                        return Bytes.of(bytes);
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    assertThatThrownBy(client::receive).hasMessageContaining("message key");
                });
    }

    @Test
    void packetsCanBeTransportErrorsAndTheLineCanBeCut() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public List<Bytes> packets(Place place, Bytes due) {
                        if (place.about().equals("ping")) {
                            return List.of(Bytes.ofInt(-429));
                        }
                        if (place.about().equals("help.getNearestDc")) {
                            place.cut();
                        }
                        return List.of(due);
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    assertThatThrownBy(() -> client.receive(Pong.class)).hasMessageContaining("-429");
                    long request = client.sendCall(new GetNearestDc());
                    assertThatThrownBy(() -> client.receiveResult(request)).isInstanceOf(IOException.class);
                    // The call was done, and its answer waits for the next connection.
                    TestClient back = new TestClient(client, practising.server.address(2));
                    back.send(new Ping(2));
                    assertThat(back.receivePacket().size()).isGreaterThan(24);
                    assertThat(practising.calls()).containsExactly("help.getNearestDc");
                    back.close();
                });
    }

    // Calls.

    @Test
    void aCallCanBeLostButIsAcknowledgedAfterASecond() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public boolean call(Place place) {
                        return !place.about().equals("help.getConfig");
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    long request = client.sendCall(new GetConfig());
                    assertThat(client.receive(MsgsAck.class).msgIds()).containsExactly(request);
                    assertThat(client.call(new GetNearestDc())).isNotInstanceOf(RpcError.class);
                });
    }

    @Test
    void anAnswerCanComeTwiceUnderDifferentNumbersOrBeAnother() throws Exception {
        withFaults(
                new Faults() {
                    @Override
                    public List<Bytes> result(Place place, Bytes due) {
                        return List.of(Bytes.ofInt(0x12345678), due);
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    long request = client.sendCall(new GetConfig());
                    assertThat(client.receiveResult(request)).isEqualTo(Bytes.ofInt(0x12345678));
                    assertThat(TestClient.CODEC.read(client.receiveResult(request)))
                            .isInstanceOf(Config.class);
                });
    }

    @Test
    void packetsCanBeLostOnTheirWayIn() throws Exception {
        AtomicInteger packets = new AtomicInteger();
        withFaults(
                new Faults() {
                    @Override
                    public boolean incoming(Place place, Bytes packet) {
                        return packets.incrementAndGet() != 4;
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    client.send(new Ping(2));
                    assertThat(client.receive(Pong.class).pingId()).isEqualTo(2);
                });
    }

    @Test
    void aGoodMessageCanBeRefused() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        withFaults(
                new Faults() {
                    @Override
                    public int judgement(Place place, Message message, int due) {
                        return switch (left.getAndDecrement()) {
                            case 3 -> 48;
                            case 2 -> 32;
                            default -> due;
                        };
                    }
                },
                practising -> {
                    TestClient client = practising.client(2);
                    client.send(new Ping(1));
                    client.receive(BadServerSalt.class);
                    client.send(new Ping(2));
                    assertThat(client.receive(BadMsgNotification.class).errorCode())
                            .isEqualTo(32);
                    assertThat(practising.server.sessions()).isZero();
                    client.send(new Ping(3));
                    assertThat(client.receive().read()).isInstanceOf(NewSessionCreated.class);
                });
    }

    private interface Story {
        void tell(Practising practising) throws Exception;
    }

    private static void withFaults(Faults faults, Story story) throws Exception {
        try (Practising practising = new Practising(faults)) {
            story.tell(practising);
            assertThat(practising.phone.refusals).noneMatch(words -> words.contains("itself"));
        }
    }
}
