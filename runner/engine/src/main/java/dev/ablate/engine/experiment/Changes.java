package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Environment;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What variants, and what sweeps may change: leaves by dotted path, where a map is short for its leaves.
 *
 * @param who {@code a variant}
 * @param allowed what it may change, for messages
 * @param blocks plugins whose options it may change, each of them one leaf
 * @param leaves the other leaves
 */
record Changes(String who, String allowed, List<String> blocks, List<String> leaves) {

    private static final List<String> OF_ROWS = Stream.concat(
                    Stream.of("data.features", "data.scale.features", "data.scale.target"),
                    PrepareReader.LEAVES.stream())
            .toList();

    static final Changes OF_A_VARIANT = new Changes(
            "a variant",
            "a variant changes trainer.*, data.features, data.missing, data.encode or data.scale; everything else is the same for all variants",
            List.of("trainer"),
            OF_ROWS);

    static final Changes OF_A_SWEEP = new Changes(
            "a sweep",
            "a sweep changes trainer.*, data.* or dataset.*; everything else is the same for all cells",
            List.of("trainer", "dataset"),
            Stream.concat(
                            OF_ROWS.stream(),
                            Stream.of(
                                    "data.split.test",
                                    "data.split.validation",
                                    "data.split.take",
                                    "data.split.per",
                                    "data.split.stratify"))
                    .toList());

    /** Adds what is said of a path to a layer, the path with {@code prefix} in front; or reports why it cannot be changed. */
    void take(SpecLayer layer, String prefix, String path, Position keyAt, Node value, Problems problems) {
        if (isLeaf(path)) {
            layer.put(new Setting(prefix + path, keyAt, value, Optional.empty()), problems);
        } else if (!isMap(path)) {
            problems.add(refusal(path, keyAt));
            if (!prefix.isEmpty()) {
                // so that it does not seem that nothing was swept
                layer.put(
                        new Setting(prefix + path, keyAt, Environment.broken(value.at(), ""), Optional.empty()),
                        new Problems());
            }
        } else if (Layers.isNull(value)) {
            layer.put(new Setting(prefix + path, keyAt, value, Optional.empty()), problems);
        } else if (value instanceof Node.Mapping mapping) {
            mapping.entries()
                    .forEach((key, entry) ->
                            take(layer, prefix, path + "." + key, entry.keyAt(), entry.value(), problems));
        } else {
            Reading reading = Reading.of(value, prefix + path, problems);
            reading.refuse("must be a map, got " + reading.got(), mapHint(path, value));
        }
    }

    /** What to write for {@code scale: standard}. */
    static String scaleHint(Optional<String> text) {
        return "write scale: { features: "
                + text.filter(Grammar.SCALINGS::contains).orElse("standard") + " }";
    }

    private static String mapHint(String path, Node value) {
        if (value instanceof Node.Sequence) {
            return "write " + path + ".KEY: [VALUE, ...]";
        }
        if (path.equals("data.scale") && value instanceof Node.Scalar scalar) {
            return scaleHint(Optional.of(scalar.text()));
        }
        return "write " + path + ": { ... }";
    }

    private boolean isLeaf(String path) {
        int dot = path.indexOf('.');
        if (isFree(path)) {
            return false;
        }
        int last = path.lastIndexOf('.');
        if (last > 0 && last + 1 < path.length() && isFree(path.substring(0, last))) {
            return true;
        }
        boolean option = dot > 0
                && dot + 1 < path.length()
                && dot == path.lastIndexOf('.')
                && blocks.contains(path.substring(0, dot));
        return option || leaves.contains(path);
    }

    /** Whether it is a map of names of the spec's own, each of which is a leaf. */
    private boolean isFree(String path) {
        int dot = path.lastIndexOf('.');
        return dot > 0 && blocks.contains(path.substring(0, dot)) && Grammar.FREE.contains(path.substring(dot + 1));
    }

    private boolean isMap(String path) {
        return blocks.contains(path) || isFree(path) || leaves.stream().anyMatch(leaf -> leaf.startsWith(path + "."));
    }

    private Problem refusal(String path, Position at) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (isLeaf(path.substring(0, dot))) {
                String option = path.substring(path.lastIndexOf('.', dot - 1) + 1, dot);
                if (Suggestion.nearest(option, Grammar.FREE).isPresent()) {
                    return Suggestion.unknownKey(
                            at, option, "in " + path.substring(0, path.indexOf('.')), Grammar.FREE);
                }
                return Problem.error(at, Problem.quoted(path) + " is below an option, and an option is replaced whole")
                        .suggesting("write " + path.substring(0, dot) + ": ...");
            }
        }
        Problem problem = Problem.error(at, who + " cannot change " + Problem.quoted(path))
                .noting(allowed);
        String first = path.substring(0, (path + ".").indexOf('.'));
        int last = path.lastIndexOf('.');
        boolean known = Grammar.at(path).isPresent();
        if (!known && last > 0 && last + 1 < path.length() && isMap(path.substring(0, last)) && first.equals("data")) {
            String map = path.substring(0, last);
            return Suggestion.unknownKey(at, path.substring(last + 1), "in " + map, keysIn(map));
        }
        if (known || Grammar.SPEC.keys().containsKey(first)) {
            return problem;
        }
        Set<String> roots = new LinkedHashSet<>(blocks);
        roots.add("data");
        String alone = leaves.contains("data." + path) ? "data." + path : "trainer." + path;
        String meant = Suggestion.nearest(first, roots)
                .map(near -> near + path.substring(first.length()))
                .orElse(path.contains(".") ? "" : alone);
        return meant.isEmpty() ? problem : problem.suggesting("did you mean '" + meant + "'?");
    }

    private Set<String> keysIn(String map) {
        Set<String> keys = new LinkedHashSet<>();
        for (String leaf : leaves) {
            if (leaf.startsWith(map + ".")) {
                String rest = leaf.substring(map.length() + 1);
                keys.add(rest.substring(0, (rest + ".").indexOf('.')));
            }
        }
        return keys;
    }
}
