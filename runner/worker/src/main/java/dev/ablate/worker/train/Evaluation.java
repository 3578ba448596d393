package dev.ablate.worker.train;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.metric.Answers;
import dev.ablate.core.training.Model;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.Scaling;
import dev.ablate.worker.spec.MeasuredMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures models on the parts of a run's data, the same way for every trainer. One thread at a time. */
final class Evaluation {

    private final List<Part> parts;

    private Evaluation(List<Part> parts) {
        this.parts = parts;
    }

    /** Of all parts of a run's data, which can be scaled; nothing is measured without rows. */
    static Evaluation of(RunContext run, RunData data) {
        List<Part> parts = new ArrayList<>();
        if (!run.dataset().isNone()) {
            parts.add(new Part(
                    MeasuredMetric.Part.TRAIN, data.train(), data.scaledTrain().rows(), data.scaling(), run));
        }
        data.validation()
                .ifPresent(part -> parts.add(new Part(
                        MeasuredMetric.Part.VALIDATION,
                        part,
                        data.scaledValidation().orElseThrow().rows(),
                        data.scaling(),
                        run)));
        data.test()
                .ifPresent(test -> parts.add(new Part(
                        MeasuredMetric.Part.TEST, test, data.scaledTest().orElseThrow(), data.scaling(), run)));
        return new Evaluation(parts);
    }

    /**
     * Every metric of a model that is defined, by name, in the target's raw unit; it may not be finite. Those of the training
     * part come first, those of the test part last, each in the order of {@link Metrics}.
     *
     * @param last whether those are measured, too, that are not measured at every step
     * @throws dev.ablate.worker.catalog.PluginException if the plugin of a metric fails, or that of the model
     */
    Map<String, Double> measure(Model model, boolean last) {
        Map<String, Double> values = new LinkedHashMap<>();
        parts.forEach(part -> part.measure(model, last, values));
        return values;
    }

    /** Every metric of the test part that is defined, by name, of answers to its rows; they may not be finite. The last part is that one. */
    Map<String, Double> measureAnswers(double... answers) {
        Map<String, Double> values = new LinkedHashMap<>();
        parts.get(parts.size() - 1).measure(answers, values);
        return values;
    }

    /** Some metrics, and what they are called in a part: {@code train/mse}, in their order. */
    private record Named(Metrics metrics, List<String> names) {

        static Named of(MeasuredMetric.Part part, Metrics metrics) {
            return new Named(
                    metrics,
                    metrics.all().stream()
                            .map(BoundMetric::name)
                            .map(name -> MeasuredMetric.of(part, name).toString())
                            .toList());
        }
    }

    /** One part of the data, with room for the predictions. */
    private static final class Part {

        private final Named atEveryStep;
        private final Named atTheLast;
        private final Scaling scaling;

        /** As the model sees them. */
        private final Matrix rows;

        private final double[] predictions;

        /** Beside the raw targets. */
        private final Answers untrained;

        private Part(MeasuredMetric.Part part, Examples examples, Matrix scaled, Scaling scaling, RunContext run) {
            this.atTheLast = Named.of(part, run.metrics());
            this.atEveryStep = Named.of(
                    part,
                    run.metrics()
                            .which(metric -> metric.atEveryStep(run.dataset().task()) || ends(run, metric)));
            this.scaling = scaling;
            this.rows = scaled;
            this.predictions = new double
                    [Math.multiplyExact(examples.size(), run.dataset().schema().outputs())];
            this.untrained =
                    Answers.of(predictions, examples.derived(Targets.class, Targets::new).values, run.decision());
        }

        /** One copy for all runs. */
        private static final class Targets {
            private final double[] values;

            private Targets(Examples examples) {
                values = examples.targets();
            }
        }

        private static boolean ends(RunContext run, BoundMetric metric) {
            return run.stop().stream().anyMatch(rule -> rule.when().name().equals(metric.name()));
        }

        private void measure(double[] answers, Map<String, Double> values) {
            System.arraycopy(answers, 0, predictions, 0, predictions.length);
            measure(true, values);
        }

        private void measure(Model model, boolean last, Map<String, Double> values) {
            model.predict(rows, predictions);
            measure(last, values);
        }

        private void measure(boolean last, Map<String, Double> values) {
            scaling.undo(predictions);
            Named measured = last ? atTheLast : atEveryStep;
            measured.metrics().measure(untrained.with(predictions), measured.names(), values);
        }
    }
}
