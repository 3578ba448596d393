package dev.ablate.engine.compare.across;

import dev.ablate.core.metric.Goal;
import dev.ablate.engine.compare.Clusters;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Measure;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Across;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.TestChoice;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Runs of variants on data sets, made up value by value; the first variant is the baseline. */
public final class Table {

    /** What is compared where nothing else is said. */
    public static final String ACCURACY = "accuracy";

    private final List<Observation> runs = new ArrayList<>();
    private final List<String> variants;
    private TestChoice test = TestChoice.WILCOXON;
    private Measure measure = new Measure(ACCURACY, Goal.MAXIMIZE, Optional.empty());
    private KnownMetrics known = new KnownMetrics(TestPlugins.METRICS, List.of());

    public Table(String... variants) {
        this.variants = List.of(variants);
    }

    public Table by(TestChoice chosen) {
        test = chosen;
        return this;
    }

    public Table on(Measure metric, KnownMetrics metrics) {
        measure = metric;
        known = metrics;
        return this;
    }

    /** One value a variant on a data set, with seed 1. */
    public Table row(String dataSet, double... values) {
        for (int i = 0; i < values.length; i++) {
            run(variants.get(i), Map.of("dataset.file", dataSet), 1, RunStatus.FINISHED, values[i]);
        }
        return this;
    }

    public Table run(String variant, Map<String, String> cell, long seed, RunStatus status, double value) {
        runs.add(new Observation(
                variant,
                cell,
                Pair.of(seed),
                Optional.empty(),
                status,
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Double.isNaN(value) ? Map.of() : new LinkedHashMap<>(Map.of(measure.name(), value)),
                Map.of()));
        return this;
    }

    public Findings findings() {
        return Findings.of(
                new Question(
                        "table",
                        variants,
                        variants.get(0),
                        runs.stream().map(Observation::cell).distinct().toList(),
                        runs.stream().map(Observation::pair).distinct().toList(),
                        List.of(measure),
                        TestChoice.PAIRED_PERMUTATION,
                        OptionalDouble.empty(),
                        known,
                        Map.of(),
                        true,
                        Optional.of(new Across("dataset.file", test)),
                        Clusters.NONE,
                        false),
                runs);
    }

    public Overall overall() {
        return Overall.of(findings()).orElseThrow();
    }

    /** What comes to the first variant beside the baseline. */
    public AcrossEffect first() {
        return overall().effects().get(0);
    }
}
