package dev.ablate.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkingTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Working working =
            new Working(new PrintStream(shown, true, StandardCharsets.UTF_8), "reading rows.csv", 0);

    @Test
    void showsNothingWhileItIsQuick() {
        tick(1);
        working.close();
        assertThat(shown()).isEmpty();
    }

    @Test
    void saysWhatIsDoneAndForHowLongAndIsGoneAtTheEnd() {
        tick(2);
        assertThat(shown()).isEqualTo("\rreading rows.csv ... 2 s");
        working.does("comparing");
        tick(12);
        assertThat(shown()).isEqualTo("\rcomparing ... 12 s" + " ".repeat(6));
        working.close();
        assertThat(shown()).isEqualTo("\r" + " ".repeat(18) + "\r");
        tick(13);
        assertThat(shown()).isEmpty();
    }

    @Test
    void makesRoomForWhatIsPrintedAndForABar() {
        tick(3);
        working.clear();
        working.pause();
        assertThat(shown()).endsWith("s\r" + " ".repeat(24) + "\r");
        tick(4);
        assertThat(shown()).isEmpty();
        working.resume();
        tick(5);
        assertThat(shown()).isEqualTo("\rreading rows.csv ... 5 s");
    }

    @Test
    void isNeverLongerThanALineOfATerminal() {
        working.does("reading " + "x".repeat(200));
        tick(100);
        assertThat(shown()).hasSize(1 + 79).endsWith("x ... 100 s");
    }

    private void tick(int seconds) {
        working.tick(Duration.ofSeconds(seconds).toNanos());
    }

    /** What was written since it was asked for last. */
    private String shown() {
        String text = shown.toString(StandardCharsets.UTF_8);
        shown.reset();
        return text;
    }
}
