package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.UnwritableSessionException;
import dev.tgsession.session.format.pyrogram.PyrogramString;
import dev.tgsession.session.format.telethon.TelethonString;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A store around a line of text. */
class StringStoreTest extends StoreContract {
    private final StringStore store = newStore();

    private static StringStore newStore() {
        try {
            return SessionStores.ofString("");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    SessionStore open() throws IOException {
        return store;
    }

    /** Server and key are all that fits. */
    @Override
    Session kept(Session session) {
        return Session.of(session.dataCenter(), session.authKey());
    }

    @Test
    void whatIsSavedIsALineTelethonTakes() throws IOException {
        assertThat(store.text()).isEmpty();
        store.save(SampleSessions.rich());

        assertThat(store.text())
                .contains(new TelethonString().write(SampleSessions.rich()).toText());
        assertThat(SessionStores.open("string:" + store.text().orElseThrow()).load())
                .contains(kept(SampleSessions.rich()));
        store.delete();
        assertThat(store.text()).isEmpty();
    }

    @Test
    void aLineStaysOneOfItsLibrary() throws IOException {
        Session first = SampleSessions.bare(1).withAccount(Account.of(7, false));
        Session second = SampleSessions.bare(2).withAccount(Account.of(7, false));
        StringStore pyrogram =
                SessionStores.ofString(new PyrogramString().write(first).toText());
        pyrogram.save(second);

        assertThat(pyrogram.text()).contains(new PyrogramString().write(second).toText());
        assertThatThrownBy(() -> pyrogram.save(SampleSessions.bare(3))).isInstanceOf(UnwritableSessionException.class);
        assertThat(pyrogram.text())
                .as("the previous one")
                .contains(new PyrogramString().write(second).toText());
    }

    @Test
    void whatIsGivenIsGivenBackUnchanged() throws IOException {
        String line = new TelethonString().write(SampleSessions.bare(1)).toText();

        assertThat(SessionStores.ofString("  " + line + "\n").text()).contains(line);
    }

    @Test
    void whatIsNoSessionIsRefusedAtOnceAndNotRepeated() {
        for (String text : new String[] {"x", "1" + "A".repeat(352), "{}", "1BVtsOKABu6q"}) {
            assertThatThrownBy(() -> SessionStores.open("string:" + text))
                    .isInstanceOf(MalformedSessionException.class)
                    .hasMessageNotContaining(text + " ")
                    .hasMessageNotContaining("BVts");
        }
    }
}
