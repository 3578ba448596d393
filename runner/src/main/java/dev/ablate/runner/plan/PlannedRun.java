package dev.ablate.runner.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.training.Decision;
import dev.ablate.runner.catalog.BoundTrainer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One run, complete: training it is a pure function of this value.
 *
 * @param variant the variant's name
 * @param seed what every stream of chance of the run is derived from
 * @param key its identity
 * @param dataset the opened data, all features
 * @param features the features it trains on, in order
 * @param trainer what trains, with its options
 * @param decision how a prediction becomes a class
 * @param weights whether weights are recorded by update
 * @param every record at multiples of this many updates; empty: the grid of at most 300 steps
 * @param params every resolved leaf that it depends on as canonical text, by dotted path: {@code trainer.learning_rate -> 0.05}
 */
public record PlannedRun(
        String variant,
        long seed,
        RunKey key,
        Dataset dataset,
        List<String> features,
        BoundTrainer trainer,
        Decision decision,
        boolean weights,
        OptionalLong every,
        Map<String, String> params) {

    /** Copies list and map, keeping their order. */
    public PlannedRun {
        features = List.copyOf(features);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The group that it belongs to in a comparison: all but the seed. */
    public String cell() {
        return variant;
    }

    /** {@code bias/seed=42}: its name in messages and in MLflow. */
    public String label() {
        return cell() + "/seed=" + seed;
    }
}
