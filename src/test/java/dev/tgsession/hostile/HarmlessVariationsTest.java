package dev.tgsession.hostile;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmlessVariationsTest {
    @TempDir
    Path folder;

    @Test
    void aGoodServerLetsUsIn() throws Exception {
        Outcome o = Encounter.withGoodServer().run(folder);
        System.out.println(o);
        o.loggedIn();
    }

    @Test
    void two() throws Exception {
        Outcome o = Encounter.withGoodServer().number(Encounter.TWO_STEP_NUMBER).run(folder);
        System.out.println(o);
        o.loggedIn();
    }
}
