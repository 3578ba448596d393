package dev.ablate.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Task;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every trainer keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * final class MajorityTest extends TrainerContract<MajorityOptions> {
 *     @Override
 *     protected Trainer<MajorityOptions> trainer() {
 *         return new Majority();
 *     }
 *
 *     @Override
 *     protected MajorityOptions options(long updates) {
 *         return new MajorityOptions(updates);
 *     }
 * }
 * }</pre>
 *
 * @param <O> the options record
 */
public abstract class TrainerContract<O extends Record> {

    private static final Examples EXAMPLES = Examples.of(
            List.of("height", "width"),
            new double[] {0.5, -1.25, 2, 0.75, -0.5, 1.5, 1, 0.25, -1.75, -0.375},
            new double[] {1, 0, 1, 1, 0});

    private static final String[] CLASSES = {"small", "wide", "high"};

    /** The same rows, each of one of three classes. */
    private static final Examples OF_CLASSES =
            Examples.of(EXAMPLES.features(), EXAMPLES.rows(), new double[] {2, 0, 2, 1, 0});

    /** A new trainer. */
    protected abstract Trainer<O> trainer();

    /**
     * What is learned: any number, or {@link Task#CLASSES}, which are three.
     *
     * <p>A trainer that learns both has a test for each.
     */
    protected Task task() {
        return Task.REGRESSION;
    }

    /**
     * Options of a run of so many updates; if the trainer can, with a drawn start and a drawn order of rows.
     *
     * @param updates 0 to 20; options without a length, as those of a trainer that learns in one go, are equal for each
     */
    protected abstract O options(long updates);

    /** Constructions that must be refused, by the name of the option that the reason is about; there may be none. */
    protected Map<String, Supplier<O>> refused() {
        return Map.of();
    }

    /**
     * Options of one update over all rows for a single neuron from a given start.
     *
     * @param bias empty: a neuron without a bias
     * @return empty if the trainer has no such neuron, activation or loss
     */
    protected Optional<O> oneUpdate(
            Activation activation, Loss loss, double learningRate, List<Double> weights, Optional<Double> bias) {
        return Optional.empty();
    }

    @Test
    final void fitsWhatItLearns() {
        assertTrue(trainer().fits(task()), "what is learned is refused");
    }

    @Test
    final void isEqualToTheBitForOneSeed() {
        Run one = train(recorded(7));
        Run other = train(recorded(7));
        assertEquals(one.training.calls(), other.training.calls());
        assertEquals(one.training.reports(), other.training.reports());
        assertEquals(one.model.parameters(), other.model.parameters());
        assertEquals(one.predictions(), other.predictions());
    }

    @Test
    final void differsBetweenSeedsExactlyIfItDraws() {
        Run one = train(recorded(7));
        Run other = train(recorded(8));
        assertEquals(one.training.streams(), other.training.streams());
        if (one.training.streams().isEmpty()) {
            assertEquals(one.training.calls(), other.training.calls());
        } else {
            assertNotEquals(one.training.calls(), other.training.calls());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    final void isEqualToTheBitForAnyNumberOfThreads(int threads) {
        Run one = train(recorded(7));
        Run several = train(recorded(7).threads(threads));
        assertEquals(one.training.calls(), several.training.calls());
        assertEquals(one.predictions(), several.predictions());
    }

    @Test
    final void isEqualToTheBitInParallel() {
        Trainer<O> trainer = trainer();
        List<Run> alone = LongStream.range(0, 16)
                .mapToObj(seed -> train(trainer(), 20, recorded(seed)))
                .toList();
        List<Run> together = LongStream.range(0, 16)
                .parallel()
                .mapToObj(seed -> train(trainer, 20, recorded(seed)))
                .toList();
        for (int seed = 0; seed < 16; seed++) {
            assertEquals(
                    alone.get(seed).training.calls(),
                    together.get(seed).training.calls());
            assertEquals(alone.get(seed).predictions(), together.get(seed).predictions());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 20})
    final void reportsUpdatesUpToTheTotal(long updates) {
        List<RecordedTraining.Call> calls =
                train(trainer(), updates, recorded(7)).training.calls();
        assertFalse(calls.isEmpty(), "it reports nothing");
        long total = calls.get(0).total();
        if (hasALength()) {
            assertEquals(updates, total, "the total");
            assertEquals(0, calls.get(0).update(), "its first update");
        }
        assertTrue(calls.get(0).update() >= 0, "its first update");
        for (int k = 1; k < calls.size(); k++) {
            assertTrue(
                    calls.get(k).update() > calls.get(k - 1).update(),
                    "update " + calls.get(k).update() + " after update "
                            + calls.get(k - 1).update());
            assertEquals(total, calls.get(k).total(), "the total");
        }
        assertEquals(total, calls.get(calls.size() - 1).update(), "its last update");
    }

    @Test
    final void returnsTheModelOfItsLastUpdate() {
        Run run = train(recorded(7));
        assertEquals(run.lastCall().parameters(), run.model.parameters());
        assertEquals(run.lastCall().predictions(), run.predictions());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 13})
    final void stopsWhereItIsAskedTo(long update) {
        Run whole = train(recorded(7));
        Run stopped = train(recorded(7).stopAt(update));
        List<RecordedTraining.Call> expected = new ArrayList<>();
        for (RecordedTraining.Call call : whole.training.calls()) {
            expected.add(call);
            if (call.update() >= update) {
                break;
            }
        }
        assertEquals(expected, stopped.training.calls());
        assertEquals(stopped.lastCall().parameters(), stopped.model.parameters());
        assertEquals(stopped.lastCall().predictions(), stopped.predictions());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20})
    final void declaresItsOwnMetricsFromEqualOptionsAlike(long updates) {
        List<ReportedMetric> declared = declared(updates);
        assertEquals(declared, declared(updates));
        assertEquals(
                declared.size(),
                declared.stream().map(ReportedMetric::name).distinct().count(),
                "a metric is declared twice: " + declared);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20})
    final void reportsTheMetricsThatItDeclares(long updates) {
        assertReports(declared(updates), train(trainer(), updates, recorded(7)).training);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 13})
    final void reportsTheMetricsThatItDeclaresWhereItIsStopped(long update) {
        assertReports(declared(20), train(recorded(7).stopAt(update)).training);
    }

    private List<ReportedMetric> declared(long updates) {
        return options(updates) instanceof ReportsMetrics reporting ? reporting.reportedMetrics() : List.of();
    }

    private static void assertReports(List<ReportedMetric> declared, RecordedTraining training) {
        Map<String, Long> steps = new HashMap<>();
        Map<String, ReportedMetric> known = new HashMap<>();
        declared.forEach(metric -> known.put(metric.name(), metric));
        for (RecordedTraining.Report report : training.reports()) {
            ReportedMetric metric = known.get(report.name());
            assertNotNull(metric, report.name() + " is reported, and its options do not declare it");
            assertTrue(Double.isFinite(report.value()), report.toString());
            assertTrue(metric.range().contains(report.value()), report + " is not in " + metric.range());
            long before = steps.getOrDefault(report.name(), -1L);
            assertTrue(report.step() > before, report + " after step " + before);
            steps.put(report.name(), report.step());
        }
        assertEquals(known.keySet(), steps.keySet(), "what is declared, and what is reported");
    }

    @Test
    final void letsAnExceptionOfTheRunnerPass() {
        IllegalStateException interrupted = new IllegalStateException("interrupted");
        Training training = new ForwardingTraining(recorded(7)) {
            @Override
            public boolean after(long update, long total, Model now) {
                if (update >= Math.min(3, total)) {
                    throw interrupted;
                }
                return super.after(update, total, now);
            }
        };
        assertEquals(interrupted, assertThrows(Throwable.class, () -> trainer().train(options(20), training)));
    }

    @Test
    final void returnsAModelThatNeverChanges() {
        Trainer<O> trainer = trainer();
        Run first = train(trainer, 20, recorded(7));
        Map<String, Double> parameters = Map.copyOf(first.model.parameters());
        List<Double> predictions = first.predictions();
        train(trainer, 20, recorded(8));
        assertEquals(parameters, first.model.parameters());
        assertEquals(predictions, first.predictions());
        assertThrows(
                UnsupportedOperationException.class,
                () -> first.model.parameters().replaceAll((name, value) -> 0.0));
    }

    @Test
    final void predictsARowTheSameAloneAndInABlock() {
        Run run = train(recorded(7));
        int outputs = outputs();
        for (int row = 0; row < EXAMPLES.size(); row++) {
            double[] answer = new double[outputs];
            run.model.predict(Matrix.of(EXAMPLES.width(), EXAMPLES.row(row)), answer);
            assertArrayEquals(run.answers(row), answer, 1e-12);
        }
    }

    @Test
    final void predictsEqualToTheBitWhenRestored() {
        for (int tie : new int[] {0, 1}) {
            Decision decision = new Decision(0.5, tie);
            Run run = train(recorded(7).with(decision));
            Model restored = assertDoesNotThrow(() -> restore(written(run.model)));
            assertEquals(run.predictions(), run.training.predictions(restored));
            assertEquals(
                    new ArrayList<>(run.model.parameters().entrySet()),
                    new ArrayList<>(restored.parameters().entrySet()),
                    "in the same order");
            assertEquals(run.model.layers(), restored.layers());
        }
    }

    @Test
    final void explainsTheUpdatesThatItMakes() {
        assumeTrue(trainer() instanceof Explains<?>, "does not explain");
        Explains<O> explaining = (Explains<O>) trainer();
        RecordedTraining training = train(recorded(7)).training;
        List<RecordedTraining.Call> calls = training.calls();
        assertTrue(calls.size() > 1, "there is no update to explain");
        for (int k : new int[] {1, 2, 13}) {
            if (k >= calls.size()) {
                continue;
            }
            RecordedTraining watched = recorded(7);
            Explanation explanation = explaining
                    .explain(options(20), watched, calls.get(k).update(), 0)
                    .orElseThrow(() -> new AssertionError("an update that it makes is not explained"));
            assertEquals(calls, watched.calls());
            Map<String, Double> before = new HashMap<>();
            Map<String, Double> after = new HashMap<>();
            for (Explanation.Weight weight : explanation.weights()) {
                before.put(weight.name(), weight.before());
                after.put(weight.name(), weight.after());
            }
            if (calls.get(k - 1).update() == calls.get(k).update() - 1) {
                assertEquals(calls.get(k - 1).parameters(), before);
            }
            assertEquals(calls.get(k).parameters(), after);
            assertEquals(explanation.rows().contains(0), explanation.row().isPresent());
        }
    }

    @Test
    final void refusesToRestoreAModelThatIsCutOff() {
        byte[] written = written(train(recorded(7)).model);
        for (int length = 0; length < written.length; length += Math.max(1, written.length / 50)) {
            byte[] cut = Arrays.copyOf(written, length);
            Throwable thrown =
                    assertThrows(Throwable.class, () -> restore(cut), length + " of " + written.length + " bytes");
            assertTrue(
                    thrown instanceof IOException || thrown instanceof IllegalArgumentException,
                    () -> "neither an IOException nor an IllegalArgumentException: " + thrown);
        }
    }

    @Test
    final void goesOnFromItsCheckpoint(@TempDir Path once, @TempDir Path twice) {
        Run whole = train(recorded(7).goingOnFrom(once));
        assumeTrue(whole.training.wasAskedForCheckpoint(), "goes on from nothing");
        RuntimeException interrupted = new IllegalStateException("interrupted");
        Training ended = new ForwardingTraining(recorded(7).goingOnFrom(twice)) {
            @Override
            public boolean after(long update, long total, Model now) {
                if (update >= Math.min(13, total)) {
                    throw interrupted;
                }
                return super.after(update, total, now);
            }
        };
        assertThrows(Throwable.class, () -> trainer().train(options(20), ended));
        Run resumed = train(recorded(7).goingOnFrom(twice));
        assertEquals(whole.model.parameters(), resumed.model.parameters());
        assertEquals(whole.predictions(), resumed.predictions());
    }

    @Test
    final void namesItsParametersTheSameInEveryUpdate() {
        Run run = train(recorded(7));
        for (RecordedTraining.Call call : run.training.calls()) {
            assertEquals(run.model.parameters().keySet(), call.parameters().keySet());
        }
    }

    @Test
    final void namesTheWeightsOfOneNeuronAfterItsFeatures() {
        Model model = train(recorded(7)).model;
        assumeTrue(model.layers().size() == 1, "not a single layer");
        Layer layer = model.layers().get(0);
        assumeTrue(layer.bias().size() == 1, "not a single neuron");
        List<String> names = new ArrayList<>(model.parameters().keySet());
        assertEquals(EXAMPLES.features(), names.subList(0, EXAMPLES.width()));
        assertTrue(Set.of("bias").containsAll(names.subList(EXAMPLES.width(), names.size())), names.toString());
        for (int i = 0; i < EXAMPLES.width(); i++) {
            assertEquals(
                    model.parameters().get(names.get(i)), layer.weights().get(i).get(0));
        }
        assertEquals(model.parameters().getOrDefault("bias", 0.0), layer.bias().get(0));
    }

    @Test
    final void hasLayersThatPredictTheSame() {
        Run run = train(recorded(7));
        assumeTrue(!run.model.layers().isEmpty(), "not made of dense layers");
        for (int row = 0; row < EXAMPLES.size(); row++) {
            double[] values = EXAMPLES.row(row);
            for (Layer layer : run.model.layers()) {
                values = forward(layer, values);
            }
            assertArrayEquals(run.answers(row), values, 1e-12);
        }
    }

    @Test
    final void answersWithinItsRange() {
        O options = options(20);
        assumeTrue(options instanceof LimitedAnswers, "answers any number");
        Optional<AnswerRange> range = ((LimitedAnswers) options).answerRange();
        for (RecordedTraining.Call call : train(recorded(7)).training.calls()) {
            for (double answer : call.predictions()) {
                assertTrue(range.isEmpty() || range.get().contains(answer), answer + " is not in " + range);
            }
        }
    }

    @Test
    final void refusesOptionsThatDoNotFitTogether() {
        refused().forEach((option, construction) -> {
            Refused refused = assertThrows(Refused.class, construction::get, option);
            assertTrue(
                    refused.all().stream().anyMatch(reason -> reason.option().equals(option)),
                    () -> option + " is not among the reasons: " + refused.getMessage());
            for (Refused.Reason reason : refused.all()) {
                assertFalse(reason.text().isBlank() || reason.text().endsWith("."), reason.toString());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyLossOfEveryActivation")
    final void makesTheUpdateOfTheFormula(Activation activation, Loss loss) {
        assumeTrue(task() == Task.REGRESSION, "of one answer a row");
        List<Double> weights = List.of(0.4, -0.3);
        double rate = 0.125;
        for (Optional<Double> bias : List.of(Optional.of(0.2), Optional.<Double>empty())) {
            Optional<O> options = oneUpdate(activation, loss, rate, weights, bias);
            assumeTrue(options.isPresent(), "not an option of this trainer");
            Model model = trainer().train(options.get(), recorded(7));
            Map<String, Double> expected = updated(activation, loss, rate, weights, bias);
            Map<String, Double> actual = model.parameters();
            assertEquals(expected.keySet(), actual.keySet());
            expected.forEach((name, value) -> assertEquals(value, actual.getOrDefault(name, Double.NaN), 1e-12, name));
        }
    }

    static Stream<Arguments> everyLossOfEveryActivation() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .flatMap(activation -> Stream.of(Loss.values())
                        .filter(loss -> loss.fits(activation))
                        .map(loss -> Arguments.of(activation, loss)));
    }

    // Written without Activation and Loss, so that a slip there is seen too.
    private static Map<String, Double> updated(
            Activation activation, Loss loss, double rate, List<Double> weights, Optional<Double> bias) {
        double[] slopes = new double[EXAMPLES.width()];
        double biasSlope = 0;
        for (int row = 0; row < EXAMPLES.size(); row++) {
            double[] x = EXAMPLES.row(row);
            double z = weights.get(0) * x[0] + weights.get(1) * x[1] + bias.orElse(0.0);
            double half = StrictMath.exp(z / 2);
            double answer = switch (activation) {
                case IDENTITY -> z;
                case SIGMOID -> half / (half + 1 / half);
                case TANH -> (half * half - 1 / half / half) / (half * half + 1 / half / half);
                case RELU -> Math.max(z, 0);
                case SOFTMAX, STEP -> throw new AssertionError("has no slope");
            };
            double slope = switch (activation) {
                case IDENTITY -> 1;
                case SIGMOID -> 1 / ((half + 1 / half) * (half + 1 / half));
                case TANH -> 4 / StrictMath.pow(half * half + 1 / half / half, 2);
                case RELU -> z > 0 ? 1 : 0;
                case SOFTMAX, STEP -> throw new AssertionError("has no slope");
            };
            double target = EXAMPLES.target(row);
            double rise = switch (loss) {
                case HALF_SSE -> answer - target;
                case SSE -> 2 * (answer - target);
                case MSE -> 2 * (answer - target) / EXAMPLES.size();
                case CROSS_ENTROPY -> ((1 - target) / (1 - answer) - target / answer) / EXAMPLES.size();
            };
            double pull = rise * slope;
            slopes[0] += pull * x[0];
            slopes[1] += pull * x[1];
            biasSlope += pull;
        }
        Map<String, Double> updated = new HashMap<>();
        updated.put("height", weights.get(0) - rate * slopes[0]);
        updated.put("width", weights.get(1) - rate * slopes[1]);
        if (bias.isPresent()) {
            updated.put("bias", bias.get() - rate * biasSlope);
        }
        return updated;
    }

    private static double[] forward(Layer layer, double[] inputs) {
        double[] answers = new double[layer.bias().size()];
        double[] sums = new double[answers.length];
        for (int unit = 0; unit < answers.length; unit++) {
            double z = layer.bias().get(unit);
            for (int i = 0; i < inputs.length; i++) {
                z += layer.weights().get(i).get(unit) * inputs[i];
            }
            sums[unit] = z;
        }
        layer.activation().ofRow(sums, answers, sums.length);
        return answers;
    }

    private static byte[] written(Model model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            model.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Model restore(byte[] written) throws IOException {
        return trainer().restore(options(20), recorded(7).schema(), new ByteArrayInputStream(written));
    }

    private RecordedTraining recorded(long seed) {
        return task() == Task.CLASSES
                ? new RecordedTraining(OF_CLASSES, seed).classes(CLASSES)
                : new RecordedTraining(EXAMPLES, seed);
    }

    /** How many numbers a row is answered by. */
    private int outputs() {
        return recorded(0).schema().outputs();
    }

    private Run train(RecordedTraining training) {
        return train(trainer(), 20, training);
    }

    private Run train(Trainer<O> trainer, long updates, RecordedTraining training) {
        Model model = trainer.train(options(updates), training);
        assertNotNull(model, "it returned no model");
        assertFalse(training.calls().isEmpty(), "it never called Training.after");
        return new Run(training, model);
    }

    /** Whether options say how many updates there are. */
    private boolean hasALength() {
        return !options(0).equals(options(20));
    }

    private record Run(RecordedTraining training, Model model) {

        List<Double> predictions() {
            return training.predictions(model);
        }

        double[] answers(int row) {
            int outputs = training.schema().outputs();
            return predictions().subList(row * outputs, (row + 1) * outputs).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        RecordedTraining.Call lastCall() {
            return training.calls().get(training.calls().size() - 1);
        }
    }
}
