package dev.ablate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptionTest {

    private static final int INTERRUPTED = 130;

    private final Interruption interruption = new Interruption();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void bringsWhatIsGoingOnToAnEnd() {
        Interruption.Going going = interruption.during(ended::incrementAndGet);
        assertThat(interruption.code()).isEmpty();
        interruption.signalled(INTERRUPTED);
        assertThat(ended).hasValue(1);
        assertThat(interruption.code()).hasValue(INTERRUPTED);
        going.close();
    }

    @Test
    void endsAtOnceWhatBeginsAfterASignal() {
        try (Interruption.Going first = interruption.during(() -> {})) {
            interruption.signalled(INTERRUPTED);
            assertThat(first).isNotNull();
        }
        interruption.during(ended::incrementAndGet).close();
        assertThat(ended).hasValue(1);
    }

    @Test
    void goesBackToWhatWasGoingOnBefore() {
        Interruption.Going outer = interruption.during(ended::incrementAndGet);
        interruption.during(() -> ended.addAndGet(100)).close();
        interruption.signalled(INTERRUPTED);
        assertThat(ended).hasValue(1);
        outer.close();
    }
}
