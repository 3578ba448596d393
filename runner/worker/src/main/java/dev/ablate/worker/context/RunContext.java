package dev.ablate.worker.context;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.StopRule;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run, alive and complete: training it is a pure function of this value.
 *
 * @param label its name in messages: {@code bias/seed=42}
 * @param seed what every stream of chance of the run is derived from
 * @param key its identity
 * @param preparation how the opened data become the columns of numbers that it trains on
 * @param split how rows are held back; empty: none are
 * @param scale how columns are scaled
 * @param trainer what trains, with its options
 * @param decision how a prediction becomes a class
 * @param stop when it ends early; empty: never
 * @param timeout after how long it fails, above 0; empty: never; no part of what it is
 * @param weights whether weights are recorded by update
 * @param every record at multiples of this many updates; empty: the grid of at most 300 steps, fewer of many rows
 * @param metrics what it is measured by, on each part of its data
 * @param leaves what the key is a hash of, with the hashes of data, files and plugins, see {@link dev.ablate.worker.spec.KeyText}
 * @param params every resolved leaf that it depends on as canonical text, by dotted path: {@code trainer.learning_rate -> 0.05}
 */
public record RunContext(
        String label,
        long seed,
        RunKey key,
        Preparation preparation,
        Optional<SplitSettings> split,
        ScaleSettings scale,
        BoundTrainer trainer,
        Decision decision,
        Optional<StopRule> stop,
        Optional<Duration> timeout,
        boolean weights,
        OptionalLong every,
        Metrics metrics,
        String leaves,
        Map<String, String> params) {

    /** Copies the map, keeping its order. */
    public RunContext {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** What its variant is called. */
    public String variant() {
        return variant(label);
    }

    /** What the variant of a run of this label is called: no name of one has a slash. */
    static String variant(String label) {
        int slash = label.indexOf('/');
        return slash < 0 ? label : label.substring(0, slash);
    }

    /** The prepared data, fitted on all rows; with all features of the opened data where nothing is prepared. */
    public Dataset dataset() {
        return preparation.dataset();
    }

    /** The columns that it trains on, in order. */
    public List<String> features() {
        return preparation.columns();
    }
}
