package dev.ablate.runner.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys a spec may have, and which values are leaves: what layers replace, and {@code --set} names. */
final class Grammar {

    static final List<String> GOALS = List.of("minimize", "maximize");
    static final List<String> SCALINGS = List.of("none", "max", "min-max", "standard");
    static final List<String> TESTS = List.of("paired-permutation", "corrected-resampled-t", "paired-t");

    /** What may stand at a key. */
    sealed interface Shape {}

    /** A value that is replaced whole. */
    record Leaf() implements Shape {}

    /** A map of these keys and no others. */
    record Keys(Map<String, Shape> keys) implements Shape {}

    /** A map of names that the spec chooses, each of one shape. */
    record Names(Shape each) implements Shape {}

    /** A plugin with its options, each of which is a leaf. */
    record PluginBlock() implements Shape {}

    /** A map of keys, or a leaf where it is no map. */
    record KeysOrLeaf(Keys keys) implements Shape {}

    /** Names and what each changes. */
    record Variants() implements Shape {}

    /** Dotted paths of what a sweep changes, each of which is a leaf. */
    record Paths() implements Shape {}

    private static final Leaf LEAF = new Leaf();

    static final Keys SPEC = keys().with("version", LEAF)
            .with("name", LEAF)
            .with("description", LEAF)
            .with("extends", LEAF)
            .with("dataset", new PluginBlock())
            .with(
                    "data",
                    keys().with("features", LEAF)
                            .with(
                                    "split",
                                    keys().with("test", LEAF)
                                            .with("take", LEAF)
                                            .with("per", LEAF)
                                            .end())
                            .with(
                                    "scale",
                                    keys().with("features", LEAF)
                                            .with("target", LEAF)
                                            .end())
                            .end())
            .with("trainer", new PluginBlock())
            .with("variants", new Variants())
            .with(
                    "seeds",
                    new KeysOrLeaf(keys().with("count", LEAF).with("base", LEAF).end()))
            .with(
                    "sweep",
                    keys().with("method", LEAF).with("params", new Paths()).end())
            .with(
                    "stop",
                    keys().with("when", LEAF)
                            .with("below", LEAF)
                            .with("above", LEAF)
                            .with("for", LEAF)
                            .with("no_better_for", LEAF)
                            .with("min_delta", LEAF)
                            .end())
            .with("predict", LEAF)
            .with("decide", keys().with("threshold", LEAF).with("tie", LEAF).end())
            .with(
                    "compare",
                    keys().with("baseline", LEAF)
                            .with("primary", LEAF)
                            .with(
                                    "metrics",
                                    new Names(keys().with("goal", LEAF)
                                            .with("same_within", LEAF)
                                            .end()))
                            .with("test", LEAF)
                            .with("correction", LEAF)
                            .end())
            .with(
                    "run",
                    keys().with("jobs", LEAF)
                            .with("on_failure", LEAF)
                            .with("timeout", LEAF)
                            .with("max_runs", LEAF)
                            .end())
            .with(
                    "track",
                    keys().with(
                                    "mlflow",
                                    new KeysOrLeaf(
                                            keys().with("experiment", LEAF).end()))
                            .with("weights", LEAF)
                            .with("every", LEAF)
                            .end())
            .end();

    /** What holds for one file alone: {@code predict} too, as its rows fit one choice of features. */
    static final List<String> NEVER_INHERITED = List.of("name", "description", "predict");

    private Grammar() {}

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

    private static Builder keys() {
        return new Builder();
    }

    private static final class Builder {
        private final Map<String, Shape> keys = new LinkedHashMap<>();

        Builder with(String key, Shape shape) {
            keys.put(key, shape);
            return this;
        }

        Keys end() {
            return new Keys(keys);
        }
    }
}
