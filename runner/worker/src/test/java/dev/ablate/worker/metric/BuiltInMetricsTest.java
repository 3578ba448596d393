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
            super(Map.of(Task.BINARY_CLASSIFICATION, 3.0 / 4));
        }

        @Override
        protected Metric metric() {
            return new Accuracy();
        }
    }
}
