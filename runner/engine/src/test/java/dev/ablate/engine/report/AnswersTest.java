package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The data say 0 to (0, 0), and 1 to all else. */
class AnswersTest {

    private static final double A_HALF_UP_TO_ROUNDING = 0.5000000000000001;

    private final Trial trial =
            new Trial("bias", "no-bias").mse().predict(List.of(List.of(0.0, 0.0), List.of(1.0, 0.0)));

    @Test
    void saysOfSeveralRunsThatNoneDecides() {
        trial.seeds(1L, 2L);
        answer("bias", 1, 0.04, 0.98);
        answer("bias", 2, 0.05, 0.97);
        answer("no-bias", 1, 0.5, 0.99);
        answer("no-bias", 2, A_HALF_UP_TO_ROUNDING, 0.99);

        assertThat(words())
                .containsExactly(
                        "At (0, 0), where the data say 0: bias decides for 0 in both runs; no-bias answers 0.5 in both"
                                + " runs, a tie, which decides nothing (it counts as 0).");
    }

    @Test
    void namesThoseThatAreTiedWhereRunsDisagree() {
        trial.seeds(1L, 2L, 3L);
        for (int seed = 1; seed <= 3; seed++) {
            answer("bias", seed, seed == 1 ? 0.5 : 0.1 * seed, 0.9);
            answer("no-bias", seed, 0.5, 0.9);
        }

        assertThat(words())
                .containsExactly(
                        "At (0, 0), where the data say 0: bias answers 0.5 in 1 of 3 runs, no-bias in all 3 runs: a tie,"
                                + " which decides nothing (it counts as 0).");
    }

    @Test
    void saysTheSameOfSeveralRowsOnce() {
        trial.seeds(1L, 2L);
        for (int seed = 1; seed <= 2; seed++) {
            answer("bias", seed, 0.5, 0.5);
            answer("no-bias", seed, 0.1, 0.1);
        }

        assertThat(words())
                .containsExactly(
                        "At (0, 0), (1, 0): bias answers 0.5 in both runs, a tie, which decides nothing (it counts as 0);"
                                + " no-bias decides for 0 in both runs.");
    }

    @Test
    void saysNothingWhereChanceAloneSetsRunsApart() {
        trial.seeds(1L, 2L);
        answer("bias", 1, 0.4, 0.98);
        answer("bias", 2, 0.6, 0.97);
        answer("no-bias", 1, 0.4, 0.99);
        answer("no-bias", 2, 0.4, 0.99);

        assertThat(words()).isEmpty();
    }

    @Test
    void aTieOfOneRunIsOneUpToRounding() {
        answer("bias", 1, 0.04, 0.98);
        answer("no-bias", 1, A_HALF_UP_TO_ROUNDING, 0.99);

        assertThat(words())
                .containsExactly(
                        "At (0, 0), where the data say 0: bias answers 0.04, so 0; no-bias answers 0.5, a tie, which"
                                + " decides nothing (it counts as 0).");
    }

    private void answer(String variant, long seed, Double... answers) {
        trial.finished(variant, seed, false, Map.of("train/mse", 0.1), Map.of(), List.of(answers));
    }

    private List<String> words() {
        Comparison comparison = trial.compare();
        return Answers.inWords(Answers.of(comparison), comparison.plan());
    }
}
