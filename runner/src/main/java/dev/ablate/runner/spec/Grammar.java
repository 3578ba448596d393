package dev.ablate.runner.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which keys a spec may have, and which values are leaves: what layers replace, and {@code --set} names. */
final class Grammar {

    static final List<String> GOALS = List.of("minimize", "maximize");

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

    private static final Leaf LEAF = new Leaf();

    static final Keys SPEC = keys().with("version", LEAF)
            .with("name", LEAF)
            .with("description", LEAF)
            .with("extends", LEAF)
            .with("dataset", new PluginBlock())
            .with("data", keys().with("features", LEAF).end())
            .with("trainer", new PluginBlock())
            .with("variants", new Variants())
            .with(
                    "seeds",
                    new KeysOrLeaf(keys().with("count", LEAF).with("base", LEAF).end()))
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
                            .end())
            .with(
                    "run",
                    keys().with("jobs", LEAF)
                            .with("on_failure", LEAF)
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

    /** Where in the spec a key would be at home that stands in the wrong place; empty if nowhere, or in several places. */
    static Optional<String> homeOf(String key) {
        List<String> homes = new ArrayList<>();
        find(SPEC, "", key, homes);
        return homes.size() == 1 ? Optional.of(homes.get(0)) : Optional.empty();
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
