package dev.ablate.engine.train;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.engine.data.RunData;
import dev.ablate.engine.data.Scaling;
import dev.ablate.engine.plan.Metric;
import dev.ablate.engine.plan.PlannedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Measures models on the parts of a run's data, the same way for every trainer. One thread at a time. */
final class Evaluation {

    private final List<Part> parts;

    private Evaluation(List<Part> parts) {
        this.parts = parts;
    }

    /** Of both parts of a run's data. */
    static Evaluation of(PlannedRun run, RunData data) {
        List<Metric.Kind> kinds = List.of(Metric.Kind.values()).stream()
                .filter(kind -> kind.fits(run.dataset().task()))
                .toList();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Metric.Part.TRAIN, data.train(), data.scaling(), kinds, run.decision()));
        data.test()
                .ifPresent(test -> parts.add(new Part(Metric.Part.TEST, test, data.scaling(), kinds, run.decision())));
        return new Evaluation(parts);
    }

    /**
     * Every metric of a model that is defined, by name, in the target's raw unit; it may not be finite. Those of the training
     * part come first, each part in the order of {@link Metric.Kind}.
     */
    Map<String, Double> measure(Model model) {
        Map<String, Double> values = new LinkedHashMap<>();
        parts.forEach(part -> part.measure(model, values));
        return values;
    }

    /** One part of the data, scaled once, with room for the predictions. */
    private static final class Part {

        private final Map<Metric.Kind, String> names = new LinkedHashMap<>();
        private final Decision decision;
        private final Scaling scaling;

        /** As the model sees them. */
        private final Matrix rows;

        /** Raw. */
        private final double[] targets;

        private final double[] answers;

        /** Sum of (t - mean t)^2; exactly 0 where all targets are equal, whatever the rounding of their mean. */
        private final double spread;

        private Part(Metric.Part part, Examples examples, Scaling scaling, List<Metric.Kind> kinds, Decision decision) {
            kinds.forEach(kind -> names.put(kind, new Metric(part, kind).toString()));
            this.decision = decision;
            this.scaling = scaling;
            this.rows = scaling.rows(examples.rows());
            this.targets = examples.targets();
            this.answers = new double[targets.length];
            this.spread = spread(targets);
        }

        private static double spread(double[] targets) {
            double sum = 0;
            boolean constant = true;
            for (double target : targets) {
                sum += target;
                constant &= target == targets[0];
            }
            if (constant) {
                return 0;
            }
            double mean = sum / targets.length;
            double spread = 0;
            for (double target : targets) {
                spread += (target - mean) * (target - mean);
            }
            return spread;
        }

        private void measure(Model model, Map<String, Double> values) {
            model.predict(rows, answers);
            scaling.undo(answers);
            double squares = 0;
            double absolute = 0;
            double signed = 0;
            int right = 0;
            for (int row = 0; row < targets.length; row++) {
                double error = answers[row] - targets[row];
                squares += error * error;
                absolute += Math.abs(error);
                signed += error;
                right += decision.classOf(answers[row]) == targets[row] ? 1 : 0;
            }
            double n = targets.length;
            double mse = squares / n;
            for (Map.Entry<Metric.Kind, String> metric : names.entrySet()) {
                OptionalDouble value = switch (metric.getKey()) {
                    case MSE -> OptionalDouble.of(mse);
                    case RMSE -> OptionalDouble.of(Math.sqrt(mse));
                    case MAE -> OptionalDouble.of(absolute / n);
                    case R2 -> spread == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - squares / spread);
                    case SSE -> OptionalDouble.of(squares);
                    case ERROR_SUM -> OptionalDouble.of(signed);
                    case ACCURACY -> OptionalDouble.of(right / n);
                };
                value.ifPresent(number -> values.put(metric.getValue(), number));
            }
        }
    }
}
