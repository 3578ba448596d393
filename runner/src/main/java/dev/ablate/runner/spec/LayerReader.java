package dev.ablate.runner.spec;

import dev.ablate.runner.spec.Grammar.Keys;
import dev.ablate.runner.spec.Grammar.KeysOrLeaf;
import dev.ablate.runner.spec.Grammar.Leaf;
import dev.ablate.runner.spec.Grammar.Names;
import dev.ablate.runner.spec.Grammar.PluginBlock;
import dev.ablate.runner.spec.Grammar.Shape;
import dev.ablate.runner.spec.Grammar.Variants;
import dev.ablate.runner.spec.Node.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes a file's nodes, or one option, apart into leaves, and tells every key that has no place. */
final class LayerReader {

    private static final Pattern VARIANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String WHAT_VARIANTS_CHANGE =
            "a variant changes trainer.* or data.features; everything else is the same for all variants";

    private final Problems problems;

    LayerReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a whole file.
     *
     * @param extended whether another spec extends it, which does not inherit all
     */
    Layer read(Node.Mapping root, boolean extended) {
        Layer layer = new Layer();
        root.entries().forEach((key, entry) -> {
            if (key.startsWith("x-")) {
                return;
            }
            Shape shape = Grammar.SPEC.keys().get(key);
            if (shape == null) {
                problems.add(unknown(entry.keyAt(), key));
            } else if (!key.equals("extends")
                    && !(extended && (Grammar.NEVER_INHERITED.contains(key) || key.equals("version")))) {
                take(layer, key, entry.keyAt(), entry.value(), shape);
            }
        });
        return layer;
    }

    /** Adds what an option sets; {@code at} is the option. */
    void set(Layer layer, Position at, String path, Node value) {
        Shape shape = Grammar.SPEC;
        String[] segments = path.split("\\.", -1);
        for (int i = 0; i < segments.length; i++) {
            Optional<Shape> next = below(shape, segments[i]);
            if (next.isEmpty()) {
                problems.add(unreachable(at, shape, segments, i));
                return;
            }
            shape = next.get();
            if (i + 1 < segments.length) {
                layer.containers().put(String.join(".", List.of(segments).subList(0, i + 1)), at);
            }
        }
        if (path.equals("version") || path.equals("extends") || shape instanceof Variants) {
            problems.add(Problem.error(at, path + " cannot be set here").suggesting("it is read from the file alone"));
            return;
        }
        take(layer, path, at, value, shape);
    }

    private static Optional<Shape> below(Shape shape, String key) {
        if (shape instanceof Keys keys) {
            return Optional.ofNullable(keys.keys().get(key));
        }
        if (shape instanceof KeysOrLeaf either) {
            return Optional.ofNullable(either.keys().keys().get(key));
        }
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (shape instanceof Names names) {
            return Optional.of(names.each());
        }
        return shape instanceof PluginBlock ? Optional.of(new Leaf()) : Optional.empty();
    }

    private static Problem unreachable(Position at, Shape shape, String[] segments, int from) {
        String above = String.join(".", List.of(segments).subList(0, from));
        String key = segments[from];
        if (key.isEmpty()) {
            return Problem.error(at, "the path " + Problem.quoted(String.join(".", segments)) + " has an empty part")
                    .suggesting("write --set path=value, such as --set trainer.epochs=100");
        }
        if (shape instanceof Variants) {
            return Problem.error(at, "variants cannot be set here").suggesting("they are read from the file alone");
        }
        if (shape instanceof Leaf) {
            return Problem.error(at, Problem.quoted(above) + " is replaced whole, so nothing below it can be set")
                    .suggesting("write --set '" + above + "=...'");
        }
        Collection<String> keys = keysOf(shape);
        Problem problem = Suggestion.unknownKey(at, key, above.isEmpty() ? "" : "in " + above, keys);
        return problem.suggestion().isEmpty() && above.isEmpty() ? problem.suggesting(home(key)) : problem;
    }

    private static Collection<String> keysOf(Shape shape) {
        if (shape instanceof Keys keys) {
            return keys.keys().keySet();
        }
        return shape instanceof KeysOrLeaf either ? either.keys().keys().keySet() : List.of();
    }

    private static Problem unknown(Position at, String key) {
        Problem problem = Suggestion.unknownKey(at, key, "", Grammar.SPEC.keys().keySet());
        int dot = key.indexOf('.');
        if (dot > 0 && Grammar.SPEC.keys().containsKey(key.substring(0, dot))) {
            return problem.suggesting("a dotted path is for variants and --set; here write " + key.substring(0, dot)
                    + ": { " + key.substring(dot + 1) + ": ... }");
        }
        return problem.suggestion().isEmpty() ? problem.suggesting(home(key)) : problem;
    }

    private static String home(String key) {
        return Grammar.homeOf(key).map(path -> "did you mean '" + path + "'?").orElse("");
    }

    private void take(Layer layer, String path, Position keyAt, Node value, Shape shape) {
        boolean deletes = value instanceof Node.Scalar scalar && scalar.kind() == Kind.NULL;
        boolean leaf = shape instanceof Leaf || (shape instanceof KeysOrLeaf && !(value instanceof Node.Mapping));
        if (deletes || leaf) {
            put(layer.leaves(), new Setting(path, keyAt, value, Optional.empty()));
            return;
        }
        if (!(value instanceof Node.Mapping mapping)) {
            String got = ", got " + Reading.of(value, path, problems).got();
            Reading.of(value, path, problems).refuse("must be a map" + got, mapHint(path, shape));
            return;
        }
        layer.containers().put(path, keyAt);
        mapping.entries().forEach((key, entry) -> {
            if (shape instanceof Variants) {
                variant(layer, key, entry);
                return;
            }
            Optional<Shape> next = below(shape, key);
            if (next.isPresent()) {
                take(layer, path + "." + key, entry.keyAt(), entry.value(), next.get());
            } else {
                problems.add(Suggestion.unknownKey(entry.keyAt(), key, "in " + path, keysOf(shape)));
            }
        });
    }

    private static String mapHint(String path, Shape shape) {
        if (shape instanceof PluginBlock) {
            return "write " + path + ": { plugin: NAME }";
        }
        if (shape instanceof Variants) {
            return "write variants: { NAME: { trainer.OPTION: VALUE }, ... }";
        }
        if (shape instanceof Names) {
            return "write " + path.substring(path.lastIndexOf('.') + 1) + ": { NAME: { goal: minimize }, ... }";
        }
        return "its keys: " + String.join(", ", keysOf(shape));
    }

    private void variant(Layer layer, String name, Node.Entry entry) {
        if (!VARIANT.matcher(name).matches()) {
            problems.add(Problem.error(entry.keyAt(), Problem.quoted(name) + " cannot be the name of a variant")
                    .suggesting("use letters, digits, '.', '_' and '-', beginning with a letter or digit"));
            return;
        }
        if (entry.value() instanceof Node.Scalar scalar && scalar.kind() == Kind.NULL) {
            layer.variants().put(name, new Layer.Variant(entry.keyAt(), true, Map.of()));
            return;
        }
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            Reading value = Reading.of(entry.value(), "variants." + name, problems);
            value.refuse("must be a map, got " + value.got(), "write { trainer.OPTION: VALUE }");
            return;
        }
        Map<String, Setting> leaves = new LinkedHashMap<>();
        mapping.entries().forEach((path, leaf) -> override(leaves, path, leaf));
        layer.variants().put(name, new Layer.Variant(entry.keyAt(), false, leaves));
    }

    private void override(Map<String, Setting> leaves, String path, Node.Entry entry) {
        boolean deletes = entry.value() instanceof Node.Scalar scalar && scalar.kind() == Kind.NULL;
        if (path.equals("trainer") || path.equals("data")) {
            if (deletes) {
                put(leaves, new Setting(path, entry.keyAt(), entry.value(), Optional.empty()));
            } else if (entry.value() instanceof Node.Mapping mapping) {
                mapping.entries().forEach((key, leaf) -> override(leaves, path + "." + key, leaf));
            } else {
                Reading value = Reading.of(entry.value(), path, problems);
                value.refuse("must be a map, got " + value.got(), "write " + path + ": { ... }");
            }
        } else if (path.equals("data.features") || path.matches("trainer\\.[^.]+")) {
            put(leaves, new Setting(path, entry.keyAt(), entry.value(), Optional.empty()));
        } else {
            problems.add(cannotVary(path, entry.keyAt()));
        }
    }

    private static Problem cannotVary(String path, Position at) {
        String first = path.substring(0, (path + ".").indexOf('.'));
        if (path.startsWith("trainer.") && path.length() > "trainer.".length()) {
            String option = path.substring("trainer.".length(), (path + ".").indexOf('.', "trainer.".length()));
            return Problem.error(at, Problem.quoted(path) + " is below an option, and an option is replaced whole")
                    .suggesting("write trainer." + option + ": ...");
        }
        if (first.equals("data") && path.startsWith("data.")) {
            return Suggestion.unknownKey(at, path.substring("data.".length()), "in data", List.of("features"));
        }
        Problem problem = Problem.error(at, "a variant cannot change " + Problem.quoted(path));
        if (Grammar.SPEC.keys().containsKey(first)) {
            return problem.noting(WHAT_VARIANTS_CHANGE);
        }
        String meant = Suggestion.nearest(first, List.of("trainer", "data"))
                .map(near -> near + path.substring(first.length()))
                .orElse(path.contains(".") ? "" : path.equals("features") ? "data.features" : "trainer." + path);
        return problem.suggesting(meant.isEmpty() ? "" : "did you mean '" + meant + "'?")
                .noting(WHAT_VARIANTS_CHANGE);
    }

    /** A leaf can be written in two ways, {@code trainer.bias: x} and {@code trainer: { bias: x }}, and set by two options. */
    private void put(Map<String, Setting> leaves, Setting setting) {
        Setting first = leaves.putIfAbsent(setting.path(), setting);
        if (first != null) {
            problems.add(Problem.error(setting.keyAt(), setting.path() + " is given twice")
                    .suggesting("it is also given by " + first.keyAt()));
        }
    }
}
