package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rate is warned of where descent is sure to leave the data behind, and nowhere else. */
class LearningRateTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "half-sse, false, 0.1",
        "sse, false, 0.05",
        "mse, false, 0.15",
        "half-sse, true, 0.091306",
        "mse, true, 0.136959",
    })
    void warnsAboveTheRateThatTheRowsBearAndNotBelow(String loss, boolean bias, double bound) {
        assertThat(warnings(loss, bias, 0.99 * bound)).isEmpty();
        assertThat(warnings(loss, bias, 1.01 * bound))
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains("learning_rate", "each update makes the errors on these rows larger"));
        assertThat(error(loss, bias, 0.99 * bound, 400)).isLessThan(error(loss, bias, 0.99 * bound, 10));
        assertThat(error(loss, bias, 1.01 * bound, 400)).isGreaterThan(error(loss, bias, 1.01 * bound, 10));
    }

    @Test
    void offersNoScaleToFeaturesThatHaveIt() {
        String plain = spec("mse", true, 3, 10);
        String scale = "data: { scale: { features: standard } }";
        assertThat(waysOut(plain)).singleElement().asString().contains("or less, or " + scale);
        assertThat(waysOut(plain + scale + "\n"))
                .singleElement()
                .asString()
                .contains("write a rate of")
                .doesNotContain("scale");
    }

    private List<String> waysOut(String spec) {
        try (Ablate ablate = Ablate.builder().home(home).build()) {
            return ablate.experiment("rates", spec).warnings().stream()
                    .map(problem -> problem.message() + "; " + problem.suggestion())
                    .toList();
        }
    }

    private List<String> warnings(String loss, boolean bias, double rate) {
        try (Ablate ablate = Ablate.builder().home(home).build()) {
            return ablate.experiment("rates", spec(loss, bias, rate, 10)).warnings().stream()
                    .map(Problem::message)
                    .toList();
        }
    }

    private double error(String loss, boolean bias, double rate, int updates) {
        try (Ablate ablate = Ablate.builder().home(home).build()) {
            return Objects.requireNonNull(ablate.experiment("rates", spec(loss, bias, rate, updates))
                    .run(RunOptions.defaults())
                    .outcomes()
                    .get(0)
                    .record()
                    .metrics()
                    .get("train/mse"));
        }
    }

    private static String spec(String loss, boolean bias, double rate, int updates) {
        // the largest eigenvalue of the sum of x x' is 21.904 with a bias, and 20 without it: NumPy, linalg.eigvalsh
        return String.format(Locale.ROOT, """
            version: 1
            name: rates
            dataset:
              plugin: table
              columns: [x, y]
              target: y
              rows: [[0, 1], [2, 2], [4, 5]]
            trainer: { plugin: perceptron, activation: identity, loss: %s, bias: %s, initial_weights: [0.3], learning_rate: %s, updates: %d }
            """, loss, bias, rate, updates);
    }
}
