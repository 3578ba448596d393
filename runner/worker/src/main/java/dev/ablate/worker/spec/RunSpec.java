package dev.ablate.worker.spec;

import dev.ablate.core.training.Decision;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run as data alone, which any process turns into the same {@link dev.ablate.worker.context.RunContext}.
 *
 * @param label its name in messages: {@code bias/seed=42}
 * @param key its identity
 * @param seed what every stream of chance of the run is derived from
 * @param dataset what opens the data
 * @param source the name of the data's source, as the spec has it
 * @param features the features it trains on, as the data have them, in order
 * @param prepare how they become numbers
 * @param split how rows are held back; empty: none are
 * @param scale how columns are scaled
 * @param trainer what trains
 * @param decision how a prediction becomes a class
 * @param stop when it ends early; empty: never
 * @param timeout after how long it fails, above 0; empty: never
 * @param weights whether weights are recorded by update
 * @param every record at multiples of this many updates; empty: the grid of at most 300 steps, fewer of many rows
 * @param metrics names of what it is measured by, in order
 * @param leaves what the key is a hash of, see {@link KeyText}, but for what the environment gives: that is sealed
 * @param params every resolved leaf that it depends on as canonical text, by dotted path
 * @param provenance what the process that submits it knows of code and machine, by name
 */
public record RunSpec(
        String label,
        RunKey key,
        long seed,
        PluginSpec dataset,
        String source,
        List<String> features,
        PrepareSettings prepare,
        Optional<SplitSettings> split,
        ScaleSettings scale,
        PluginSpec trainer,
        Decision decision,
        Optional<StopRule> stop,
        Optional<Duration> timeout,
        boolean weights,
        OptionalLong every,
        List<String> metrics,
        String leaves,
        Map<String, String> params,
        Map<String, String> provenance) {

    /** Copies the collections, keeping their order. */
    public RunSpec {
        features = List.copyOf(features);
        metrics = List.copyOf(metrics);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }
}
