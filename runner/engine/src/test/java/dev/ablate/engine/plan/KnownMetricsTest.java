package dev.ablate.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.engine.fixture.TestPlugins;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownMetricsTest {

    private static final KnownMetrics KNOWN = new KnownMetrics(
            TestPlugins.METRICS,
            List.of(
                    reported("loss", Goal.MINIMIZE, MetricRange.FROM_0, 1e-9),
                    reported("score", Goal.MINIMIZE, MetricRange.SHARE, 1e-12),
                    reported("score", Goal.MAXIMIZE, new MetricRange(-1, 0.5), 1e-6)));

    private static ReportedMetric reported(String name, Goal goal, MetricRange range, double resolution) {
        return new ReportedMetric(name, Optional.of(goal), range, resolution, "a number of its own");
    }

    @Test
    void areListedByPartThenThoseThatTrainersReport() {
        assertThat(KNOWN.names())
                .startsWith("train/mse", "train/rmse")
                .containsSubsequence("train/accuracy", "validation/mse", "test/mse", "test/accuracy", "loss", "score")
                .hasSize(50);
    }

    @Test
    void haveTheGoalThatAllWhoDeclareThemAgreeOn() {
        assertThat(KNOWN.goal("test/mse")).contains(Goal.MINIMIZE);
        assertThat(KNOWN.goal("accuracy")).as("a bare name, as in a file").contains(Goal.MAXIMIZE);
        assertThat(KNOWN.goal("train/error_sum")).isEmpty();
        assertThat(KNOWN.goal("loss")).contains(Goal.MINIMIZE);
        assertThat(KNOWN.goal("score")).isEmpty();
        assertThat(KNOWN.goal("test/loss")).as("it has no part").isEmpty();
        assertThat(KNOWN.goal("val_mse")).isEmpty();
    }

    @Test
    void haveTheWidestRangeAndTheCoarsestResolutionThatAreDeclared() {
        assertThat(KNOWN.range("score")).contains(new MetricRange(-1, 1));
        assertThat(KNOWN.resolution("score", 5, 5)).isEqualTo(1e-6);
        assertThat(KNOWN.resolution("train/sse", 5, 4)).isEqualTo(4 * 5e-12 * 5e-12);
        assertThat(KNOWN.resolution("val_mse", 5, 4))
                .as("nothing is known of it")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "train/accuracy, true",
        "accuracy, true",
        "val_accuracy, true",
        "test/r2, false",
        "val_r2, false",
        "test/mse, false",
        "loss, false",
        "score, false",
        "wealth, false"
    })
    void areSharesOfAWhole(String metric, boolean share) {
        assertThat(KNOWN.isShare(metric)).isEqualTo(share);
    }
}
