package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Metric;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The smallest difference of a metric that is more than rounding.
 *
 * <p>Predictions are taken to be exact to 1e-12 of the largest absolute target T, far above the rounding of doubles and far below any
 * effect. An error that is smaller is 0 for all that can be known: {@code (1e-12 T)^2} for mse, n times that for sse, {@code 1e-12 T} for
 * rmse and mae, n times that for error_sum; 1e-12 for r2 and accuracy, which have no unit.
 */
final class Resolution {

    /** As a share of what is measured. */
    static final double SHARE = 1e-12;

    private Resolution() {}

    /**
     * In the metric's unit; 0 where nothing but the values themselves says what their rounding is.
     *
     * @param metric its name, such as {@code test/mse}
     * @param largestTarget largest absolute target of the data; 0 where it is not known
     * @param rows how many rows it is measured on; 0 where that is not known
     */
    static double of(String metric, double largestTarget, int rows) {
        Optional<Metric.Kind> kind = kind(metric);
        if (kind.isEmpty()) {
            return 0;
        }
        double error = SHARE * largestTarget;
        return switch (kind.get()) {
            case MSE -> error * error;
            case SSE -> rows * error * error;
            case RMSE, MAE -> error;
            case ERROR_SUM -> rows * error;
            case R2, ACCURACY -> SHARE;
        };
    }

    private static Optional<Metric.Kind> kind(String metric) {
        String bare = metric.replaceFirst("^(train|test)/", "");
        return Stream.of(Metric.Kind.values())
                .filter(kind -> kind.word().equals(bare))
                .findFirst();
    }
}
