package dev.ablate.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.metric.Goal;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.StopRule;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopWatchTest {

    private static final MeasuredMetric MSE = MeasuredMetric.of(MeasuredMetric.Part.TRAIN, "mse");

    /** At which step of 0, 5, 10, ... the rule ends a run with these values; NaN: the metric is not defined; -1: never. */
    private static long end(StopRule rule, double... values) {
        StopWatch watch = new StopWatch(Optional.of(rule));
        for (int k = 0; k < values.length; k++) {
            Map<String, Double> metrics =
                    Double.isNaN(values[k]) ? Map.of("train/sse", 0.0) : Map.of("train/mse", values[k]);
            if (watch.ends(5L * k, metrics)) {
                return 5L * k;
            }
        }
        return -1;
    }

    private static StopRule below(double bound, long updates) {
        return new StopRule.Bound(MSE, true, bound, updates);
    }

    private static StopRule noBetter(double minDelta, long updates) {
        return new StopRule.NoBetter(MSE, Goal.MINIMIZE, minDelta, updates);
    }

    @Test
    void endsOnceTheBoundHasHeldForSoManyUpdates() {
        assertThat(end(below(1, 10), 2, 0.5, 0.5, 0.5, 0.5)).isEqualTo(15);
        assertThat(end(below(1, 9), 2, 0.5, 0.5, 0.5, 0.5)).isEqualTo(15);
        assertThat(end(below(1, 11), 2, 0.5, 0.5, 0.5, 0.5)).isEqualTo(20);
        assertThat(end(below(1, 20), 2, 0.5, 0.5, 0.5, 0.5)).isEqualTo(-1);
    }

    @Test
    void beginsAgainWhereTheBoundDidNotHold() {
        assertThat(end(below(1, 10), 0.5, 0.5, 1, 0.5, 0.5, 0.5)).isEqualTo(25);
        assertThat(end(below(1, 10), 0.5, 0.5, Double.NaN, 0.5, 0.5, 0.5)).isEqualTo(25);
    }

    @Test
    void endsAtOnceForNoUpdates() {
        assertThat(end(below(1, 0), 2, 1, 0.5)).isEqualTo(10);
        assertThat(end(below(1, 0), 0.5)).isZero();
    }

    @Test
    void looksAtTheOtherSideToo() {
        StopRule above = new StopRule.Bound(MSE, false, 1, 5);
        assertThat(end(above, 0, 1, 1, 1.5, 1.5)).isEqualTo(20);
    }

    @Test
    void endsWhereNothingBecameBetter() {
        assertThat(end(noBetter(0, 10), 5, 4, 4, 4, 3)).isEqualTo(15);
        assertThat(end(noBetter(0, 10), 5, 4, 4, 3, 3, 3)).isEqualTo(25);
        assertThat(end(noBetter(0, 10), 5, 4, 9, 3, 3)).isEqualTo(-1);
        assertThat(end(noBetter(0, 0), 5, 4, 4)).isEqualTo(10);
    }

    @Test
    void countsNothingBelowTheLeastDifferenceAsBetter() {
        assertThat(end(noBetter(1, 10), 5, 4, 4, 4)).isEqualTo(10);
        assertThat(end(noBetter(0.5, 10), 5, 4, 3, 2)).isEqualTo(-1);
    }

    @Test
    void addsUpASlowDescent() {
        // each step by 0.4: two of them are better by more than 0.5
        assertThat(end(noBetter(0.5, 15), 5, 4.6, 4.2, 3.8, 3.4, 3.0, 2.6)).isEqualTo(-1);
    }

    @Test
    void goesUpWhereMoreIsBetter() {
        StopRule rule = new StopRule.NoBetter(MSE, Goal.MAXIMIZE, 0.1, 10);
        assertThat(end(rule, 0, 0.5, 0.9, 0.9, 0.95)).isEqualTo(20);
        assertThat(end(rule, 0, 0.5, 0.9, 1.1, 1.3)).isEqualTo(-1);
    }

    @Test
    void waitsForAMetricThatIsNotDefined() {
        assertThat(end(noBetter(0, 5), Double.NaN, Double.NaN, Double.NaN, Double.NaN))
                .isEqualTo(-1);
    }

    @Test
    void neverEndsWithoutARule() {
        assertThat(new StopWatch(Optional.empty()).ends(0, Map.of("train/mse", 0.0)))
                .isFalse();
    }
}
