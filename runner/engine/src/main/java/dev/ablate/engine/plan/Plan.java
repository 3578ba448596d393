package dev.ablate.engine.plan;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.metric.Goal;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.worker.prepare.RowEncoding.Input;
import dev.ablate.worker.spec.MeasuredMetric;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that will be run and compared, checked; nothing downstream looks back at YAML.
 *
 * @param name the comparison's name
 * @param description may be empty
 * @param key SHA-256 of what is compared, without seeds: 64 lower-case hex digits
 * @param dataset the opened data; of the first cell, where the sweep changes it
 * @param variants names in the order written, at least one
 * @param cells the swept leaves by dotted path as canonical text, one map a cell, in order; without a sweep one empty map
 * @param baseline the variant that the others are compared with
 * @param seeds in the order written
 * @param runs by seed first, then by fold, then by cell, then by variant, each in the order written
 * @param metrics what is compared, the primary one first
 * @param test which test compares them
 * @param corrected whether p-values are corrected for the number of comparisons (Holm)
 * @param across which swept leaf is the data set, where there is one answer over all of them
 * @param bayes whether the posterior of the correlated Bayesian t test is shown, too
 * @param features the feature names of a row to predict, in order
 * @param predict rows to predict in raw units, each of the width of {@code features}; of a feature of categories the index of one, and
 *     NaN where a value is missing
 * @param differences the resolved leaves in which the variants differ, in order
 * @param settings how it is run
 * @param launching where it is trained; empty: by threads of this process
 * @param track what is tracked, and where
 * @param resolved the spec with all layers applied, as YAML, {@code ${env:}} unexpanded: what is logged
 * @param warnings what a person should know
 */
public record Plan(
        String name,
        String description,
        String key,
        Dataset dataset,
        List<String> variants,
        List<Map<String, String>> cells,
        String baseline,
        List<Long> seeds,
        List<PlannedRun> runs,
        List<ComparedMetric> metrics,
        TestChoice test,
        boolean corrected,
        Optional<Across> across,
        boolean bayes,
        List<String> features,
        List<List<Double>> predict,
        List<Difference> differences,
        Spec.Run settings,
        Optional<Launching> launching,
        Spec.Track track,
        String resolved,
        List<Problem> warnings) {

    /** Copies the lists. */
    public Plan {
        variants = List.copyOf(variants);
        cells = cells.stream()
                .map(cell -> Collections.unmodifiableMap(new LinkedHashMap<>(cell)))
                .toList();
        seeds = List.copyOf(seeds);
        runs = List.copyOf(runs);
        metrics = List.copyOf(metrics);
        features = List.copyOf(features);
        predict = List.copyOf(predict);
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
    }

    /** One that is trained in this process, without an answer over data sets. */
    public Plan(
            String name,
            String description,
            String key,
            Dataset dataset,
            List<String> variants,
            List<Map<String, String>> cells,
            String baseline,
            List<Long> seeds,
            List<PlannedRun> runs,
            List<ComparedMetric> metrics,
            TestChoice test,
            boolean corrected,
            List<String> features,
            List<List<Double>> predict,
            List<Difference> differences,
            Spec.Run settings,
            Spec.Track track,
            String resolved,
            List<Problem> warnings) {
        this(
                name,
                description,
                key,
                dataset,
                variants,
                cells,
                baseline,
                seeds,
                runs,
                metrics,
                test,
                corrected,
                Optional.empty(),
                false,
                features,
                predict,
                differences,
                settings,
                Optional.empty(),
                track,
                resolved,
                warnings);
    }

    /** What the values of a row to predict are. */
    public RowInputs inputs() {
        List<Column> columns =
                runs.isEmpty() ? List.of() : runs.get(0).opened().schema().features();
        return new RowInputs(features.stream()
                .map(name -> new Input(
                        name,
                        columns.stream()
                                .filter(column -> column.name().equals(name))
                                .map(Column::categories)
                                .findFirst()
                                .orElse(List.of())))
                .toList());
    }

    /** What is known of the metrics that its runs have. */
    public KnownMetrics knownMetrics() {
        return KnownMetrics.of(runs);
    }

    /** Into how many folds each seed cuts the rows; 0 where it does not. */
    public int folds() {
        return runs.stream()
                .flatMap(run -> run.split().flatMap(SplitSettings::fold).stream())
                .mapToInt(Fold::of)
                .findFirst()
                .orElse(0);
    }

    /** What runs of different variants share that are compared with one another, in order. */
    public List<Pair> pairs() {
        int folds = folds();
        return seeds.stream()
                .flatMap(seed -> folds == 0
                        ? Stream.of(Pair.of(seed))
                        : IntStream.rangeClosed(1, folds).mapToObj(fold -> Pair.of(seed, fold)))
                .toList();
    }

    /** The primary metric. */
    public ComparedMetric primary() {
        return metrics.get(0);
    }

    /**
     * A metric that is compared.
     *
     * @param metric which
     * @param goal which way is better
     * @param sameWithin how close counts as the same
     */
    public record ComparedMetric(MeasuredMetric metric, Goal goal, Optional<Spec.SameWithin> sameWithin) {}

    /**
     * A leaf in which variants differ.
     *
     * @param path dotted
     * @param values by variant, as canonical text; a variant that does not have the leaf is absent
     */
    public record Difference(String path, Map<String, String> values) {
        /** Copies the map, keeping its order. */
        public Difference {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
