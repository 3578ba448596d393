package dev.ablate.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.fixture.SmallRun;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    /** Answers each row with its only value. */
    private static final Model ECHO = new Model() {
        @Override
        public void write(OutputStream out) {}

        @Override
        public void predict(Matrix rows, double[] answers) {
            System.arraycopy(rows.toArray(), 0, answers, 0, answers.length);
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of();
        }
    };

    private static Map<String, Double> measure(Dataset dataset, Decision decision) {
        RunContext decided = SmallRun.on(dataset).decision(decision).run();
        return Evaluation.of(decided, RunData.of(decided)).measure(ECHO, false);
    }

    private static Dataset regression(double[] answers, double... targets) {
        return Dataset.regression(Examples.of(List.of("x"), answers, targets), "y", Map.of(), "");
    }

    private static Dataset classification(double[] answers, double... targets) {
        return Dataset.classification(Examples.of(List.of("x"), answers, targets), "y", "");
    }

    @Test
    void measuresARegression() {
        // errors 1, -2, 2, 0; targets around 3 with a spread of 9 + 1 + 1 + 9
        assertThat(measure(regression(new double[] {1, 0, 6, 6}, 0, 2, 4, 6), Decision.DEFAULT))
                .containsExactly(
                        Map.entry("train/mse", 9 / 4.0),
                        Map.entry("train/rmse", 1.5),
                        Map.entry("train/mae", 5 / 4.0),
                        Map.entry("train/r2", 1 - 9 / 20.0),
                        Map.entry("train/sse", 9.0),
                        Map.entry("train/error_sum", 1.0));
    }

    @Test
    void leavesOutTheR2OfAConstantTarget() {
        // three times 0.1 have a mean that is not 0.1
        assertThat(measure(regression(new double[] {1, 2, 3}, 0.1, 0.1, 0.1), Decision.DEFAULT))
                .doesNotContainKey("train/r2")
                .containsKey("train/mse");
    }

    @Test
    void measuresWhatTakesLongAtTheLastStepAlone() {
        RunContext run =
                SmallRun.on(regression(new double[] {1, 0, 6, 6}, 0, 2, 4, 6)).run();
        Evaluation evaluation = Evaluation.of(run, RunData.of(run));
        assertThat(evaluation.measure(ECHO, false)).doesNotContainKey("train/medae");
        // errors 1, 2, 2 and 0
        assertThat(evaluation.measure(ECHO, true))
                .containsEntry("train/medae", 1.5)
                .containsKey("train/mse");
    }

    @Test
    void countsWhatIsClassifiedRight() {
        Dataset dataset = classification(new double[] {0.5, 0.6, 0.5, 0.4, 0.9}, 0, 1, 1, 0, 0);
        assertThat(measure(dataset, Decision.DEFAULT).get("train/accuracy")).isEqualTo(3 / 5.0);
        assertThat(measure(dataset, new Decision(0.5, 1)).get("train/accuracy")).isEqualTo(3 / 5.0);
        assertThat(measure(dataset, new Decision(0.55, 0)).get("train/accuracy"))
                .isEqualTo(3 / 5.0);
        assertThat(measure(dataset, new Decision(0.95, 0)).get("train/accuracy"))
                .isEqualTo(3 / 5.0);
        assertThat(measure(dataset, new Decision(0, 0)).get("train/accuracy")).isEqualTo(2 / 5.0);
    }

    @Test
    void countsATieAsTheDecisionSays() {
        Dataset dataset = classification(new double[] {0.5, 0.5, 0.5}, 0, 0, 1);
        assertThat(measure(dataset, new Decision(0.5, 0)).get("train/accuracy")).isEqualTo(2 / 3.0, within(0.0));
        assertThat(measure(dataset, new Decision(0.5, 1)).get("train/accuracy")).isEqualTo(1 / 3.0, within(0.0));
    }

    @Test
    void hasNoAccuracyForARegression() {
        assertThat(measure(regression(new double[] {0, 1}, 0, 1), Decision.DEFAULT))
                .doesNotContainKey("train/accuracy");
    }

    @Test
    void measuresWithoutKeepingAnythingFromTheStepBefore() {
        Dataset dataset = regression(new double[] {1, 0, 6, 6}, 0, 2, 4, 6);
        RunContext run = SmallRun.on(dataset).run();
        Evaluation evaluation = Evaluation.of(run, RunData.of(run));
        assertThat(evaluation.measure(ECHO, true)).isEqualTo(evaluation.measure(ECHO, true));
    }
}
