package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.metric.MetricRange;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.option.Refused;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link TrainerContract} catches each way to break it, and lets trainers pass that keep to it. */
class BrokenTrainersTest {

    /** What is wrong with a trainer. */
    enum Fault {
        NONE,
        JUMPS,
        HAS_CHANCE_OF_ITS_OWN,
        ASKS_FOR_CHANCE_IN_VAIN,
        KEEPS_SOMETHING,
        ADDS_UP_BY_THREADS,
        NEVER_REPORTS,
        BEGINS_AT_1,
        REPORTS_TWICE,
        CHANGES_THE_TOTAL,
        REPORTS_ANOTHER_TOTAL,
        ENDS_EARLY,
        RETURNS_ANOTHER_MODEL,
        GOES_ON,
        LEARNS_ON,
        SWALLOWS,
        WRAPS,
        LENDS_ITS_WEIGHTS,
        HAS_PARAMETERS_THAT_CAN_BE_CHANGED,
        PREDICTS_BY_THE_BLOCK,
        CHECKPOINTS,
        CHECKPOINTS_TOO_EARLY,
        RESTORES_WITHOUT_BIAS,
        RESTORES_IN_ANOTHER_ORDER,
        RESTORES_ANYTHING,
        EXPLAINS_OTHER_NUMBERS,
        EXPLAINS_ANOTHER_TRAINING,
        HAS_NAMES_THAT_COME,
        NAMES_WEIGHTS_BY_NUMBER,
        HAS_LAYERS_WITHOUT_BIAS,
        REFUSES_NOTHING,
        LEARNS_TWICE_AS_FAST,
        DECLARES_OTHER_METRICS_EACH_TIME,
        DECLARES_A_METRIC_TWICE,
        REPORTS_NO_METRIC,
        REPORTS_A_METRIC_AT_THE_END_ALONE,
        REPORTS_A_METRIC_THAT_IT_DOES_NOT_DECLARE,
        REPORTS_A_METRIC_BACKWARDS,
        REPORTS_NAN,
        REPORTS_A_METRIC_OUT_OF_ITS_RANGE,
        REPORTS_A_METRIC_BY_CHANCE
    }

    private static Arguments way(Fault fault, Consumer<Contract> check) {
        return Arguments.of(fault, check);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way(Fault.HAS_CHANCE_OF_ITS_OWN, TrainerContract::isEqualToTheBitForOneSeed),
                way(Fault.ASKS_FOR_CHANCE_IN_VAIN, TrainerContract::differsBetweenSeedsExactlyIfItDraws),
                way(Fault.KEEPS_SOMETHING, TrainerContract::isEqualToTheBitInParallel),
                way(Fault.ADDS_UP_BY_THREADS, contract -> contract.isEqualToTheBitForAnyNumberOfThreads(2)),
                way(Fault.NEVER_REPORTS, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.NEVER_REPORTS, TrainerContract::returnsTheModelOfItsLastUpdate),
                way(Fault.NEVER_REPORTS, contract -> contract.stopsWhereItIsAskedTo(13)),
                way(Fault.BEGINS_AT_1, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.REPORTS_TWICE, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.CHANGES_THE_TOTAL, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.REPORTS_ANOTHER_TOTAL, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.ENDS_EARLY, contract -> contract.reportsUpdatesUpToTheTotal(20)),
                way(Fault.RETURNS_ANOTHER_MODEL, TrainerContract::returnsTheModelOfItsLastUpdate),
                way(Fault.GOES_ON, contract -> contract.stopsWhereItIsAskedTo(0)),
                way(Fault.GOES_ON, contract -> contract.stopsWhereItIsAskedTo(13)),
                way(Fault.LEARNS_ON, contract -> contract.stopsWhereItIsAskedTo(13)),
                way(Fault.SWALLOWS, TrainerContract::letsAnExceptionOfTheRunnerPass),
                way(Fault.WRAPS, TrainerContract::letsAnExceptionOfTheRunnerPass),
                way(Fault.LENDS_ITS_WEIGHTS, TrainerContract::returnsAModelThatNeverChanges),
                way(Fault.HAS_PARAMETERS_THAT_CAN_BE_CHANGED, TrainerContract::returnsAModelThatNeverChanges),
                way(Fault.PREDICTS_BY_THE_BLOCK, TrainerContract::predictsARowTheSameAloneAndInABlock),
                way(Fault.CHECKPOINTS_TOO_EARLY, BrokenTrainersTest::goOn),
                way(Fault.RESTORES_WITHOUT_BIAS, TrainerContract::predictsEqualToTheBitWhenRestored),
                way(Fault.RESTORES_IN_ANOTHER_ORDER, TrainerContract::predictsEqualToTheBitWhenRestored),
                way(Fault.EXPLAINS_OTHER_NUMBERS, TrainerContract::explainsTheUpdatesThatItMakes),
                way(Fault.EXPLAINS_ANOTHER_TRAINING, TrainerContract::explainsTheUpdatesThatItMakes),
                way(Fault.RESTORES_ANYTHING, TrainerContract::refusesToRestoreAModelThatIsCutOff),
                way(Fault.HAS_NAMES_THAT_COME, TrainerContract::namesItsParametersTheSameInEveryUpdate),
                way(Fault.NAMES_WEIGHTS_BY_NUMBER, TrainerContract::namesTheWeightsOfOneNeuronAfterItsFeatures),
                way(Fault.HAS_LAYERS_WITHOUT_BIAS, TrainerContract::hasLayersThatPredictTheSame),
                way(Fault.REFUSES_NOTHING, TrainerContract::refusesOptionsThatDoNotFitTogether),
                way(
                        Fault.LEARNS_TWICE_AS_FAST,
                        contract -> contract.makesTheUpdateOfTheFormula(Activation.IDENTITY, Loss.HALF_SSE)),
                way(
                        Fault.DECLARES_OTHER_METRICS_EACH_TIME,
                        contract -> contract.declaresItsOwnMetricsFromEqualOptionsAlike(20)),
                way(Fault.DECLARES_A_METRIC_TWICE, contract -> contract.declaresItsOwnMetricsFromEqualOptionsAlike(20)),
                way(Fault.REPORTS_NO_METRIC, contract -> contract.reportsTheMetricsThatItDeclares(20)),
                way(Fault.REPORTS_NO_METRIC, contract -> contract.reportsTheMetricsThatItDeclaresWhereItIsStopped(0)),
                way(
                        Fault.REPORTS_A_METRIC_AT_THE_END_ALONE,
                        contract -> contract.reportsTheMetricsThatItDeclaresWhereItIsStopped(13)),
                way(
                        Fault.REPORTS_A_METRIC_THAT_IT_DOES_NOT_DECLARE,
                        contract -> contract.reportsTheMetricsThatItDeclares(20)),
                way(Fault.REPORTS_A_METRIC_BACKWARDS, contract -> contract.reportsTheMetricsThatItDeclares(20)),
                way(Fault.REPORTS_NAN, contract -> contract.reportsTheMetricsThatItDeclares(20)),
                way(Fault.REPORTS_A_METRIC_OUT_OF_ITS_RANGE, contract -> contract.reportsTheMetricsThatItDeclares(20)),
                way(Fault.REPORTS_A_METRIC_BY_CHANCE, TrainerContract::isEqualToTheBitForOneSeed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void isCaught(Fault fault, Consumer<Contract> check) {
        check.accept(new Contract(fault == Fault.CHECKPOINTS_TOO_EARLY ? Fault.CHECKPOINTS : Fault.NONE));
        assertThrows(AssertionError.class, () -> check.accept(new Contract(fault)));
    }

    private static void goOn(Contract contract) {
        try {
            Path folder = Files.createTempDirectory("goes-on");
            try {
                contract.goesOnFromItsCheckpoint(
                        Files.createDirectory(folder.resolve("once")), Files.createDirectory(folder.resolve("twice")));
            } finally {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that keeps to all of it. */
    @Nested
    class ASoundTrainer extends Contract {
        ASoundTrainer() {
            super(Fault.NONE);
        }
    }

    /** One that reports only now and then how far it is. */
    @Nested
    class ATrainerThatJumps extends Contract {
        ATrainerThatJumps() {
            super(Fault.JUMPS);
        }
    }

    /** One that goes on from where it was interrupted. */
    @Nested
    class ATrainerThatGoesOn extends Contract {
        ATrainerThatGoesOn() {
            super(Fault.CHECKPOINTS);
        }
    }

    /** One that has a model at its end alone. */
    @Nested
    class ATrainerOfOneModel extends TrainerContract<NoOptions> {
        @Override
        protected Trainer<NoOptions> trainer() {
            return new Mean(true) {
                @Override
                public Model train(NoOptions options, Training training) {
                    Model mean = mean(training);
                    training.after(1, 1, mean);
                    return mean;
                }
            };
        }

        @Override
        protected NoOptions options(long updates) {
            return new NoOptions();
        }
    }

    /** One that learns in one go, whatever the options say of a length. */
    @Nested
    class ATrainerOfOneUpdate extends TrainerContract<NoOptions> {
        @Override
        protected Trainer<NoOptions> trainer() {
            return new Mean(true);
        }

        @Override
        protected NoOptions options(long updates) {
            return new NoOptions();
        }
    }

    @Test
    void oneThatLearnsInOneGoMustStopToo() {
        TrainerContract<NoOptions> contract = new TrainerContract<>() {
            @Override
            protected Trainer<NoOptions> trainer() {
                return new Mean(false);
            }

            @Override
            protected NoOptions options(long updates) {
                return new NoOptions();
            }
        };
        assertThrows(AssertionError.class, () -> contract.stopsWhereItIsAskedTo(0));
    }

    private static class Mean implements Trainer<NoOptions> {

        private final boolean listens;

        Mean(boolean listens) {
            this.listens = listens;
        }

        @Override
        public Model train(NoOptions options, Training training) {
            Model zero = constant(0);
            if (!training.after(0, 1, zero) && listens) {
                return zero;
            }
            Model mean = mean(training);
            training.after(1, 1, mean);
            return mean;
        }

        static Model mean(Training training) {
            return constant(
                    Arrays.stream(training.examples().targets()).average().orElseThrow());
        }

        @Override
        public Model restore(NoOptions options, Schema schema, InputStream in) throws IOException {
            Map<String, Double> parameters = Parameters.read(in);
            Double mean = parameters.get("mean");
            if (mean == null || parameters.size() > 1) {
                throw new IllegalArgumentException("the one parameter is mean, not " + parameters.keySet());
            }
            return constant(mean);
        }

        private static Model constant(double answer) {
            return new Model() {
                @Override
                public void predict(Matrix rows, double[] answers) {
                    Arrays.fill(answers, answer);
                }

                @Override
                public Map<String, Double> parameters() {
                    return Map.of("mean", answer);
                }

                @Override
                public void write(OutputStream out) throws IOException {
                    Parameters.write(parameters(), out);
                }
            };
        }
    }

    /**
     * How long a {@link Neuron} learns, and from where.
     *
     * @param updates 0 or more
     * @param start the weights and then the bias; drawn if empty
     * @param fault what is wrong with the metrics that it declares
     */
    record Steps(long updates, List<Double> start, Fault fault) implements ReportsMetrics {

        private static final AtomicInteger DECLARED = new AtomicInteger();

        @Override
        public List<ReportedMetric> reportedMetrics() {
            String name =
                    fault == Fault.DECLARES_OTHER_METRICS_EACH_TIME ? "loss_" + DECLARED.incrementAndGet() : "loss";
            ReportedMetric loss = new ReportedMetric(
                    name, Optional.of(Goal.MINIMIZE), MetricRange.FROM_0, 1e-12, "half the sum of squared errors");
            return fault == Fault.DECLARES_A_METRIC_TWICE ? List.of(loss, loss) : List.of(loss);
        }
    }

    private static class Contract extends TrainerContract<Steps> {

        private final Fault fault;

        Contract(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Trainer<Steps> trainer() {
            return new Neuron(fault);
        }

        @Override
        protected Steps options(long updates) {
            return new Steps(updates, List.of(), fault);
        }

        @Override
        protected Map<String, Supplier<Steps>> refused() {
            return Map.of("updates", () -> {
                Refused.Reasons reasons = Refused.reasons();
                reasons.addIf(fault != Fault.REFUSES_NOTHING, "updates", "must be at least 0");
                reasons.throwIfAny();
                return options(0);
            });
        }

        @Override
        protected Optional<Steps> oneUpdate(
                Activation activation, Loss loss, double learningRate, List<Double> weights, Optional<Double> bias) {
            boolean fits = activation == Activation.IDENTITY && loss == Loss.HALF_SSE && bias.isPresent();
            return fits
                    ? Optional.of(new Steps(1, List.of(weights.get(0), weights.get(1), bias.get()), fault))
                    : Optional.empty();
        }
    }

    /** One neuron that learns from all rows at once, at a rate of 1/8, for {@code half-sse}. */
    private static final class Neuron implements Explains<Steps> {

        private static final AtomicInteger OWN_CHANCE = new AtomicInteger();

        private final Fault fault;
        private final AtomicInteger runs = new AtomicInteger();
        private final double[] lent = new double[3];

        Neuron(Fault fault) {
            this.fault = fault;
        }

        @Override
        public Model train(Steps options, Training training) {
            return run(options, training, update -> {});
        }

        /** What an update did. */
        private record Update(long update, List<Double> before, List<Double> after) {}

        private Model run(Steps options, Training training, Consumer<Update> watcher) {
            Examples examples = training.examples();
            double[] weights = fault == Fault.LENDS_ITS_WEIGHTS ? lent : new double[3];
            start(weights, options, training);
            measure(training, 0, weights);
            Weights live = new Weights(fault, weights, examples.features());
            long first = goOn(weights, training);
            long total = options.updates();
            long claimed = fault == Fault.REPORTS_ANOTHER_TOTAL ? total + 1 : total;
            boolean on = fault == Fault.NEVER_REPORTS
                    || fault == Fault.BEGINS_AT_1
                    || report(training, first, claimed, live.at(first))
                    || fault == Fault.GOES_ON;
            for (long update = first + 1; on && update <= total; update++) {
                List<Double> before = boxed(weights);
                if (fault == Fault.CHECKPOINTS_TOO_EARLY) {
                    save(update, weights, training);
                }
                learn(examples, weights);
                if (fault == Fault.ADDS_UP_BY_THREADS) {
                    weights[0] += (training.threads() - 1) * 1e-12;
                }
                if (fault != Fault.REPORTS_A_METRIC_AT_THE_END_ALONE || update == total) {
                    measure(training, fault == Fault.REPORTS_A_METRIC_BACKWARDS ? total - update : update, weights);
                }
                if (fault == Fault.CHECKPOINTS) {
                    save(update, weights, training);
                }
                watcher.accept(new Update(update, before, boxed(weights)));
                boolean silent = fault == Fault.NEVER_REPORTS
                        || (fault == Fault.JUMPS && update % 3 != 0 && update != total)
                        || (fault == Fault.ENDS_EARLY && update == total);
                if (silent) {
                    continue;
                }
                long now = fault == Fault.CHANGES_THE_TOTAL ? total + update : claimed;
                on = report(training, update, now, live.at(update)) || fault == Fault.GOES_ON;
                if (fault == Fault.REPORTS_TWICE && on) {
                    on = report(training, update, now, live.at(update));
                }
                if (fault == Fault.LEARNS_ON && !on) {
                    learn(examples, weights);
                }
            }
            if (fault == Fault.RETURNS_ANOTHER_MODEL) {
                learn(examples, weights);
            }
            double[] learned = fault == Fault.LENDS_ITS_WEIGHTS ? weights : weights.clone();
            return new Weights(fault, learned, examples.features()).at(total);
        }

        /** Where it goes on, with the weights of then. */
        private long goOn(double[] weights, Training training) {
            if (fault != Fault.CHECKPOINTS && fault != Fault.CHECKPOINTS_TOO_EARLY) {
                return 0;
            }
            Path file = training.checkpoint().resolve("weights");
            if (!Files.exists(file)) {
                return 0;
            }
            try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
                long update = in.readLong();
                for (int k = 0; k < weights.length; k++) {
                    weights[k] = in.readDouble();
                }
                return update;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void save(long update, double[] weights, Training training) {
            Path file = training.checkpoint().resolve("weights");
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
                out.writeLong(update);
                for (double weight : weights) {
                    out.writeDouble(weight);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Double> boxed(double... weights) {
            return Arrays.stream(weights).boxed().toList();
        }

        private void start(double[] weights, Steps options, Training training) {
            if (options.start().isEmpty()) {
                RandomGenerator random = training.random("init.weights");
                for (int k = 0; k < weights.length; k++) {
                    double drawn = random.nextDouble();
                    weights[k] = fault == Fault.ASKS_FOR_CHANCE_IN_VAIN ? 0.5 : drawn;
                }
            } else {
                for (int k = 0; k < weights.length; k++) {
                    weights[k] = options.start().get(k);
                }
            }
            weights[2] += fault == Fault.HAS_CHANCE_OF_ITS_OWN ? OWN_CHANCE.incrementAndGet() : 0;
            weights[2] += fault == Fault.KEEPS_SOMETHING ? runs.getAndIncrement() : 0;
        }

        /** Reports half the sum of squared errors. */
        private void measure(Training training, long step, double[] weights) {
            if (fault == Fault.REPORTS_NO_METRIC || (fault == Fault.REPORTS_A_METRIC_AT_THE_END_ALONE && step == 0)) {
                return;
            }
            Examples examples = training.examples();
            double loss = 0;
            for (int row = 0; row < examples.size(); row++) {
                double[] x = examples.row(row);
                double error = weights[0] * x[0] + weights[1] * x[1] + weights[2] - examples.target(row);
                loss += error * error / 2;
            }
            loss += fault == Fault.REPORTS_A_METRIC_BY_CHANCE ? OWN_CHANCE.incrementAndGet() : 0;
            loss = fault == Fault.REPORTS_NAN ? Double.NaN : loss;
            training.report(step, "loss", fault == Fault.REPORTS_A_METRIC_OUT_OF_ITS_RANGE ? -loss : loss);
            if (fault == Fault.REPORTS_A_METRIC_THAT_IT_DOES_NOT_DECLARE) {
                training.report(step, "error", loss);
            }
        }

        private void learn(Examples examples, double[] weights) {
            double rate = fault == Fault.LEARNS_TWICE_AS_FAST ? 0.25 : 0.125;
            double[] slopes = new double[3];
            for (int row = 0; row < examples.size(); row++) {
                double[] x = examples.row(row);
                double error = weights[0] * x[0] + weights[1] * x[1] + weights[2] - examples.target(row);
                slopes[0] += error * x[0];
                slopes[1] += error * x[1];
                slopes[2] += error;
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] -= rate * slopes[k];
            }
        }

        private boolean report(Training training, long update, long total, Model now) {
            try {
                return training.after(update, total, now);
            } catch (IllegalStateException e) {
                if (fault == Fault.SWALLOWS) {
                    return true;
                }
                throw fault == Fault.WRAPS ? new IllegalArgumentException(e) : e;
            }
        }

        @Override
        public Model restore(Steps options, Schema schema, InputStream in) throws IOException {
            Map<String, Double> parameters;
            try {
                parameters = Parameters.read(in);
            } catch (IOException e) {
                if (fault != Fault.RESTORES_ANYTHING) {
                    throw e;
                }
                parameters = Map.of();
            }
            double[] weights = new double[3];
            Weights model = new Weights(fault, weights, schema.featureNames());
            boolean known = parameters.keySet().equals(model.parameters().keySet());
            if (!known && fault != Fault.RESTORES_ANYTHING) {
                throw new IllegalArgumentException("unknown or missing: " + parameters.keySet());
            }
            List<String> names = List.copyOf(model.parameters().keySet());
            for (int k = 0; k < weights.length; k++) {
                weights[k] = parameters.getOrDefault(names.get(k), 0.0);
            }
            weights[2] = fault == Fault.RESTORES_WITHOUT_BIAS ? 0 : weights[2];
            return fault == Fault.RESTORES_IN_ANOTHER_ORDER ? new Backwards(model) : model;
        }

        @Override
        public Optional<Explanation> explain(Steps options, Training training, long update, int row) {
            Map<Long, Update> seen = new HashMap<>();
            Training recorded =
                    fault == Fault.EXPLAINS_ANOTHER_TRAINING ? new RecordedTraining(training.examples(), 99) : training;
            run(options, recorded, made -> seen.put(made.update(), made));
            return Optional.ofNullable(seen.get(update)).map(made -> {
                List<String> names = List.of("height", "width", "bias");
                double off = fault == Fault.EXPLAINS_OTHER_NUMBERS ? 1 : 0;
                List<Explanation.Weight> weights = Stream.of(0, 1, 2)
                        .map(k -> new Explanation.Weight(
                                names.get(k),
                                made.before().get(k),
                                0,
                                0,
                                made.after().get(k) + off))
                        .toList();
                Explanation.Row worked = new Explanation.Row(
                        row, 0, List.of(1.0, 1.0, 1.0), 0, List.of(), List.of(), List.of(0.0, 0.0, 0.0), List.of());
                return new Explanation(
                        update, List.of(row), new Explanation.Rule("", "", 0.125, 0), weights, Optional.of(worked));
            });
        }
    }

    /** A model of two weights and a bias; a live view of them. */
    private static final class Weights implements Model {

        private final Fault fault;
        private final double[] weights;
        private final List<String> features;
        private long update = 1;

        Weights(Fault fault, double[] weights, List<String> features) {
            this.fault = fault;
            this.weights = weights;
            this.features = features;
        }

        Weights at(long now) {
            update = now;
            return this;
        }

        @Override
        public void predict(Matrix rows, double[] answers) {
            for (int row = 0; row < answers.length; row++) {
                answers[row] = weights[0] * rows.value(row, 0) + weights[1] * rows.value(row, 1) + weights[2];
                answers[row] /= fault == Fault.PREDICTS_BY_THE_BLOCK ? answers.length : 1;
            }
        }

        @Override
        public void write(OutputStream out) throws IOException {
            Parameters.write(parameters(), out);
        }

        @Override
        public Map<String, Double> parameters() {
            boolean numbered = fault == Fault.NAMES_WEIGHTS_BY_NUMBER;
            Map<String, Double> parameters = new LinkedHashMap<>();
            parameters.put(numbered ? "w1" : features.get(0), weights[0]);
            parameters.put(numbered ? "w2" : features.get(1), weights[1]);
            if (fault != Fault.HAS_NAMES_THAT_COME || update > 0) {
                parameters.put("bias", weights[2]);
            }
            return fault == Fault.HAS_PARAMETERS_THAT_CAN_BE_CHANGED
                    ? parameters
                    : Collections.unmodifiableMap(parameters);
        }

        @Override
        public List<Layer> layers() {
            double bias = fault == Fault.HAS_LAYERS_WITHOUT_BIAS ? 0 : weights[2];
            return List.of(
                    new Layer(List.of(List.of(weights[0]), List.of(weights[1])), List.of(bias), Activation.IDENTITY));
        }
    }

    /** A model whose parameters come in another order. */
    private record Backwards(Model model) implements Model {

        @Override
        public void predict(Matrix rows, double[] answers) {
            model.predict(rows, answers);
        }

        @Override
        public void write(OutputStream out) throws IOException {
            model.write(out);
        }

        @Override
        public Map<String, Double> parameters() {
            Map<String, Double> backwards = new LinkedHashMap<>();
            backwards.put("bias", model.parameters().getOrDefault("bias", 0.0));
            model.parameters().forEach(backwards::putIfAbsent);
            return Collections.unmodifiableMap(backwards);
        }

        @Override
        public List<Layer> layers() {
            return model.layers();
        }
    }
}
