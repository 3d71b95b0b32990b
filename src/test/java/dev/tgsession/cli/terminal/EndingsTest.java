package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingsTest {
    private final Endings endings = new Endings();
    private final List<String> done = new ArrayList<>();

    @Test
    void dutiesAreDoneOnceTheLastOneFirst() {
        endings.add(() -> done.add("first"));
        endings.add(() -> done.add("second"));
        endings.run();
        endings.run();
        assertThat(done).containsExactly("second", "first");
    }

    @Test
    void aSettledDutyIsNotDone() {
        Endings.Duty duty = endings.add(() -> done.add("settled"));
        endings.add(() -> done.add("open"));
        duty.close();
        duty.close();
        endings.run();
        assertThat(done).containsExactly("open");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthers() {
        endings.add(() -> done.add("still done"));
        endings.add(() -> {
            throw new IllegalStateException("no");
        });
        endings.run();
        assertThat(done).containsExactly("still done");
    }

    @Test
    void theFirstReasonToEndCounts() {
        assertThat(endings.begun()).isEmpty();
        endings.begin(129);
        endings.begin(130);
        assertThat(endings.begun()).contains(129);
    }

    @Test
    void whoComesTooLateCanTell() {
        Endings endings = new Endings();
        List<Boolean> seen = new ArrayList<>();
        endings.add(() -> seen.add(endings.isOver()));
        assertThat(endings.isOver()).isFalse();
        endings.run();
        assertThat(seen).containsExactly(true);
        assertThat(endings.isOver()).isTrue();
    }
}
