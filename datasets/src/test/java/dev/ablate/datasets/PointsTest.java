package dev.ablate.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PointsTest {

    @Nested
    final class OfTwo extends PointsContract {
        OfTwo() {
            super(PointsOptions.Set.TWO);
        }
    }

    @Nested
    final class OfEight extends PointsContract {
        OfEight() {
            super(PointsOptions.Set.EIGHT);
        }
    }

    private abstract static class PointsContract extends DatasetContract<PointsOptions> {

        private final PointsOptions.Set set;

        PointsContract(PointsOptions.Set set) {
            this.set = set;
        }

        @Override
        protected DatasetSource<PointsOptions> source() {
            return new Points();
        }

        @Override
        protected PointsOptions options() {
            return new PointsOptions(set);
        }
    }

    @Test
    void holdsTheTwoThatAreWorkedByHand() {
        assertThat(open(PointsOptions.Set.TWO).examples()).isEqualTo(points(new double[] {1.66, 1.56, 2, 1.5}, 1, 0));
    }

    @Test
    void holdsTheEightThatAreLearnedFrom() {
        assertThat(open(PointsOptions.Set.EIGHT).examples())
                .isEqualTo(points(
                        new double[] {3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1},
                        0,
                        1,
                        0,
                        1,
                        0,
                        1,
                        1,
                        0));
    }

    private static Dataset open(PointsOptions.Set set) {
        Dataset dataset = new Points().open(new PointsOptions(set));
        assertThat(dataset.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(dataset.source()).isEqualTo(BuiltInDatasets.TUTORIAL_B);
        return dataset;
    }

    private static Examples points(double[] rows, double... targets) {
        return Examples.of(List.of("x1", "x2"), rows, targets);
    }
}
