package dev.ablate.worker.metric;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Metric;
import dev.ablate.core.metric.MetricContract;
import dev.ablate.core.plugin.PluginContract;
import dev.ablate.core.plugin.PluginModule;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Each metric that comes with the program keeps to the contract. */
class BuiltInMetricsTest extends PluginContract {

    @Override
    protected PluginModule module() {
        return new BuiltInMetrics();
    }

    private abstract static class Contract extends MetricContract {

        private final Map<Task, Double> trivial;

        /**
         * With values of the trivial answer.
         *
         * @param numbers to targets 2, 4, 4 and 10
         * @param classes to classes 1, 1, 0 and 1
         */
        Contract(double numbers, double classes) {
            this(Map.of(Task.REGRESSION, numbers, Task.BINARY_CLASSIFICATION, classes));
        }

        Contract(Map<Task, Double> trivial) {
            this.trivial = trivial;
        }

        @Override
        protected Map<Task, Double> trivialValues() {
            return trivial;
        }
    }

    @Nested
    class Mse extends Contract {
        Mse() {
            // (9 + 1 + 1 + 25) / 4, and (3/16 + 9/16) / 4
            super(9, 3.0 / 16);
        }

        @Override
        protected Metric metric() {
            return new MeanSquaredError();
        }
    }

    @Nested
    class Rmse extends Contract {
        Rmse() {
            super(3, Math.sqrt(3.0 / 16));
        }

        @Override
        protected Metric metric() {
            return new RootMeanSquaredError();
        }
    }

    @Nested
    class Mae extends Contract {
        Mae() {
            // from the median: 2 + 0 + 0 + 6, and 1
            super(2, 1.0 / 4);
        }

        @Override
        protected Metric metric() {
            return new MeanAbsoluteError();
        }
    }

    @Nested
    class R2 extends Contract {
        R2() {
            super(0, 0);
        }

        @Override
        protected Metric metric() {
            return new ExplainedSpread();
        }
    }

    @Nested
    class Sse extends Contract {
        Sse() {
            super(36, 3.0 / 4);
        }

        @Override
        protected Metric metric() {
            return new SumOfSquaredErrors();
        }
    }

    @Nested
    class SumOfErrors extends Contract {
        SumOfErrors() {
            super(0, 0);
        }

        @Override
        protected Metric metric() {
            return new ErrorSum();
        }
    }

    @Nested
    class ShareOfRightRows extends Contract {
        ShareOfRightRows() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 3.0 / 4, Task.CLASSES, 1.0 / 2));
        }

        @Override
        protected Metric metric() {
            return new Accuracy();
        }
    }

    @Nested
    class Balanced extends Contract {
        Balanced() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 1.0 / 2, Task.CLASSES, 1.0 / 3));
        }

        @Override
        protected Metric metric() {
            return new BalancedAccuracy();
        }
    }

    @Nested
    class ShareOfAnswers extends Contract {
        ShareOfAnswers() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 3.0 / 4, Task.CLASSES, 1.0 / 6));
        }

        @Override
        protected Metric metric() {
            return new Precision();
        }
    }

    @Nested
    class ShareOfRows extends Contract {
        ShareOfRows() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 1.0, Task.CLASSES, 1.0 / 3));
        }

        @Override
        protected Metric metric() {
            return new Recall();
        }
    }

    @Nested
    class F1 extends Contract {
        F1() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 6.0 / 7, Task.CLASSES, 2.0 / 9));
        }

        @Override
        protected Metric metric() {
            return new FScore();
        }
    }

    @Nested
    class Mcc extends Contract {
        Mcc() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 0.0, Task.CLASSES, 0.0));
        }

        @Override
        protected Metric metric() {
            return new MatthewsCorrelation();
        }
    }

    @Nested
    class AreaOfRoc extends Contract {
        AreaOfRoc() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 1.0 / 2, Task.CLASSES, 1.0 / 2));
        }

        @Override
        protected Metric metric() {
            return new RocAuc();
        }
    }

    @Nested
    class AreaOfPrecision extends Contract {
        AreaOfPrecision() {
            super(Map.of(Task.BINARY_CLASSIFICATION, 3.0 / 4, Task.CLASSES, 1.0 / 3));
        }

        @Override
        protected Metric metric() {
            return new PrAuc();
        }
    }

    @Nested
    class Surprise extends Contract {
        Surprise() {
            super(Map.of(
                    Task.BINARY_CLASSIFICATION,
                    -(3 * Math.log(0.75) + Math.log(0.25)) / 4,
                    Task.CLASSES,
                    Math.log(4) / 2 + Math.log(2) / 2));
        }

        @Override
        protected Metric metric() {
            return new LogLoss();
        }
    }

    @Nested
    class Medae extends Contract {
        Medae() {
            // from the median: 2, 0, 0 and 6
            super(Map.of(Task.REGRESSION, 1.0));
        }

        @Override
        protected Metric metric() {
            return new MedianAbsoluteError();
        }
    }
}
