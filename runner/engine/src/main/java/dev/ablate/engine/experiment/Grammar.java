package dev.ablate.engine.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys a spec may have, and which values are leaves: what layers replace, and {@code --set} names. */
final class Grammar {

    static final List<String> SCALINGS = List.of("none", "max", "min-max", "standard");
    static final List<String> TESTS =
            List.of("paired-permutation", "corrected-resampled-t", "paired-t", "wilcoxon", "sign");

    /** What may stand at a key. */
    sealed interface Shape {}

    /**
     * A value that is replaced whole.
     *
     * @param help what it says, in one line
     * @param fallback what holds if nobody gives it, as in a spec or in words; empty if nothing does
     */
    record Leaf(String help, String fallback) implements Shape {}

    /** A map of these keys and no others. */
    record Keys(Map<String, Shape> keys) implements Shape {}

    /** A map of names that the spec chooses, each of one shape. */
    record Names(Shape each) implements Shape {}

    /**
     * A plugin with its options, each of which is a leaf.
     *
     * @param fallback the name that holds if nobody gives one; empty if it must be given
     * @param others keys beside the plugin's options, which stay when another plugin is named
     */
    record PluginBlock(String fallback, Map<String, Leaf> others) implements Shape {
        PluginBlock() {
            this("", Map.of());
        }
    }

    /** A map of keys, or a leaf where it is not a map. */
    record KeysOrLeaf(Keys keys, Leaf leaf) implements Shape {}

    /** Names and what each changes. */
    record Variants() implements Shape {}

    /** Dotted paths of what a sweep changes, each of which is a leaf. */
    record Paths() implements Shape {}

    /** Where the launcher stands. */
    static final String LAUNCHER = "run.launcher";

    /** The options of a plugin that are maps of names of the spec's own, each of which is a leaf. */
    static final List<String> FREE = List.of("options", "params");

    /** All plugins, by path. */
    static final List<String> BLOCKS = List.of("dataset", "trainer", LAUNCHER);

    static final Keys SPEC = keys().with("version", "the format of this file: 1")
            .with("name", "what the comparison is called, in one line")
            .with("description", "what it is about; the report shows it")
            .with("extends", "another spec, below which this one lies: a path from this file's folder")
            .with("dataset", new PluginBlock())
            .with(
                    "data",
                    keys().with("features", "the columns to learn from, in this order", "all but the target")
                            .with(
                                    "split",
                                    keys().with("test", "the share of rows that are held back, such as 0.2")
                                            .with("take", "which rows are held back: random or last", "random")
                                            .with("per", "a split for each seed, or one for the experiment", "seed")
                                            .with(
                                                    "validation",
                                                    "the share of rows that are held back to stop and to choose by")
                                            .with(
                                                    "test_file",
                                                    "another file of the same columns, whose rows are the test part")
                                            .with("folds", "cuts the rows into so many parts, each held back once")
                                            .with("stratify", "whether each class has its share in all parts", "false")
                                            .with(
                                                    "group",
                                                    "a column whose rows stay together where they are alike in it")
                                            .end())
                            .with(
                                    "missing",
                                    keys().with(
                                                    "numbers",
                                                    "what a missing number becomes: mean, median or zero; drop leaves its row out",
                                                    "refuse")
                                            .with(
                                                    "indicator",
                                                    "whether a column beside says where a number was missing",
                                                    "false")
                                            .with(
                                                    "categories",
                                                    "what a missing category becomes: own or most; drop leaves its row out",
                                                    "refuse")
                                            .end())
                            .with(
                                    "encode",
                                    keys().with(
                                                    "categories",
                                                    "how categories become numbers: reference, one-hot or ordinal",
                                                    "reference")
                                            .with(
                                                    "reference",
                                                    "the category without a column: first, most, or { port: S }",
                                                    "first")
                                            .with("rare", "gathers categories of a smaller share of rows: 0.01", "0")
                                            .with(
                                                    "order",
                                                    "of the categories of each column, for ordinal: { size: [small, large] }")
                                            .end())
                            .with(
                                    "scale",
                                    keys().with(
                                                    "features",
                                                    "none, max, min-max or standard; fitted on the training rows alone",
                                                    "none")
                                            .with("target", "the same for the target, in regression", "none")
                                            .end())
                            .end())
            .with("trainer", new PluginBlock())
            .with("variants", new Variants())
            .with(
                    "seeds",
                    new KeysOrLeaf(
                            keys().with("count", "how many", "1")
                                    .with("base", "the first; the others follow it", "1")
                                    .end(),
                            new Leaf("a list of seeds, or these keys", "")))
            .with(
                    "sweep",
                    keys().with("method", "grid: each value with each other; zip: the first with the first", "grid")
                            .with("params", new Paths())
                            .end())
            .with(
                    "stop",
                    keys().with("when", "a metric of training or validation: train/mse")
                            .with("below", "stop where it is less than this; excludes above and no_better_for")
                            .with("above", "stop where it is greater than this")
                            .with("for", "for so many updates in a row", "0")
                            .with("no_better_for", "stop where it has not become better for so many updates")
                            .with("min_delta", "by how much it has to, with no_better_for", "0.0")
                            .with("keep", "the model to keep, with no_better_for: last or best", "last")
                            .end())
            .with("predict", "rows in raw units that every variant answers: [[1, 0], [0, 0]]")
            .with(
                    "decide",
                    keys().with(
                                    "threshold",
                                    "of two classes, a prediction above it counts as 1; one that is equal to it up to rounding is a tie",
                                    "0.5")
                            .with("tie", "what one equal to it counts as: 0 or 1", "0")
                            .end())
            .with(
                    "compare",
                    keys().with("baseline", "the variant that the others are compared with", "the first variant")
                            .with(
                                    "primary",
                                    "the metric that decides; mse means test/mse where rows are held back, else train/mse",
                                    "mse, or accuracy for classes")
                            .with(
                                    "metrics",
                                    new Names(
                                            keys().with("goal", "minimize (min) or maximize (max)", "the metric's own")
                                                    .with(
                                                            "same_within",
                                                            "what is as good as equal: a number in the metric's unit, or N% of the baseline")
                                                    .end()))
                            .with(
                                    "test",
                                    "paired-permutation, corrected-resampled-t, paired-t, wilcoxon or sign",
                                    "corrected-resampled-t where each seed draws its split, else paired-permutation")
                            .with("correction", "for several comparisons: holm or none", "holm")
                            .with(
                                    "across",
                                    "gives one answer over data sets: the swept leaf of dataset, such as dataset.file; test is then wilcoxon (default), sign or paired-permutation")
                            .with(
                                    "bayes",
                                    "whether the probabilities of the correlated Bayesian t test are shown, too, with same_within as what is practically the same; they change no verdict",
                                    "false")
                            .end())
            .with(
                    "run",
                    keys().with("jobs", "runs at a time: a number, or auto, which is 1 for programs", "auto")
                            .with("on_failure", "continue with the other runs, or stop", "continue")
                            .with("timeout", "the longest that a run may take: 500ms, 30s, 2m or 1h", "none")
                            .with("max_runs", "more runs than this are refused", "200")
                            .with(
                                    "launcher",
                                    new PluginBlock(
                                            "local",
                                            Map.of(
                                                    "folder",
                                                    new Leaf(
                                                            "where tasks and results are exchanged: whoever trains reads and writes it",
                                                            ".ablate-jobs"))))
                            .end())
            .with(
                    "track",
                    keys().with(TrackBlock.KEY, TrackBlock.shape())
                            .with("weights", "whether weights are recorded step by step", "true")
                            .with(
                                    "every",
                                    "record every so many updates",
                                    "at most 300 times a run, fewer of many rows")
                            .with(
                                    "patch",
                                    "whether the text of what is not committed is kept, in the store alone",
                                    "false")
                            .end())
            .end();

    /** What holds for one file alone: {@code predict} too, as its rows fit one choice of features. */
    static final List<String> NEVER_INHERITED = List.of("name", "description", "predict");

    private Grammar() {}

    /** Whether a leaf is an option of the plugin at a path, and means nothing to another one. */
    static boolean isOption(String leaf, String block) {
        return leaf.startsWith(block + ".")
                && !leaf.equals(block + ".plugin")
                && at(block)
                        .filter(shape -> shape instanceof PluginBlock plugin
                                && plugin.others().containsKey(leaf.substring(block.length() + 1)))
                        .isEmpty();
    }

    /** The shape of what stands at a dotted path of known keys; empty if there is none. */
    static Optional<Shape> at(String path) {
        Shape shape = SPEC;
        for (String key : path.split("\\.", -1)) {
            Map<String, Shape> keys = shape instanceof Keys some ? some.keys() : Map.of();
            if (!keys.containsKey(key)) {
                return Optional.empty();
            }
            shape = keys.get(key);
        }
        return Optional.of(shape);
    }

    /** Where in the spec a key would be at home that stands in the wrong place; empty if nowhere. */
    static List<String> homesOf(String key) {
        List<String> homes = new ArrayList<>();
        find(SPEC, "", key, homes);
        return homes;
    }

    private static void find(Keys keys, String path, String key, List<String> homes) {
        keys.keys().forEach((name, shape) -> {
            String here = path.isEmpty() ? name : path + "." + name;
            if (name.equals(key)) {
                homes.add(here);
            }
            if (shape instanceof Keys inner) {
                find(inner, here, key, homes);
            } else if (shape instanceof KeysOrLeaf either) {
                find(either.keys(), here, key, homes);
            }
        });
    }

    static Builder keys() {
        return new Builder();
    }

    static final class Builder {
        private final Map<String, Shape> keys = new LinkedHashMap<>();

        Builder with(String key, String help) {
            return with(key, help, "");
        }

        Builder with(String key, String help, String fallback) {
            return with(key, new Leaf(help, fallback));
        }

        Builder with(String key, Shape shape) {
            keys.put(key, shape);
            return this;
        }

        Keys end() {
            return new Keys(keys);
        }
    }
}
