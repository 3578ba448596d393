package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Grammar.Keys;
import dev.ablate.engine.experiment.Grammar.KeysOrLeaf;
import dev.ablate.engine.experiment.Grammar.Leaf;
import dev.ablate.engine.experiment.Grammar.Names;
import dev.ablate.engine.experiment.Grammar.Paths;
import dev.ablate.engine.experiment.Grammar.PluginBlock;
import dev.ablate.engine.experiment.Grammar.Shape;
import dev.ablate.engine.experiment.Grammar.Variants;
import java.util.ArrayList;
import java.util.List;

/** The keys of a spec, for the reference in the documents. */
public final class SpecKeys {

    private SpecKeys() {}

    /**
     * One key.
     *
     * @param path its place: {@code data.split.test}
     * @param fallback what holds if nobody gives it; empty if nothing does
     * @param help what it says
     */
    public record Key(String path, String fallback, String help) {}

    /** All keys, as they stand in a spec that has them all. */
    public static List<Key> all() {
        List<Key> keys = new ArrayList<>();
        add("", Grammar.SPEC, keys);
        return keys;
    }

    private static void add(String path, Shape shape, List<Key> keys) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (shape instanceof Leaf leaf) {
            keys.add(new Key(path, leaf.fallback(), leaf.help()));
        } else if (shape instanceof Keys inner) {
            inner.keys().forEach((key, below) -> add(prefix + key, below, keys));
        } else if (shape instanceof KeysOrLeaf either) {
            add(path, either.leaf(), keys);
            add(path, either.keys(), keys);
        } else if (shape instanceof Names names) {
            add(prefix + "METRIC", names.each(), keys);
        } else if (shape instanceof PluginBlock plugin) {
            String word = path.substring(path.lastIndexOf('.') + 1);
            keys.add(new Key(prefix + "plugin", plugin.fallback(), "which " + word + ", by name"));
            plugin.others().forEach((key, leaf) -> add(prefix + key, leaf, keys));
            keys.add(new Key(prefix + "OPTION", "", "an option of that " + word));
        } else if (shape instanceof Variants) {
            keys.add(
                    new Key(prefix + "NAME", "", "what this variant changes, by dotted path: { trainer.bias: false }"));
        } else if (shape instanceof Paths) {
            keys.add(new Key(prefix + "PATH", "", "the values of one leaf: trainer.learning_rate: [0.01, 0.1]"));
        }
    }
}
