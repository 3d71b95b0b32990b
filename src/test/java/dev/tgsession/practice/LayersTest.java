package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.practice.PracticeSchema.PeerSettings;
import dev.tgsession.practice.PracticeSchema.UserFull;
import dev.tgsession.practice.PracticeSchema.UsersUserFull;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.DcOption;
import dev.tgsession.schema.DialogSchema.PeerNotifySettings;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.SecurePasswordKdfAlgoPbkdf2;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ResendCode;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.SignInSchema.SignUp;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.tl.TlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers in the layer of each client. The tables here were put together from the histories of five other clients'
 * schemas; the answers are read by hand, field by field, as a client of that layer would.
 */
final class LayersTest {
    private static final Layers LAYERS = new Layers();

    /** First layer and id, in hex as the schema prints it. */
    private static final String USER = "133 3ff6ecb0 145 5d99adee 148 8f97c628 160 abb5f120 166 eb602f25 167 215c4438"
            + " 185 83314fca 196 4b46c37e 200 020b1422 217 31774388 228 b1b8cc83";

    private static final String AUTHORIZATION = "133 cd050916 135 33fb7bb8 152 2ea2c0d4";
    private static final String CONFIG = "133 330b4067 145 232566ac 154 cc1a241e";
    private static final String PASSWORD = "133 185b184f 145 957b50fb";
    private static final String USER_FULL = "135 cf366521 140 8c72ea81 144 c4b1fc3f 151 f8d32aed 158 93eadb53"
            + " 160 4fe1cc86 164 b9b12c6c 176 22ff3e85 177 cc997720 189 1f58e369 195 979d2376 196 4d975bbc"
            + " 200 d2234ea0 201 99e78045 210 29de80be 211 7e63ce1f 213 3fd81e28 214 c577b5ad 216 a02bc13e"
            + " 224 06cbe645";
    private static final String PEER_SETTINGS = "133 733f2961 135 a518110d 177 acd66c5e 200 f47741f7";
    private static final String NOTIFY_SETTINGS = "133 af509d20 140 a83b0426 160 99622c0c";
    private static final String EMAIL_CODE = "145 5a159841 156 f450f59b";
    private static final String PAYMENT = "201 d7cef980 214 d7a2fcf9 216 e0955a3c 225 f8827ebf";
    private static final String FIREBASE = "152 e57b1432 180 13c90f17 183 009fd736";

    private static final PlainUser PERSON = new PlainUser(
            true,
            false,
            false,
            false,
            false,
            false,
            9_996_620_001L,
            Optional.of(77L),
            Optional.of("Ann"),
            Optional.empty(),
            Optional.of("ann"),
            Optional.of("9996620001"),
            Optional.empty());

    private static final PlainUser BOT = new PlainUser(
            false,
            false,
            false,
            true,
            false,
            false,
            42,
            Optional.of(78L),
            Optional.of("Bot"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(1));

    @TestFactory
    Stream<DynamicTest> aUserOfEveryLayer() {
        return layersFrom(133, layer -> {
            TlReader in = reader(PERSON, layer);
            readPerson(in, layer);
            in.requireEnd();
            TlReader bot = reader(BOT, layer);
            assertThat(bot.readInt()).isEqualTo(idIn(USER, layer));
            assertThat(bot.readInt()).isEqualTo(1 << 14 | 1 | 1 << 1);
            if (layer >= 148) {
                assertThat(bot.readInt()).isZero();
            }
            assertThat(bot.readLong()).isEqualTo(42);
            assertThat(bot.readLong()).isEqualTo(78);
            assertThat(bot.readString()).isEqualTo("Bot");
            assertThat(bot.readInt()).isEqualTo(1);
            bot.requireEnd();
        });
    }

    private static void readPerson(TlReader in, int layer) throws IOException {
        assertThat(in.readInt()).isEqualTo(idIn(USER, layer));
        assertThat(in.readInt()).isEqualTo(1 << 10 | 1 | 1 << 1 | 1 << 3 | 1 << 4);
        if (layer >= 148) {
            assertThat(in.readInt()).isZero();
        }
        assertThat(in.readLong()).isEqualTo(9_996_620_001L);
        assertThat(in.readLong()).isEqualTo(77);
        assertThat(in.readString()).isEqualTo("Ann");
        assertThat(in.readString()).isEqualTo("ann");
        assertThat(in.readString()).isEqualTo("9996620001");
    }

    @TestFactory
    Stream<DynamicTest> anAuthorizationOfEveryLayer() {
        var authorization = new PlainAuthorization(Optional.empty(), Optional.empty(), Optional.empty(), PERSON);
        return layersFrom(133, layer -> {
            TlReader in = reader(authorization, layer);
            assertThat(in.readInt()).isEqualTo(idIn(AUTHORIZATION, layer));
            assertThat(in.readInt()).isZero();
            readPerson(in, layer);
            in.requireEnd();
        });
    }

    @TestFactory
    Stream<DynamicTest> aConfigurationOfEveryLayer() {
        var option = new DcOption(false, false, false, false, 2, "127.0.0.1", 4430);
        var config = new Config(1000, 4600, false, 2, List.of(option));
        return layersFrom(133, layer -> {
            TlReader in = reader(config, layer);
            assertThat(in.readInt()).isEqualTo(idIn(CONFIG, layer));
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isEqualTo(1000);
            assertThat(in.readInt()).isEqualTo(4600);
            assertThat(in.readBool()).isFalse();
            assertThat(in.readInt()).isEqualTo(2);
            assertThat(in.readVectorCount(4)).isEqualTo(1);
            assertThat(in.readInt()).isEqualTo(0x18b7a10d);
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isEqualTo(2);
            assertThat(in.readString()).isEqualTo("127.0.0.1");
            assertThat(in.readInt()).isEqualTo(4430);
            // One text, numbers, one text, three numbers: four numbers fewer from layer 154 on.
            assertThat(in.readString()).isEmpty();
            int numbers = layer < 154 ? 25 : 21;
            for (int i = 0; i < numbers; i++) {
                in.readInt();
            }
            assertThat(in.readString()).isEmpty();
            for (int i = 0; i < 3; i++) {
                in.readInt();
            }
            in.requireEnd();
        });
    }

    @TestFactory
    Stream<DynamicTest> aQuestionForThePasswordOfEveryLayer() {
        Bytes four = Bytes.ofHex("01020304");
        var algorithm = new PasswordKdfAlgoModPow(four, four, 3, four);
        var password = new AccountPassword(
                true,
                false,
                true,
                Optional.of(algorithm),
                Optional.of(four),
                Optional.of(9L),
                Optional.of("hint"),
                Optional.empty(),
                algorithm,
                new SecurePasswordKdfAlgoPbkdf2(four),
                four,
                Optional.empty(),
                Optional.empty());
        return layersFrom(133, layer -> {
            TlReader in = reader(password, layer);
            assertThat(in.readInt()).isEqualTo(idIn(PASSWORD, layer));
            assertThat(in.readInt()).isEqualTo(1 | 4 | 8);
            readAlgorithm(in, four);
            assertThat(in.readBytes()).isEqualTo(four);
            assertThat(in.readLong()).isEqualTo(9);
            assertThat(in.readString()).isEqualTo("hint");
            readAlgorithm(in, four);
            assertThat(in.readInt()).isEqualTo(0xbbf2dda0);
            assertThat(in.readBytes()).isEqualTo(four);
            assertThat(in.readBytes()).isEqualTo(four);
            in.requireEnd();
        });
    }

    private static void readAlgorithm(TlReader in, Bytes four) throws IOException {
        assertThat(in.readInt()).isEqualTo(0x3a912d4a);
        assertThat(in.readBytes()).isEqualTo(four);
        assertThat(in.readBytes()).isEqualTo(four);
        assertThat(in.readInt()).isEqualTo(3);
        assertThat(in.readBytes()).isEqualTo(four);
    }

    @TestFactory
    Stream<DynamicTest> aFullUserOfEveryLayer() {
        var full = new UsersUserFull(new UserFull(5, new PeerSettings(), new PeerNotifySettings()), List.of(PERSON));
        return layersFrom(135, layer -> {
            TlReader in = reader(full, layer);
            assertThat(in.readInt()).isEqualTo(0x3b6d152e);
            assertThat(in.readInt()).isEqualTo(idIn(USER_FULL, layer));
            assertThat(in.readInt()).isZero();
            if (layer >= 176) {
                assertThat(in.readInt()).isZero();
            }
            assertThat(in.readLong()).isEqualTo(5);
            assertThat(in.readInt()).isEqualTo(idIn(PEER_SETTINGS, layer));
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isEqualTo(idIn(NOTIFY_SETTINGS, layer));
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isZero();
            assertThat(in.readVectorCount(4)).isZero();
            assertThat(in.readVectorCount(4)).isEqualTo(1);
            readPerson(in, layer);
            in.requireEnd();
        });
    }

    /** The user stood inside then, and nothing around it. */
    @ParameterizedTest
    @ValueSource(ints = {133, 134})
    void aFullUserOfTheOldestLayers(int layer) throws Exception {
        try (Practising practising = new Practising()) {
            TestClient client = practising.client(2);
            client.layer = layer;
            PlainSentCode sent = client.call(PhoneLoginTest.sendCode("9996620001"), PlainSentCode.class);
            client.callRaw(PhoneLoginTest.signIn("9996620001", sent, "22222"));
            // users.getFullUser#ca30a5b1 with inputUserSelf#f7c1b13f
            Bytes call = Bytes.ofHex("b1a530ca3fb1c1f7");
            TlReader in = new TlReader(client.receiveResult(client.send(call, true)));
            assertThat(practising.phone.refusals).isEmpty();
            assertThat(in.readInt()).isEqualTo(0xd697ff05);
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isEqualTo(idIn(USER, layer));
            assertThat(in.readInt()).isEqualTo(1 << 10 | 1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4);
            assertThat(in.readLong()).isEqualTo(9_996_620_001L);
            in.readLong();
            assertThat(in.readString()).isEqualTo("Practice");
            assertThat(in.readString()).isEqualTo("20001");
            in.readString();
            assertThat(in.readString()).isEqualTo("9996620001");
            assertThat(in.readInt()).isEqualTo(idIn(PEER_SETTINGS, layer));
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isEqualTo(idIn(NOTIFY_SETTINGS, layer));
            assertThat(in.readInt()).isZero();
            assertThat(in.readInt()).isZero();
            in.requireEnd();
        }
    }

    @TestFactory
    Stream<DynamicTest> rareKindsOfCodesOfEveryLayer() {
        var mail = new SentCodeTypeEmailCode(false, false, "a***b@c.d", 6, Optional.of(60), Optional.empty());
        var firebase = new SentCodeTypeFirebaseSms(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 5);
        var payment = new SentCodePaymentRequired("product", "hash", "mail", "subject", 30, "EUR", 199);
        return Stream.of(
                        layersFrom(145, layer -> {
                            TlReader in = reader(mail, layer);
                            assertThat(in.readInt()).isEqualTo(idIn(EMAIL_CODE, layer));
                            assertThat(in.readInt()).isEqualTo(layer < 156 ? 0 : 8);
                            assertThat(in.readString()).isEqualTo("a***b@c.d");
                            assertThat(in.readInt()).isEqualTo(6);
                            if (layer >= 156) {
                                assertThat(in.readInt()).isEqualTo(60);
                            }
                            in.requireEnd();
                        }),
                        layersFrom(152, layer -> {
                            TlReader in = reader(firebase, layer);
                            assertThat(in.readInt()).isEqualTo(idIn(FIREBASE, layer));
                            assertThat(in.readInt()).isZero();
                            assertThat(in.readInt()).isEqualTo(5);
                            in.requireEnd();
                        }),
                        layersFrom(201, layer -> {
                            TlReader in = reader(payment, layer);
                            assertThat(in.readInt()).isEqualTo(idIn(PAYMENT, layer));
                            assertThat(in.readString()).isEqualTo("product");
                            assertThat(in.readString()).isEqualTo("hash");
                            if (layer >= 214) {
                                assertThat(in.readString()).isEqualTo("mail");
                                assertThat(in.readString()).isEqualTo("subject");
                            }
                            if (layer >= 225) {
                                assertThat(in.readInt()).isEqualTo(30);
                            }
                            if (layer >= 216) {
                                assertThat(in.readString()).isEqualTo("EUR");
                                assertThat(in.readLong()).isEqualTo(199);
                            }
                            in.requireEnd();
                        }))
                .flatMap(each -> each);
    }

    @Test
    void callsOfThePastAreUnderstood() throws Exception {
        Bytes phone = Bytes.ofHex("0a39393936363230303031").plus(Bytes.of((byte) 0));
        Bytes word = Bytes.ofHex("03616263");
        SignIn signIn = (SignIn) read("8115d5bc", phone, word, word);
        assertThat(signIn.phoneNumber()).isEqualTo("9996620001");
        assertThat(signIn.phoneCode()).contains("abc");
        assertThat(signIn.emailVerification()).isEmpty();
        SignUp signUp = (SignUp) read("27e4ee80", phone, word, word, word);
        assertThat(signUp.lastName()).isEqualTo("abc");
        ResendCode resend = (ResendCode) read("bfa9f13e", phone, word);
        assertThat(resend.reason()).isEmpty();
        for (String settings : List.of("83bebede", "c269648a", "783d25ad")) {
            SendCode sendCode =
                    (SendCode) read("4f2477a6", phone, Bytes.ofInt(1), word, Bytes.ofHex(settings), Bytes.ofInt(2));
            assertThat(sendCode.settings().currentNumber()).isTrue();
        }
        for (String each : List.of("10419198 ", "54f8e361 00000000")) {
            assertThat(read(each.substring(0, 8), Bytes.ofHex(each.substring(9).strip()))
                            .getClass()
                            .getSimpleName())
                    .contains("GetAppConfig");
        }
    }

    private static Object read(String id, Bytes... fields) throws IOException {
        return LAYERS.codec().read(Bytes.ofHex(id).plus(Bytes.join(fields)));
    }

    @Test
    void layersBeyondTheTableAreAnsweredInTheNearest() {
        assertThat(Layers.nearest(1)).isEqualTo(133);
        assertThat(Layers.nearest(180)).isEqualTo(180);
        assertThat(Layers.nearest(999)).isEqualTo(228);
    }

    @Test
    void theNewestLineIsTheOneTheProgramItselfReads() throws Exception {
        Bytes written = LAYERS.write(PERSON, 228);
        assertThat(Schema.codec().read(written)).isEqualTo(PERSON);
    }

    /** The rule: an id is the CRC-32 of its line, so a typing mistake shows. Lines that were cut are left out. */
    @TestFactory
    Stream<DynamicTest> everyLineHasTheIdThatItsTextGives() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = LayersTest.class.getResourceAsStream("older-layers.tl")) {
            for (String each : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String line = each.substring(each.indexOf(' ') + 1);
                boolean cut = line.startsWith("userFull#")
                        || line.startsWith("peerSettings#")
                        || line.startsWith("peerNotifySettings#");
                if (!each.isEmpty() && !each.startsWith("//") && !cut) {
                    tests.add(dynamicTest(
                            line.substring(0, line.indexOf(' ')),
                            () -> assertThat(crc(line))
                                    .isEqualTo(Integer.parseUnsignedInt(
                                            line, line.indexOf('#') + 1, line.indexOf(' '), 16))));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private static int crc(String line) {
        String text = line.replaceFirst("#[0-9a-f]+", "")
                .replaceAll(" \\w+:flags\\d?\\.\\d+\\?true(?= )", "")
                .replace(":bytes ", ":string ")
                .replace("?bytes ", "?string ")
                .replace('<', ' ')
                .replaceAll("[>{}]", "");
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    // Hands.

    private interface Check {
        void in(int layer) throws IOException;
    }

    private static Stream<DynamicTest> layersFrom(int first, Check check) {
        return Stream.iterate(first, layer -> layer <= Layers.NEWEST, layer -> layer + 1)
                .map(layer -> dynamicTest("layer " + layer, () -> check.in(layer)));
    }

    private static TlReader reader(Object answer, int layer) {
        return new TlReader(LAYERS.write(answer, layer));
    }

    private static int idIn(String table, int layer) {
        String[] words = table.split(" ");
        int id = 0;
        for (int i = 0; i < words.length && Integer.parseInt(words[i]) <= layer; i += 2) {
            id = Integer.parseUnsignedInt(words[i + 1], 16);
        }
        return id;
    }
}
