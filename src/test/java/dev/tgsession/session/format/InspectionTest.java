package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Inspection.Key;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.Inspection.PeerCounts;
import dev.tgsession.session.format.Inspection.Reader;
import dev.tgsession.session.format.Inspection.Server;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shape of the JSON is a promise to programs: this text changes only together with the version. */
class InspectionTest {
    @Test
    void asJsonWithEverythingKnown() {
        Inspection inspection = new Inspection(
                "login.session",
                Optional.of("telethon"),
                "Telethon session file",
                Optional.of(new Layout(Optional.of(7L), Optional.of(7), List.of("entities"), Optional.of(false))),
                Optional.of(new Server(
                        Optional.of(4L),
                        Optional.of("149.154.167.51"),
                        Optional.of(443L),
                        Optional.of(Environment.PRODUCTION),
                        Optional.of(2))),
                Key.present("32d1586ea457dfc8"),
                Login.LIKELY,
                Optional.of(new Account(
                        5_000_000_001L,
                        false,
                        Optional.of(-1L),
                        Optional.of("Анна"),
                        Optional.empty(),
                        Optional.of("anna"),
                        Optional.empty())),
                Optional.of(new PeerCounts(1, 2, 3)),
                Optional.of(new UpdateState(1234, 5, 1_700_000_000, 67)),
                Optional.of(List.of(
                        new Reader("1.10.2 to 1.16.4", false, Optional.of("no such table: x"), true),
                        new Reader("1.17 to 1.42", true, Optional.empty(), false))),
                List.of(Finding.warning("without-rowid", "Some tables.", "Do this.")));

        assertThat(JsonWriter.string(inspection.toJson()))
                .isEqualTo("{\"source\":\"login.session\",\"format\":\"telethon\",\"what\":\"Telethon session file\","
                        + "\"layout\":{\"stamp\":7,\"shape\":7,\"withoutRowid\":[\"entities\"],"
                        + "\"opensInOldSqlite\":false},"
                        + "\"server\":{\"dcId\":4,\"address\":\"149.154.167.51\",\"port\":443,"
                        + "\"environment\":\"production\",\"dcIdOfAddress\":2,\"agrees\":false},"
                        + "\"key\":{\"state\":\"present\",\"length\":256,\"id\":\"32d1586ea457dfc8\"},"
                        + "\"login\":\"likely\","
                        + "\"account\":{\"userId\":5000000001,\"bot\":false,\"username\":\"anna\",\"phone\":null,"
                        + "\"name\":\"Анна\"},"
                        + "\"peers\":{\"users\":1,\"groups\":2,\"channels\":3},"
                        + "\"updateState\":{\"pts\":1234,\"qts\":5,\"date\":1700000000,\"seq\":67},"
                        + "\"telethon\":[{\"releases\":\"1.10.2 to 1.16.4\",\"opens\":false,"
                        + "\"remark\":\"no such table: x\",\"losesEntities\":true},"
                        + "{\"releases\":\"1.17 to 1.42\",\"opens\":true,\"remark\":null,\"losesEntities\":false}],"
                        + "\"findings\":[{\"code\":\"without-rowid\",\"severity\":\"warning\","
                        + "\"message\":\"Some tables.\",\"hint\":\"Do this.\"}]}");
    }

    @Test
    void asJsonWithNothingKnown() {
        Inspection inspection = Inspection.ofUnreadable(
                "x", "not a Telethon session", List.of(Finding.error("not-sqlite", "This is a text file.", "")));

        assertThat(JsonWriter.string(inspection.toJson()))
                .isEqualTo("{\"source\":\"x\",\"format\":null,\"what\":\"not a Telethon session\",\"layout\":null,"
                        + "\"server\":null,\"key\":{\"state\":\"absent\",\"length\":0,\"id\":null},"
                        + "\"login\":\"unclear\",\"account\":null,\"peers\":null,\"updateState\":null,\"telethon\":null,"
                        + "\"findings\":[{\"code\":\"not-sqlite\",\"severity\":\"error\","
                        + "\"message\":\"This is a text file.\",\"hint\":\"\"}]}");
        assertThat(new Key(Key.State.WRONG_LENGTH, 255, Optional.empty())
                        .state()
                        .word())
                .isEqualTo("wrong-length");
    }

    @Test
    void theWorstFindingCounts() {
        assertThat(Inspection.ofUnreadable("x", "y", List.of()).worst()).isEqualTo(Severity.NOTE);
        assertThat(Inspection.ofUnreadable(
                                "x",
                                "y",
                                List.of(
                                        Finding.note("a", "A."),
                                        Finding.error("b", "B.", ""),
                                        Finding.warning("c", "C.", "")))
                        .worst())
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void numbersAgreeOnlyWhereBothAreKnown() {
        assertThat(server(2, 2).agrees()).contains(true);
        assertThat(server(4, 2).agrees()).contains(false);
        assertThat(server(0, 2).agrees()).isEmpty();
        assertThat(new Server(
                                Optional.of(2L),
                                Optional.of("203.0.113.1"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())
                        .agrees())
                .isEmpty();
    }

    private static Server server(long stored, int byAddress) {
        return new Server(
                Optional.of(stored), Optional.of("x"), Optional.of(443L), Optional.empty(), Optional.of(byAddress));
    }
}
