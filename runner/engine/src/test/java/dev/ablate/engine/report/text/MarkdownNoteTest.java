package dev.ablate.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import org.junit.jupiter.api.Test;

class MarkdownNoteTest {

    @Test
    void givesTheAnswerInItsFirstLine() {
        assertThat(MarkdownNote.render(Report.of(Trials.orGate(), Trials.asked("ablate run x"))))
                .isEqualTo("""
                bias: train/mse is 0.0619 lower than no-bias (0.000636 against 0.0625); both are deterministic, so no test applies.

                At (0, 0), where the data say 0: bias answers 0.0411, so 0; no-bias answers 0.5, a tie, which decides nothing (it counts as 0).

                | variant | metric | its value | no-bias | difference | pairs | verdict |
                |---|---|---:|---:|---:|---:|---|
                | bias | train/mse | 0.0006356 | 0.06255 | -0.06191 | 1 of 1 | better |
                | bias | train/accuracy | 1 | 1 | 0 | 1 of 1 | identical |

                Values are of one run of each side.
                """.replace(" | ", " | &nbsp;&nbsp;&nbsp;"));
    }

    @Test
    void takesNamesAsText() {
        assertThat(MarkdownNote.render(Report.of(
                        new Trial("a|b", "<b>")
                                .mse()
                                .fixed("a|b", 1)
                                .fixed("<b>", 2)
                                .compare(),
                        Trials.asked("ablate run x"))))
                .contains("\\<b\\>: train/mse")
                .contains("&nbsp;a\\|b |");
    }
}
