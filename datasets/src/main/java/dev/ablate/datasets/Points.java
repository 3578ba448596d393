package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import java.util.List;

/** Points of a plane in two classes. */
final class Points implements DatasetSource<PointsOptions> {

    // spotless:off
    private static final double[] TWO = {
        1.66, 1.56, 2, 1.5,
    };
    private static final double[] EIGHT = {
        3, 1.5, 2, 1, 4, 1.5, 3, 4, 3.5, 0.5, 2, 0.5, 5.5, 1, 1, 1,
    };
    // spotless:on

    @Override
    public Dataset open(PointsOptions options) {
        return switch (options.set()) {
            case TWO -> points(TWO, 1, 0);
            case EIGHT -> points(EIGHT, 0, 1, 0, 1, 0, 1, 1, 0);
        };
    }

    private static Dataset points(double[] points, double... classes) {
        return Dataset.classification(
                Examples.of(List.of("x1", "x2"), points, classes), "y", BuiltInDatasets.TUTORIAL_B);
    }
}
