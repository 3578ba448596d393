package dev.ablate.engine.compare;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.Spec.SameWithin;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.Plan.ComparedMetric;
import dev.ablate.engine.plan.Plan.Difference;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.plan.RunSources;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.MeasuredMetric.Part;
import dev.ablate.worker.spec.PrepareSettings;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A plan on the OR gate and how its runs came out, made up line by line. */
public final class Trial {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private static final Dataset OR = Dataset.classification(
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 1}),
            "or",
            "Shukla and Iriondo");

    private String name = "trial";
    private String description = "";
    private Dataset dataset = OR;
    private final List<String> variants;
    private String baseline;
    private List<Long> seeds = List.of(1L);
    private List<Map<String, String>> cells = List.of(Map.of());
    private Map<String, String> cell = Map.of();
    private TestChoice test = TestChoice.PAIRED_PERMUTATION;
    private Optional<SplitSettings> split = Optional.empty();
    private int testRows;
    private ScaleSettings scale = ScaleSettings.NONE;
    private long updates = 10_000;
    private final Map<RunKey, Map<String, Double>> raw = new LinkedHashMap<>();
    private final List<ComparedMetric> metrics = new ArrayList<>();
    private List<List<Double>> predict = List.of();
    private final List<Difference> differences = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<RunKey, List<List<Double>>> predictions = new LinkedHashMap<>();

    /** Variants in order; the first is the baseline until another is named. */
    public Trial(String... variants) {
        this.variants = List.of(variants);
        this.baseline = variants[0];
    }

    public Trial named(String words, String description) {
        this.name = words;
        this.description = description;
        return this;
    }

    public Trial on(Dataset data) {
        dataset = data;
        return this;
    }

    public Trial against(String variant) {
        baseline = variant;
        return this;
    }

    public Trial seeds(Long... numbers) {
        seeds = List.of(numbers);
        return this;
    }

    /** A sweep of one leaf; what follows comes out in the first cell until {@link #in} says another. */
    public Trial sweep(String path, String... values) {
        cells = Stream.of(values).map(value -> Map.of(path, value)).toList();
        cell = cells.get(0);
        return this;
    }

    public Trial in(int index) {
        cell = cells.get(index);
        return this;
    }

    /** Splits whose training parts overlap, and the test for them; the test part is measured. */
    public Trial held(int rows) {
        testRows = rows;
        test = TestChoice.CORRECTED_RESAMPLED_T;
        return this;
    }

    /** How rows are held back; the test part is measured. */
    public Trial split(SplitSettings settings) {
        split = Optional.of(settings);
        testRows = Math.max(
                1, (int) Math.round(settings.test() * dataset.examples().size()));
        return this;
    }

    public Trial test(TestChoice choice) {
        test = choice;
        return this;
    }

    /** How features were scaled. */
    public Trial scaled(ScaleSettings.Method features) {
        scale = new ScaleSettings(features, ScaleSettings.Method.NONE);
        return this;
    }

    /** After how many updates the runs that come out next were finished. */
    public Trial updates(long number) {
        updates = number;
        return this;
    }

    /** Numbers of the run that came out last, for data in raw units. */
    public Trial raw(Map<String, Double> numbers) {
        raw.put(outcomes.get(outcomes.size() - 1).run().key(), numbers);
        return this;
    }

    public Trial metric(String name, Goal goal, String sameWithin) {
        boolean percent = sameWithin.endsWith("%");
        Optional<SameWithin> same = sameWithin.isEmpty()
                ? Optional.empty()
                : Optional.of(new SameWithin(
                        Position.ofOption("test"), Double.parseDouble(sameWithin.replace("%", "")), percent));
        metrics.add(new ComparedMetric(MeasuredMetric.of(testRows > 0 ? Part.TEST : Part.TRAIN, name), goal, same));
        return this;
    }

    public Trial mse() {
        return metric("mse", Goal.MINIMIZE, "");
    }

    public Trial predict(List<List<Double>> rows) {
        predict = rows;
        return this;
    }

    public Trial differs(String path, Map<String, String> values) {
        differences.add(new Difference(path, values));
        return this;
    }

    /** A run whose only metric is {@code train/mse}. */
    public Trial mse(String variant, long seed, double value) {
        return finished(variant, seed, false, Map.of("train/mse", value), Map.of(), List.of());
    }

    /** A run without chance whose only metric is {@code train/mse}. */
    public Trial fixed(String variant, double value) {
        return finished(variant, seeds.get(0), true, Map.of("train/mse", value), Map.of(), List.of());
    }

    public Trial finished(
            String variant,
            long seed,
            boolean deterministic,
            Map<String, Double> metrics,
            Map<String, Double> parameters,
            List<Double> answers) {
        PlannedRun run = run(variant, seed);
        predictions.put(run.key(), answers.stream().map(List::of).toList());
        return ended(run, RunStatus.FINISHED, Optional.empty(), deterministic, updates, metrics, parameters, false);
    }

    public Trial failed(String variant, long seed, long updates, String error) {
        return ended(
                run(variant, seed), RunStatus.FAILED, Optional.of(error), false, updates, Map.of(), Map.of(), false);
    }

    /** A failure without chance, which stands for every seed. */
    public Trial failedAlways(String variant) {
        return ended(
                run(variant, seeds.get(0)),
                RunStatus.FAILED,
                Optional.of("failed"),
                true,
                0,
                Map.of(),
                Map.of(),
                false);
    }

    public Trial killed(String variant, long seed) {
        return ended(run(variant, seed), RunStatus.KILLED, Optional.empty(), false, 50, Map.of(), Map.of(), false);
    }

    /** Says that all that came out so far was there before. */
    public Trial reused() {
        outcomes.replaceAll(outcome -> new Outcome(outcome.run(), outcome.record(), true));
        return this;
    }

    public Comparison compare() {
        return Comparison.of(plan(), outcomes, predictions, raw, outcome -> Optional.empty());
    }

    private Plan plan() {
        List<PlannedRun> runs = seeds.stream()
                .flatMap(seed ->
                        cells.stream().flatMap(each -> variants.stream().map(variant -> run(variant, each, seed))))
                .toList();
        return new Plan(
                name,
                description,
                "0123456789abcdef".repeat(4),
                dataset,
                variants,
                cells,
                baseline,
                seeds,
                runs,
                metrics,
                test,
                true,
                dataset.examples().features(),
                predict,
                differences,
                new Spec.Run(Optional.of(1), false, 200, Optional.empty()),
                new Spec.Track(true, Optional.empty(), true, OptionalLong.empty()),
                "version: 1\n",
                List.of());
    }

    private PlannedRun run(String variant, long seed) {
        return run(variant, cell, seed);
    }

    private PlannedRun run(String variant, Map<String, String> inCell, long seed) {
        long number = (cells.indexOf(inCell) * 1000L + variants.indexOf(variant)) * 1000L + seed;
        return new PlannedRun(
                variant,
                inCell,
                RunSources.of("none", "untrained"),
                new RunContext(
                        PlannedRun.label(variant, inCell, Pair.of(seed)),
                        seed,
                        new RunKey(String.format(Locale.ROOT, "%064x", number)),
                        Preparation.of(dataset, dataset.examples().features(), PrepareSettings.DEFAULT),
                        split,
                        scale,
                        new Untrained(),
                        Decision.DEFAULT,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        OptionalLong.empty(),
                        TestPlugins.METRICS.fitting(dataset.task()),
                        "",
                        Map.of()));
    }

    private Trial ended(
            PlannedRun run,
            RunStatus status,
            Optional<String> error,
            boolean deterministic,
            long updates,
            Map<String, Double> metrics,
            Map<String, Double> parameters,
            boolean reused) {
        RunRecord record = new RunRecord(
                outcomes.size() + 1L,
                run.key(),
                RunKey.RESULTS,
                status,
                error,
                deterministic,
                START,
                Optional.of(START.plusSeconds(1)),
                updates,
                false,
                dataset.examples().size() - testRows,
                testRows,
                Map.of(),
                metrics,
                parameters,
                Optional.empty());
        outcomes.add(new Outcome(run, record, reused));
        return this;
    }

    /** Nothing is trained here. */
    private record Untrained() implements BoundTrainer {

        @Override
        public String plugin() {
            return "untrained";
        }

        @Override
        public Record options() {
            return new NoOptions();
        }

        @Override
        public boolean oneAtATime() {
            return false;
        }

        @Override
        public Model train(Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Model restore(Schema schema, InputStream in) {
            throw new UnsupportedOperationException();
        }
    }
}
