package dev.ablate.engine.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.training.Decision;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.context.RunContext;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run of a plan: what is trained, and where it stands in the comparison.
 *
 * @param variant the variant's name
 * @param cell the swept leaves by dotted path, as canonical text, in the order written; empty without a sweep
 * @param sources what its dataset and trainer are made of
 * @param context what is trained; its label is {@link #label(String, Map, Pair)}
 */
public record PlannedRun(String variant, Map<String, String> cell, RunSources sources, RunContext context) {

    /** Copies the map, keeping its order. */
    public PlannedRun {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
    }

    /** See {@link RunContext#seed}. */
    public long seed() {
        return context.seed();
    }

    /** See {@link RunContext#key}. */
    public RunKey key() {
        return context.key();
    }

    /** The data as they were opened, before they are prepared. */
    public Dataset opened() {
        return context.preparation().raw();
    }

    /** See {@link RunContext#dataset}. */
    public Dataset dataset() {
        return context.dataset();
    }

    /** See {@link RunContext#features}. */
    public List<String> features() {
        return context.features();
    }

    /** See {@link RunContext#split}. */
    public Optional<SplitSettings> split() {
        return context.split();
    }

    /** See {@link RunContext#scale}. */
    public ScaleSettings scale() {
        return context.scale();
    }

    /** See {@link RunContext#trainer}. */
    public BoundTrainer trainer() {
        return context.trainer();
    }

    /** See {@link RunContext#decision}. */
    public Decision decision() {
        return context.decision();
    }

    /** See {@link RunContext#stop}. */
    public Optional<StopRule> stop() {
        return context.stop();
    }

    /** See {@link RunContext#timeout}. */
    public Optional<Duration> timeout() {
        return context.timeout();
    }

    /** See {@link RunContext#weights}. */
    public boolean weights() {
        return context.weights();
    }

    /** See {@link RunContext#every}. */
    public OptionalLong every() {
        return context.every();
    }

    /** See {@link RunContext#metrics}. */
    public Metrics metrics() {
        return context.metrics();
    }

    /** See {@link RunContext#leaves}. */
    public String leaves() {
        return context.leaves();
    }

    /** See {@link RunContext#params}. */
    public Map<String, String> params() {
        return context.params();
    }

    /**
     * What the data call the classes that rows are decided to be.
     *
     * @param predictions what answers each row: one number, or one a class
     * @throws IllegalStateException for regression
     */
    public List<String> labels(List<List<Double>> predictions) {
        return predictions.stream()
                .map(prediction -> dataset().label(decision().classOf(prediction)))
                .toList();
    }

    /** The group that it belongs to in a comparison, all but the seed: {@code bias/learning_rate=0.01}. */
    public String group() {
        return group(variant, cell);
    }

    private static String group(String variant, Map<String, String> cell) {
        return cell.isEmpty() ? variant : variant + "/" + cellLabel(cell);
    }

    /** What it shares with the runs that it is compared with. */
    public Pair pair() {
        return split().flatMap(SplitSettings::fold)
                .map(fold -> Pair.of(seed(), fold.number()))
                .orElse(Pair.of(seed()));
    }

    /** {@code bias/seed=42}: its name in messages and where it is delivered. */
    public String label() {
        return context.label();
    }

    /** The label of a run: its group, and what it shares with others. */
    public static String label(String variant, Map<String, String> cell, Pair pair) {
        return group(variant, cell) + "/" + pair.label();
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
