package dev.ablate.worker.context;

import dev.ablate.worker.catalog.ContentHash;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.SealedValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Options of a submitted run as they are here: with the files that came along, and what the environment gives. */
final class OpenedOptions {

    private final RunKey key;
    private final Path folder;
    private final Map<String, String> environment;

    OpenedOptions(RunKey key, Path folder, Map<String, String> environment) {
        this.key = key;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Plain data by name.
     *
     * @throws IllegalArgumentException if a file is missing or another, or the environment gives another value
     */
    Map<String, Object> of(PluginSpec plugin) {
        Map<String, Object> options = new TreeMap<>();
        plugin.options().forEach((name, value) -> options.put(name, of(value)));
        return options;
    }

    private Object of(Object value) {
        if (value instanceof InputFile file) {
            return of(file);
        } else if (value instanceof SealedValue sealed) {
            return sealed.open(environment, key);
        } else if (value instanceof List<?> list) {
            return list.stream().map(this::of).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new TreeMap<>();
            map.forEach((name, entry) -> entries.put(name.toString(), of(entry)));
            return entries;
        }
        return value;
    }

    private Path of(InputFile file) {
        Path path = folder.resolve(file.path());
        String here;
        try {
            here = ContentHash.of(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("the input file " + path + " cannot be read: " + e, e);
        }
        if (!here.equals(file.sha256())) {
            throw new IllegalArgumentException("the input file " + path + " has the content " + here + " here, and had "
                    + file.sha256() + " where the run was submitted");
        }
        return path;
    }
}
