package dev.ablate.engine.catalog;

import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One option with the value that holds, given or not. */
public final class BoundOption {

    private final String name;
    private final OptionType type;
    private final Object value;
    private final Optional<Setting> setting;

    BoundOption(String name, OptionType type, Object value, Optional<Setting> setting) {
        this.name = name;
        this.type = type;
        this.value = value;
        this.setting = setting;
    }

    /** As in a spec: {@code learning_rate}. */
    public String name() {
        return name;
    }

    /** What the spec says; empty: nobody gave it, and a default holds. */
    public Optional<Setting> setting() {
        return setting;
    }

    /**
     * The value as canonical YAML on one line, for a person and for what is logged: paths as written, {@code ${env:}}
     * unexpanded.
     */
    public String text() {
        return setting.map(Setting::value)
                .filter(written -> type.hasPaths() || written.isFromEnvironment())
                .orElseGet(() -> type.writer().write(value, BoundOption::slashed))
                .toString();
    }

    /** The setting as it would have to be written in another folder, with its relative paths changed; empty if nobody gave it. */
    public Optional<Setting> settingIn(Path folder) {
        return setting.map(given -> new Setting(
                given.path(),
                given.keyAt(),
                type.hasPaths() ? moved(given.value(), folder) : given.value(),
                given.overrides()));
    }

    /**
     * The value as it counts for a run's key: {@code ${env:}} expanded, a path as the hash of what the file holds.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    String keyText() {
        return type.writer()
                .write(value, path -> {
                    try {
                        return "sha256:" + ContentHash.of(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toString();
    }

    /** Whether a path that was given is this place, or begins it: {@code data.csv} and {@code data.csv:3:7}. */
    boolean names(String place) {
        boolean[] named = {false};
        if (type.hasPaths()) {
            type.writer().write(value, path -> {
                named[0] |= place.startsWith(path.toString());
                return "";
            });
        }
        return named[0];
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static Node moved(Node node, Path folder) {
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    sequence.at(),
                    sequence.items().stream().map(item -> moved(item, folder)).toList());
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) ->
                            entries.put(key, new Node.Entry(entry.keyAt(), moved(entry.value(), folder))));
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
        String text =
                slashed(java.util.Objects.equals(target.getRoot(), to.getRoot()) ? to.relativize(target) : target);
        return new Node.Scalar(scalar.at(), Node.Kind.TEXT, text, text);
    }
}
