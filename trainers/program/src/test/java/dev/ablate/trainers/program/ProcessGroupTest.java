package dev.ablate.trainers.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A program that handles USR1 has time for a checkpoint; one that does not is ended as ever. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux says which signals a process handles")
@Timeout(60)
final class ProcessGroupTest {

    private static final String BEGINS = "echo begins; for each in $(seq 600); do sleep 0.1; done";

    private static String printed(String script, Duration patience) throws IOException, InterruptedException {
        ProcessGroup group = ProcessGroup.start(new ProcessBuilder("bash", "-c", script));
        try (BufferedReader lines = group.process().inputReader()) {
            assertThat(lines.readLine()).isEqualTo("begins");
            group.giveNotice(patience);
            group.end();
            assertThat(group.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            // bash itself says Terminated of the sleep that it waits for
            return lines.lines().filter(line -> !line.equals("Terminated")).collect(Collectors.joining(" "));
        } finally {
            group.end();
        }
    }

    @Test
    void waitsForAHandlerOfTheProgram() throws Exception {
        assertThat(printed(
                        "trap 'sleep 0.5; echo saved; exit' USR1; trap 'exit' TERM; " + BEGINS, Duration.ofSeconds(50)))
                .isEqualTo("saved");
    }

    @Test
    void reachesWhatTheProgramHasStarted() throws Exception {
        String inner = "trap \"echo saved; exit\" USR1; " + BEGINS;
        assertThat(printed("bash -c '" + inner + "'; echo ends", Duration.ofSeconds(50)))
                .isEqualTo("saved ends");
    }

    @Test
    void sparesAProgramThatDoesNotHandleIt() throws Exception {
        assertThat(printed("trap 'echo asked; exit' TERM; " + BEGINS, Duration.ofSeconds(50)))
                .isEqualTo("asked");
    }

    @Test
    void waitsForAProgramThatEndsWhenItIsAskedTo() throws Exception {
        assertThat(printed("trap 'sleep 1; echo asked; exit' TERM; " + BEGINS, Duration.ZERO))
                .isEqualTo("asked");
    }

    @Test
    void endsAProgramThatGoesOn() throws Exception {
        assertThat(printed("trap 'echo saved' USR1; trap 'echo asked; exit' TERM; " + BEGINS, Duration.ofSeconds(2)))
                .isEqualTo("saved asked");
    }
}
