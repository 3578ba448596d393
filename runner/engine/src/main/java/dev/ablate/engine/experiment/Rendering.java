package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.yaml.FlowText;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resolved spec as YAML that reads back as the same spec, {@code ${env:}} unexpanded; on wish with each leaf's origin.
 *
 * <p>It begins with what the spec says; whoever knows the defaults adds them. Keys stand in the order of the grammar at the
 * top, and in the order added below.
 */
public final class Rendering {

    /** Comments begin here at the latest; a longer line has its own two blanks further. */
    private static final int WIDEST = 70;

    private final Tree root = new Tree(new LinkedHashMap<>());

    private sealed interface Part {}

    private record Tree(Map<String, Part> parts) implements Part {}

    /**
     * @param used what the environment makes of the value; empty where it has no part in it
     */
    private record LeafText(String yaml, String origin, String used) implements Part {}

    private record Line(String yaml, String origin, String used) {}

    private Rendering() {}

    /** With every leaf that the spec says. */
    public static Rendering of(Spec spec) {
        Rendering rendering = new Rendering();
        // so that the keys stand in this order, whatever is added later
        Grammar.SPEC.keys().keySet().forEach(key -> rendering.root.parts().put(key, new Tree(new LinkedHashMap<>())));
        spec.origins().forEach(setting -> rendering.add(keysOf(setting.path()), setting));
        for (Spec.CompareMetric metric : spec.compare().metrics()) {
            rendering.tree(List.of("compare", "metrics", metric.name().text()));
        }
        boolean named = spec.variants().size() > 1
                || !spec.variants().get(0).name().equals("default")
                || !spec.variants().get(0).own().isEmpty();
        if (named) {
            for (Spec.Variant variant : spec.variants()) {
                rendering.tree(List.of("variants", variant.name()));
                variant.own()
                        .forEach(
                                setting -> rendering.add(List.of("variants", variant.name(), setting.path()), setting));
            }
        }
        return rendering;
    }

    /** Adds a leaf that nobody gave, unless it is there: {@code trainer.epochs}, {@code 100}. */
    public void addDefault(String path, String yaml) {
        addDefault(keysOf(path), yaml);
    }

    /** Adds a leaf that nobody gave, unless it is there; key by key, as in {@code variants, dl4j, trainer.order}. */
    public void addDefault(List<String> keys, String yaml) {
        if (!isGiven(keys)) {
            tree(keys.subList(0, keys.size() - 1))
                    .parts()
                    .put(keys.get(keys.size() - 1), new LeafText(yaml, "default", ""));
        }
    }

    /** Whether there is a leaf at or above a place, or one below it. */
    private boolean isGiven(List<String> keys) {
        Part part = root;
        for (String key : keys) {
            if (!(part instanceof Tree tree)) {
                return true;
            }
            Part next = tree.parts().get(key);
            if (next == null) {
                return false;
            }
            part = next;
        }
        // an empty map at the top only keeps the order
        return part instanceof LeafText
                || (part instanceof Tree tree && !tree.parts().isEmpty());
    }

    /** YAML alone. */
    public String text() {
        StringBuilder text = new StringBuilder();
        all().forEach(line -> text.append(line.yaml()).append('\n'));
        return text.toString();
    }

    /** YAML with each leaf's origin behind it: its place, what it overrides, or {@code default}. */
    public String withOrigins() {
        return commented(Line::origin);
    }

    /**
     * YAML with what was used behind each leaf that the environment has a part in, and on wish with each leaf's origin.
     * For a person's eyes, and no store: a value is left out only where its variable's name says that it is a secret.
     */
    public String withUsed(boolean origins) {
        return commented(line -> Stream.of(line.used(), origins ? line.origin() : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; ")));
    }

    private String commented(Function<Line, String> comment) {
        List<Line> lines = all();
        int column = lines.stream()
                .filter(line -> !comment.apply(line).isEmpty())
                .mapToInt(line -> line.yaml().length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.yaml());
            String said = comment.apply(line);
            if (!said.isEmpty()) {
                text.append(" ".repeat(Math.max(0, column - line.yaml().length()) + 2))
                        .append("# ")
                        .append(said);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void add(List<String> keys, Setting setting) {
        tree(keys.subList(0, keys.size() - 1))
                .parts()
                .put(
                        keys.get(keys.size() - 1),
                        new LeafText(
                                setting.value().toString(),
                                // an option may be typed over several lines, and a comment is one
                                Problem.oneLine(setting.value().at() + setting.overriding()),
                                used(setting.value())));
    }

    private static String used(Node value) {
        return value.isFromEnvironment() ? Problem.shortened(FlowText.ofUsed(value)) : "";
    }

    /** A path outside variants has up to four keys, of which the last may hold dots where it is an option or a metric. */
    private static List<String> keysOf(String path) {
        String[] parts = path.split("\\.");
        if (path.startsWith("sweep.params.")) {
            return List.of("sweep", "params", path.substring("sweep.params.".length()));
        }
        if (path.startsWith("compare.metrics.") && parts.length > 4) {
            int last = path.lastIndexOf('.');
            return List.of(
                    "compare", "metrics", path.substring("compare.metrics.".length(), last), path.substring(last + 1));
        }
        return Grammar.BLOCKS.stream()
                .filter(block -> path.startsWith(block + "."))
                .findFirst()
                .map(block -> {
                    String name = path.substring(block.length() + 1);
                    int dot = name.indexOf('.');
                    Stream<String> rest = dot > 0 && Grammar.FREE.contains(name.substring(0, dot))
                            ? Stream.of(name.substring(0, dot), name.substring(dot + 1))
                            : Stream.of(name);
                    return Stream.concat(Stream.of(block.split("\\.")), rest).toList();
                })
                .orElse(List.of(parts));
    }

    private Tree tree(List<String> keys) {
        Tree tree = root;
        for (String key : keys) {
            if (tree.parts().get(key) instanceof Tree below) {
                tree = below;
            } else {
                Tree fresh = new Tree(new LinkedHashMap<>());
                tree.parts().put(key, fresh);
                tree = fresh;
            }
        }
        return tree;
    }

    private List<Line> all() {
        List<Line> lines = new ArrayList<>();
        root.parts().forEach((key, part) -> {
            if (!(part instanceof Tree tree) || !tree.parts().isEmpty()) {
                write(key, part, "", lines);
            }
        });
        return lines;
    }

    private static void write(String key, Part part, String indent, List<Line> lines) {
        String begin = indent + FlowText.ofText(key) + ":";
        if (part instanceof LeafText leaf) {
            lines.add(new Line(begin + " " + leaf.yaml(), leaf.origin(), leaf.used()));
        } else if (part instanceof Tree tree && tree.parts().isEmpty()) {
            lines.add(new Line(begin + " {}", "", ""));
        } else if (part instanceof Tree tree) {
            lines.add(new Line(begin, "", ""));
            tree.parts().forEach((name, below) -> write(name, below, indent + "  ", lines));
        }
    }
}
