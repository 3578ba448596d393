package dev.ablate.engine.catalog;

import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One option with the value that holds, given or not. */
public final class BoundOption {

    /** The options whose values are leaves each. */
    private static final Set<String> FREE = Set.of("options", "params");

    private final String name;
    private final Object data;
    private final Optional<Setting> setting;

    BoundOption(String name, Object data, Optional<Setting> setting) {
        this.name = name;
        this.data = data;
        this.setting = setting;
    }

    /** An option of the runner's own that is a path; empty if what is written is not one, which is reported. */
    public static Optional<BoundOption> ofPath(String name, Setting setting, Problems problems) {
        return WrittenValue.path(Reading.of(setting, problems))
                .map(path -> new BoundOption(name, path, Optional.of(setting)));
    }

    /** As in a spec: {@code learning_rate}. */
    public String name() {
        return name;
    }

    /** What the spec says; empty: nobody gave it, and a default holds. */
    public Optional<Setting> setting() {
        return setting;
    }

    /** The value as plain data, see {@link dev.ablate.core.option.OptionType#write}. */
    public Object data() {
        return data;
    }

    /**
     * The value as canonical YAML on one line, for a person and for what is logged: paths as written, {@code ${env:}}
     * unexpanded.
     */
    public String text() {
        return setting.map(Setting::value)
                .filter(written -> hasPaths() || written.isFromEnvironment())
                .orElseGet(() -> CanonicalText.node(data, BoundOption::slashed))
                .toString();
    }

    /** The value as plain data, in which what the environment gives is marked, unless it is a path. */
    Object written() {
        return setting.map(given -> marked(given.value(), data)).orElse(data);
    }

    private static Object marked(Node node, Object data) {
        if (!node.isFromEnvironment() || data instanceof Path) {
            return data;
        }
        if (node instanceof Node.Sequence sequence
                && data instanceof List<?> list
                && list.size() == sequence.items().size()) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(marked(sequence.items().get(items.size()), item)));
            return items;
        }
        if (node instanceof Node.Mapping mapping
                && data instanceof Map<?, ?> map
                && map.keySet().equals(mapping.entries().keySet())) {
            Map<String, Object> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) ->
                            entries.put(key, marked(entry.value(), Objects.requireNonNull(map.get(key)))));
            return entries;
        }
        return node instanceof Node.Scalar scalar
                ? new FromEnvironment(scalar.written(), scalar.text(), data)
                : new FromEnvironment(node.toString(), "", data);
    }

    /** The setting as it would have to be written in another folder, with its relative paths changed; empty if nobody gave it. */
    public Optional<Setting> settingIn(Path folder) {
        return setting.map(given -> new Setting(
                given.path(),
                given.keyAt(),
                hasPaths() ? moved(given.value(), data, folder) : given.value(),
                given.overrides()));
    }

    /**
     * The value as it counts for a run's key: {@code ${env:}} expanded, a path as the hash of what the file holds.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    String keyText() {
        return CanonicalText.node(data, path -> {
                    try {
                        return "sha256:" + ContentHash.of(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toString();
    }

    /**
     * The leaves of its value by their names, with {@code options.lr} for what stands in {@code options}, each as {@code text} gives it.
     *
     * @param all the text of the whole, where it is one leaf
     */
    public Map<String, String> leaves(String all) {
        if (!FREE.contains(name) || !(data instanceof Map<?, ?> map) || map.isEmpty()) {
            return Map.of(name, all);
        }
        Map<String, String> leaves = new LinkedHashMap<>();
        map.forEach((key, value) -> leaves.put(
                name + "." + key,
                CanonicalText.node(Objects.requireNonNull(value), BoundOption::slashed)
                        .toString()));
        return leaves;
    }

    /** The value as it counts for the key of a run on the data that are made of it: what a file holds counts with the data. */
    String keyTextOfData() {
        return CanonicalText.node(data, path -> "data").toString();
    }

    /** Whether a path that was given is this place, or begins it: {@code data.csv} and {@code data.csv:3:7}. */
    boolean names(String place) {
        return pathsOf(data).anyMatch(path -> place.startsWith(path.toString()));
    }

    /** Whether its value names files. */
    public boolean hasPaths() {
        return pathsOf(data).findAny().isPresent();
    }

    private static Stream<Path> pathsOf(Object data) {
        if (data instanceof Path path) {
            return Stream.of(path);
        } else if (data instanceof List<?> list) {
            return list.stream().flatMap(BoundOption::pathsOf);
        }
        return data instanceof Map<?, ?> map ? map.values().stream().flatMap(BoundOption::pathsOf) : Stream.empty();
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** With the paths in it changed; which of its texts are paths, the value of the option says. */
    private static Node moved(Node node, Object data, Path folder) {
        if (pathsOf(data).findAny().isEmpty()) {
            return node;
        }
        if (node instanceof Node.Sequence sequence) {
            boolean alike = data instanceof List<?> list
                    && list.size() == sequence.items().size();
            List<?> values = alike
                    ? (List<?>) data
                    : Collections.nCopies(sequence.items().size(), data);
            List<Node> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                items.add(moved(item, values.get(items.size()), folder));
            }
            return new Node.Sequence(sequence.at(), items);
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> {
                Object value = data instanceof Map<?, ?> map ? map.get(key) : data;
                entries.put(
                        key,
                        value == null ? entry : new Node.Entry(entry.keyAt(), moved(entry.value(), value, folder)));
            });
            return new Node.Mapping(mapping.at(), entries);
        }
        Node.Scalar scalar = (Node.Scalar) node;
        Path from = scalar.at().folder().toAbsolutePath().normalize();
        Path to = folder.toAbsolutePath().normalize();
        // one that the environment gives cannot be rewritten without writing down what is there
        boolean stays = from.equals(to)
                || scalar.isFromEnvironment()
                || Path.of(scalar.text()).isAbsolute();
        if (stays) {
            return scalar;
        }
        Path target = from.resolve(scalar.text()).normalize();
        String text = slashed(Objects.equals(target.getRoot(), to.getRoot()) ? to.relativize(target) : target);
        return new Node.Scalar(scalar.at(), Node.Kind.TEXT, text, text);
    }
}
