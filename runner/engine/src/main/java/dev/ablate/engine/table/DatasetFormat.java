package dev.ablate.engine.table;

import dev.ablate.engine.catalog.FormatOptions;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.reader.file.FileFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the table of a dataset is written, so that further rows for its models are read alike.
 *
 * @param options by key, in the words of a spec
 * @param names of all columns as the dataset says them; empty if the file has them
 * @param target name of the column that a file of further rows may lack
 */
public record DatasetFormat(Map<String, String> options, List<String> names, String target) {

    private static final String PREFIX = "dataset.";
    private static final String TABLE = "table";

    /** Copies both. */
    public DatasetFormat {
        options = Map.copyOf(options);
        names = List.copyOf(names);
    }

    /**
     * What a run's settings say of it.
     *
     * @param params every leaf as text, by path
     */
    public static DatasetFormat of(Map<String, String> params) {
        Map<String, String> options = new LinkedHashMap<>();
        if (TABLE.equals(params.get(PREFIX + "plugin"))) {
            params.forEach((path, text) -> {
                if (path.startsWith(PREFIX)) {
                    options.put(path.substring(PREFIX.length()), text);
                }
            });
        }
        return new DatasetFormat(options, names(options), options.getOrDefault("target", ""));
    }

    private static List<String> names(Map<String, String> options) {
        List<String> names = new ArrayList<>();
        // another version may have written it otherwise
        NodeReader.read("columns", options.getOrDefault("columns", "[]"), new Problems())
                .ifPresent(node -> {
                    if (node instanceof Node.Sequence list) {
                        list.items().forEach(item -> names.add(item instanceof Node.Scalar text ? text.text() : ""));
                    }
                });
        return names;
    }

    /** The same as options of a file, of which some are given otherwise. */
    FileFormat with(List<String> given) {
        return FormatOptions.of(options, given);
    }

    /** The same of a file without lines above its header. */
    DatasetFormat withoutSkip() {
        Map<String, String> others = new LinkedHashMap<>(options);
        others.remove("skip");
        return new DatasetFormat(others, names, target);
    }

    /** All names, and all but the target's. */
    List<List<String>> namesOfRows() {
        return names.isEmpty()
                ? List.of()
                : List.of(
                        names,
                        names.stream().filter(name -> !name.equals(target)).toList());
    }
}
