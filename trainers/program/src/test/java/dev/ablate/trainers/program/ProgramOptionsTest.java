package dev.ablate.trainers.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.Refused;
import dev.ablate.trainers.program.ProgramOptions.At;
import dev.ablate.trainers.program.ProgramOptions.Cwd;
import dev.ablate.trainers.program.ProgramOptions.Environment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written of a program, read. */
class ProgramOptionsTest {

    private static ProgramOptions options(String argument, Cwd cwd, boolean deterministic) {
        return new ProgramOptions(
                List.of("python3", argument),
                new FreeOptions(Map.of("lr", 0.1)),
                new Inputs(Map.of()),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of()),
                cwd,
                Environment.RECORD,
                deterministic);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> options("{rl}", Cwd.RUN, false))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "command: {rl} is not an option; there are checkpoint_dir, data_dir, lr, run_dir, seed, slot,"
                                + " variant; write {{ for a brace");
        assertThatThrownBy(() -> options("{lr", Cwd.RUN, false))
                .hasMessage("command: '{lr' has a brace that is not closed: write {{ for a brace");
        assertThatThrownBy(() -> options("{seed}", Cwd.RUN, true))
                .hasMessage("command: a program that gets the seed is not deterministic: leave out {seed} or"
                        + " deterministic");
        assertThatThrownBy(() -> options("{lr}", Cwd.SPEC, false))
                .hasMessage("cwd: the folder is known by an input that is given from it: name one in inputs");
    }

    @Test
    void findsFiguresInALine() {
        assertThat(Figures.in("[12:30:01] step=100 accuracy: 0.91, val/loss=1e-3. lr=.5 share=91% v=1.2.3 x=-inf"))
                .isEqualTo(Map.of(
                        "step", 100.0, "accuracy", 0.91, "val/loss", 1e-3, "lr", 0.5, "x", Double.NEGATIVE_INFINITY));
        assertThat(Figures.in("{'loss': 0.5, 'name': 'x', 'ok': true}")).isEqualTo(Map.of("loss", 0.5));
        assertThat(Figures.in("{\"loss\": NaN}")).isEqualTo(Map.of("loss", Double.NaN));
        assertThat(Figures.in("{loss=0.5}")).isEqualTo(Map.of("loss", 0.5));
    }
}
