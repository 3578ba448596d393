package dev.ablate.engine.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run, complete: training it is a pure function of this value.
 *
 * @param variant the variant's name
 * @param cell the swept leaves by dotted path, as canonical text, in the order written; empty without a sweep
 * @param seed what every stream of chance of the run is derived from
 * @param key its identity
 * @param dataset the opened data, all features and rows
 * @param features the features it trains on, in order
 * @param split how rows are held back; empty: none are
 * @param scale how columns are scaled
 * @param trainer what trains, with its options
 * @param decision how a prediction becomes a class
 * @param stop when it ends early; empty: never
 * @param timeout after how long it fails, above 0; empty: never; no part of what it is
 * @param weights whether weights are recorded by update
 * @param every record at multiples of this many updates; empty: the grid of at most 300 steps
 * @param metrics what it is measured by, on each part of its data
 * @param leaves what the key is a hash of, with the hashes of data, files and plugins, see {@link KeyText}
 * @param params every resolved leaf that it depends on as canonical text, by dotted path: {@code trainer.learning_rate -> 0.05}
 */
public record PlannedRun(
        String variant,
        Map<String, String> cell,
        long seed,
        RunKey key,
        Dataset dataset,
        List<String> features,
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

    /** Copies list and maps, keeping their order. */
    public PlannedRun {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
        features = List.copyOf(features);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * What the data call the classes that predictions are decided to be.
     *
     * @throws IllegalStateException for regression
     */
    public List<String> labels(List<Double> predictions) {
        return predictions.stream()
                .map(prediction -> dataset.label(decision.classOf(prediction)))
                .toList();
    }

    /** The group that it belongs to in a comparison, all but the seed: {@code bias/learning_rate=0.01}. */
    public String group() {
        return cell.isEmpty() ? variant : variant + "/" + cellLabel(cell);
    }

    /** What it shares with the runs that it is compared with. */
    public Pair pair() {
        return Pair.of(seed);
    }

    /** {@code bias/seed=42}: its name in messages and where it is delivered. */
    public String label() {
        return group() + "/" + pair().label();
    }

    /** {@code learning_rate=0.01, epochs=100}: a cell by the last words of its paths, or whole paths where these are alike. */
    public static String cellLabel(Map<String, String> cell) {
        List<String> names = leafNames(List.copyOf(cell.keySet()));
        List<String> values = List.copyOf(cell.values());
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + "=" + values.get(i))
                .collect(Collectors.joining(", "));
    }

    /** The last words of paths, {@code learning_rate}, or whole paths where these are alike. */
    public static List<String> leafNames(List<String> paths) {
        List<String> words = paths.stream().map(PlannedRun::lastWord).toList();
        return paths.stream()
                .map(path -> Collections.frequency(words, lastWord(path)) == 1 ? lastWord(path) : path)
                .toList();
    }

    /** {@code learning_rate} of {@code trainer.learning_rate}. */
    public static String lastWord(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
