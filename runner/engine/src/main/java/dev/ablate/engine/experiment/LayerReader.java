package dev.ablate.engine.experiment;

import dev.ablate.engine.experiment.Grammar.Keys;
import dev.ablate.engine.experiment.Grammar.KeysOrLeaf;
import dev.ablate.engine.experiment.Grammar.Leaf;
import dev.ablate.engine.experiment.Grammar.Names;
import dev.ablate.engine.experiment.Grammar.Paths;
import dev.ablate.engine.experiment.Grammar.PluginBlock;
import dev.ablate.engine.experiment.Grammar.Shape;
import dev.ablate.engine.experiment.Grammar.Variants;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Environment;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a file's nodes, or one option, apart into leaves, and reports every key that has no place. A key that is almost a known
 * one is reported, and then read as the known one, so that what stands below it is looked at too and nothing seems to be missing.
 */
final class LayerReader {

    private static final List<String> PLUGIN = List.of("plugin");

    /** How keys begin that a person keeps notes in. */
    private static final String NOTE = "x-";

    /** What a file alone can say. */
    private static final List<String> UNSETTABLE = List.of("version", "extends", "variants");

    /** A plugin's name or option; the plugin's options record says what it means. */
    private static final Leaf OPTION = new Leaf("", "");

    /** What stands at {@link Grammar#FREE}. */
    private static final Names FREE = new Names(OPTION);

    /** What a map cannot be without, apart from plugins. */
    private static final Map<String, String> NEEDED = Map.of("data.split", "test", "sweep.params", "trainer");

    private final Problems problems;
    private final VariantReader variants;

    LayerReader(Problems problems) {
        this.problems = problems;
        this.variants = new VariantReader(problems);
    }

    /**
     * Reads a whole file; {@code version} and {@code extends} are leaves too.
     *
     * @param extended whether another spec extends it, which does not inherit all
     */
    SpecLayer read(Node.Mapping root, boolean extended) {
        SpecLayer layer = new SpecLayer();
        root.entries().forEach((key, entry) -> {
            if (!key.startsWith(NOTE)) {
                child(layer, "", root, key, entry, Grammar.SPEC);
            }
        });
        if (extended) {
            Grammar.NEVER_INHERITED.forEach(layer.leaves()::remove);
        }
        return layer;
    }

    /** Adds what an option sets; {@code at} is the option. */
    void set(SpecLayer layer, Position at, String path, Node value) {
        Map<String, Position> containers = new LinkedHashMap<>();
        List<String> segments = List.of(path.split("\\.", -1));
        Shape shape = Grammar.SPEC;
        for (int i = 0; i < segments.size(); i++) {
            if (shape instanceof Paths) {
                layer.containers().putAll(containers);
                String above = String.join(".", segments.subList(0, i));
                String swept = String.join(".", segments.subList(i, segments.size()));
                Changes.OF_A_SWEEP.take(layer, above + ".", swept, at, value, problems);
                return;
            }
            Optional<Shape> next = below(shape, segments.get(i));
            if (next.isEmpty()) {
                problems.add(unreachable(at, shape, segments, i));
                return;
            }
            shape = next.get();
            if (i + 1 < segments.size()) {
                containers.put(String.join(".", segments.subList(0, i + 1)), at);
            }
        }
        if (UNSETTABLE.contains(path)) {
            problems.add(unsettable(at, path));
            return;
        }
        layer.containers().putAll(containers);
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
        if (shape instanceof PluginBlock && Grammar.FREE.contains(key)) {
            return Optional.of(FREE);
        }
        return shape instanceof PluginBlock plugin
                ? Optional.of(plugin.others().getOrDefault(key, OPTION))
                : Optional.empty();
    }

    private static Collection<String> keysOf(Shape shape) {
        if (shape instanceof Keys keys) {
            return keys.keys().keySet();
        }
        return shape instanceof KeysOrLeaf either ? either.keys().keys().keySet() : List.of();
    }

    private static Problem unreachable(Position at, Shape shape, List<String> segments, int from) {
        String above = String.join(".", segments.subList(0, from));
        String key = segments.get(from);
        if (key.isEmpty()) {
            return Problem.error(at, "the path " + Problem.quoted(String.join(".", segments)) + " has an empty part")
                    .suggesting("write --set path=value, such as --set trainer.epochs=100");
        }
        if (shape instanceof Variants) {
            return unsettable(at, "variants");
        }
        if (shape == OPTION && from == 2) {
            Optional<String> free = Suggestion.nearest(segments.get(1), Grammar.FREE);
            if (free.isPresent()) {
                return Suggestion.unknownKey(at, segments.get(1), "in " + segments.get(0), Grammar.FREE);
            }
        }
        if (shape instanceof Leaf) {
            return Problem.error(at, Problem.quoted(above) + " is replaced whole, so nothing below it can be set")
                    .suggesting("write --set '" + above + "=...'");
        }
        if (!above.isEmpty()) {
            return Suggestion.unknownKey(at, key, "in " + above, keysOf(shape));
        }
        if (key.startsWith(NOTE)) {
            return Problem.error(at, key + " is a note, which a file alone can have and nothing reads")
                    .suggesting("leave it out");
        }
        Optional<String> other = Suggestion.nearest(key, keysOf(shape)).filter(UNSETTABLE::contains);
        if (other.isPresent()) {
            return unsettable(at, other.get());
        }
        List<String> settable = keysOf(shape).stream()
                .filter(name -> !UNSETTABLE.contains(name))
                .toList();
        Problem problem = Suggestion.unknownKey(at, key, "", settable);
        if (!problem.suggestion().isEmpty()) {
            return problem;
        }
        boolean alone = segments.size() == 1 && home(key).isEmpty();
        return problem.suggesting(alone ? "if it is an option of the trainer, write trainer." + key : home(key));
    }

    private static Problem unsettable(Position at, String path) {
        return Problem.error(at, path + " cannot be set here")
                .suggesting("edit the spec, or write one that extends it");
    }

    private static Problem unknown(Position at, String path, String key, Shape shape) {
        Problem problem = Suggestion.unknownKey(at, key, path.isEmpty() ? "" : "in " + path, keysOf(shape));
        int dot = key.indexOf('.');
        if (path.isEmpty() && dot > 0 && Grammar.SPEC.keys().containsKey(key.substring(0, dot))) {
            return problem.suggesting("a dotted path is for variants and --set; here write " + key.substring(0, dot)
                    + ": { " + key.substring(dot + 1) + ": ... }");
        }
        return problem.suggestion().isEmpty() ? problem.suggesting(home(key)) : problem;
    }

    private static String home(String key) {
        List<String> homes =
                Grammar.homesOf(key).stream().map(path -> "'" + path + "'").toList();
        return homes.isEmpty() ? "" : "did you mean " + Reading.either(homes) + "?";
    }

    private void child(SpecLayer layer, String path, Node.Mapping parent, String key, Node.Entry entry, Shape shape) {
        String prefix = path.isEmpty() ? "" : path + ".";
        Collection<String> keys = shape instanceof PluginBlock ? PLUGIN : keysOf(shape);
        Optional<String> meant =
                Suggestion.nearest(key, keys).filter(near -> !parent.entries().containsKey(near));
        Optional<Shape> next = below(shape, key);
        if (shape instanceof PluginBlock && meant.isPresent()) {
            problems.add(Problem.error(entry.keyAt(), "unknown key " + Problem.quoted(key) + " in " + path)
                    .suggesting(Suggestion.didYouMean(key, PLUGIN)));
            take(layer, prefix + "plugin", entry.keyAt(), entry.value(), OPTION);
        } else if (next.isPresent()) {
            take(layer, prefix + key, entry.keyAt(), entry.value(), next.get());
        } else {
            problems.add(unknown(entry.keyAt(), path, key, shape));
            meant.flatMap(near -> below(shape, near))
                    .ifPresent(known -> take(layer, prefix + meant.get(), entry.keyAt(), entry.value(), known));
        }
    }

    private void take(SpecLayer layer, String path, Position keyAt, Node value, Shape shape) {
        boolean leaf = shape instanceof Leaf || (shape instanceof KeysOrLeaf && !(value instanceof Node.Mapping));
        if (leaf || Layers.isNull(value)) {
            layer.put(new Setting(path, keyAt, value, Optional.empty()), problems);
        } else if (!(value instanceof Node.Mapping mapping)) {
            refuseNoMap(layer, path, keyAt, value, shape);
        } else {
            layer.containers().put(path, keyAt);
            mapping.entries().forEach((key, entry) -> {
                if (shape instanceof Variants) {
                    variants.read(key, entry)
                            .ifPresent(variant -> layer.variants().put(key, variant));
                } else if (shape instanceof Paths) {
                    Changes.OF_A_SWEEP.take(layer, path + ".", key, entry.keyAt(), entry.value(), problems);
                } else {
                    child(layer, path, mapping, key, entry, shape);
                }
            });
        }
    }

    private void refuseNoMap(SpecLayer layer, String path, Position keyAt, Node value, Shape shape) {
        Reading reading = Reading.of(value, path, problems);
        reading.refuse("must be a map, got " + reading.got(), mapHint(path, value, shape));
        // so that nothing more is reported about what seems to be missing in it
        Node broken = Environment.broken(value.at(), "");
        Optional<String> missing =
                shape instanceof PluginBlock ? Optional.of("plugin") : Optional.ofNullable(NEEDED.get(path));
        missing.ifPresent(key -> layer.put(new Setting(path + "." + key, keyAt, broken, Optional.empty()), problems));
        if (!path.equals("stop")) {
            layer.containers().put(path, keyAt);
        }
    }

    private static String mapHint(String path, Node value, Shape shape) {
        Optional<String> text = value instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
        if (text.isPresent() && text.get().matches("[A-Za-z_.-]+:\\S{1,40}")) {
            return "write a blank after ':'";
        }
        if (shape instanceof PluginBlock) {
            String plugin = text.filter(name -> name.matches("[A-Za-z][A-Za-z0-9_-]{0,40}"))
                    .orElse("NAME");
            if (value.at().isOption()) {
                return "write --set " + path + ".plugin=" + plugin;
            }
            return "write " + path.substring(path.lastIndexOf('.') + 1) + ": { plugin: " + plugin + " }";
        }
        if (shape instanceof Variants) {
            return "write variants: { NAME: { trainer.OPTION: VALUE }, ... }";
        }
        if (shape instanceof Paths) {
            return "write params: { trainer.OPTION: [VALUE, ...] }";
        }
        if (path.equals("data.scale")) {
            return Changes.scaleHint(text);
        }
        if (shape == FREE) {
            return "write " + path.substring(path.lastIndexOf('.') + 1) + ": { NAME: VALUE, ... }";
        }
        if (shape instanceof Names) {
            return "write " + path.substring(path.lastIndexOf('.') + 1) + ": { NAME: { goal: minimize }, ... }";
        }
        return "its keys: " + String.join(", ", keysOf(shape));
    }
}
