package dev.ablate.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.worker.fixture.SmallRun;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalingTest {

    private static Dataset data(double[] rows, double... targets) {
        return Dataset.regression(
                Examples.of(rows.length == targets.length ? List.of("x") : List.of("x", "z"), rows, targets),
                "y",
                Map.of(),
                "");
    }

    private static SmallRun run(Dataset data) {
        return SmallRun.on(data);
    }

    private static double[] scaled(Method method, double... column) {
        ColumnScale scale = ColumnScale.fit(method, column);
        double[] scaled = new double[column.length];
        for (int k = 0; k < column.length; k++) {
            scaled[k] = scale.scaled(column[k]);
        }
        return scaled;
    }

    @Test
    void scalesAsTheMethodsSay() {
        assertThat(scaled(Method.NONE, 3, -0.0)).containsExactly(3, -0.0);
        assertThat(scaled(Method.MAX, 1, -4, 2)).containsExactly(0.25, -1, 0.5);
        assertThat(scaled(Method.MIN_MAX, 1, 5, 2)).containsExactly(0, 1, 0.25);
        // mean 5, sd over n 2: the usual example
        assertThat(scaled(Method.STANDARD, 2, 4, 4, 4, 5, 5, 7, 9))
                .containsExactly(new double[] {-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2}, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void isUndoneExactly(Method method) {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 1_000; trial++) {
            double size = Math.pow(10, random.nextInt(-12, 13));
            double offset = random.nextBoolean() ? 0 : 10 * size * random.nextDouble();
            double[] column = random.doubles(random.nextInt(2, 30))
                    .map(value -> offset + size * (value - 0.5))
                    .toArray();
            ColumnScale scale = ColumnScale.fit(method, column);
            for (double value : column) {
                double unit = Math.max(Math.abs(value), size);
                assertThat(scale.raw(scale.scaled(value))).isCloseTo(value, within(1e-12 * unit));
            }
        }
    }

    @Test
    void fitsValuesWhoseSquaresAreOutOfRange() {
        assertThat(scaled(Method.STANDARD, 1e200, 3e200)).containsExactly(-1, 1);
        assertThat(scaled(Method.STANDARD, 1e-200, 3e-200)).containsExactly(new double[] {-1, 1}, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"MIN_MAX", "STANDARD"})
    void leavesAFlatColumnAtZero(Method method) {
        // whose mean is not 0.1
        assertThat(scaled(method, 0.1, 0.1, 0.1)).containsExactly(0, 0, 0);
        assertThat(ColumnScale.fit(method, new double[] {0.1, 0.1, 0.1}).flat()).isTrue();
        assertThat(ColumnScale.fit(method, new double[] {0.1, 0.2}).flat()).isFalse();
    }

    @Test
    void warnsOfADivisorThatWouldBeZero() {
        Dataset flat = data(new double[] {1, 5, 2, 5, 3, 5}, 7, 7, 7);
        assertThat(RunData.of(run(flat).scale(Method.STANDARD, Method.MIN_MAX).run())
                        .warnings())
                .containsExactly(
                        "data.scale.features: 'z' is the same in all training rows, so that standard would divide it by 0; it is"
                                + " divided by 1",
                        "data.scale.target: 'y' is the same in all training rows, so that min-max would divide it by 0; it is"
                                + " divided by 1");
        assertThat(RunData.of(run(flat).scale(Method.MAX, Method.NONE).run()).warnings())
                .isEmpty();
        assertThat(RunData.of(run(data(new double[] {0, 0}, 1, 2))
                                .scale(Method.MAX, Method.MAX)
                                .run())
                        .warnings())
                .containsExactly(
                        "data.scale.features: 'x' is 0 in all training rows, so that max would divide it by 0; it is divided by 1");
        assertThat(RunData.of(run(flat).run()).warnings()).isEmpty();
    }

    @Test
    void isFittedOnTheTrainingRowsAlone() {
        double[] rows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000};
        double[] targets = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000};
        ScaleSettings all = new ScaleSettings(Method.STANDARD, Method.STANDARD);
        RunData split = RunData.of(run(data(rows, targets))
                .split(new SplitSettings(0.1, Take.LAST, Per.SEED))
                .scale(all.features(), all.target())
                .run());
        assertThat(split.scaling().features())
                .containsExactly(ColumnScale.fit(Method.STANDARD, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
        assertThat(split.scaling().target())
                .isEqualTo(split.scaling().features().get(0));
        assertThat(split.trainRows()).hasSize(9);
        assertThat(split.testRows()).containsExactly(9);
        assertThat(split.test().orElseThrow().target(0)).isEqualTo(1_000);
    }

    @Test
    void takesTheRunsFeaturesInItsOrder() {
        RunData data = RunData.of(run(data(new double[] {1, 10, 3, 30}, 5, 6))
                .features("z", "x")
                .scale(Method.MAX, Method.NONE)
                .run());
        assertThat(data.train().rows().toArray()).containsExactly(10, 1, 30, 3);
        assertThat(data.scaledTrain().rows().toArray()).containsExactly(10 / 30.0, 1 / 3.0, 1, 1);
        assertThat(data.scaledTrain().targets()).containsExactly(5, 6);
    }

    @Test
    void saysWhatCannotBeScaled() {
        Dataset far = data(new double[] {-1e308, 1e308}, -1e308, 1.7e308);
        assertThatThrownBy(() -> RunData.of(
                                run(far).scale(Method.MIN_MAX, Method.NONE).run())
                        .scaledTrain())
                .hasMessage("data.scale.features: the values of 'x' are too far apart for min-max");
        assertThatThrownBy(() -> RunData.of(
                                run(far).scale(Method.NONE, Method.MIN_MAX).run())
                        .scaledTrain())
                .hasMessage("data.scale.target: the values of 'y' are too far apart for min-max");
    }
}
