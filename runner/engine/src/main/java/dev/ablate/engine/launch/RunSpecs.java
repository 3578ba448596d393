package dev.ablate.engine.launch;

import dev.ablate.engine.catalog.FromEnvironment;
import dev.ablate.engine.catalog.WrittenPlugin;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.spec.InputFile;
import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.spec.SealedValue;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes planned runs data that travel: their files are taken along, and what the environment gives is sealed. */
final class RunSpecs {

    private static final String SEALED = "hmac-sha256:";

    private RunSpecs() {}

    /**
     * The spec of a run.
     *
     * @param provenance what this process knows of code and machine; the text of a patch does not travel
     * @param inputs takes a file or folder along
     * @throws IllegalArgumentException if an option cannot travel; the message says which
     */
    static RunSpec of(PlannedRun run, Provenance provenance, Function<Path, InputFile> inputs) {
        return new RunSpec(
                run.label(),
                run.key(),
                run.seed(),
                travelling("dataset", run.sources().dataset(), run, inputs),
                run.dataset().source(),
                run.context().preparation().features(),
                run.context().preparation().settings(),
                run.split(),
                run.scale(),
                travelling("trainer", run.sources().trainer(), run, inputs),
                run.decision(),
                run.stop(),
                run.timeout(),
                run.weights(),
                run.every(),
                run.metrics().all().stream().map(BoundMetric::name).toList(),
                leaves(run),
                run.params(),
                provenance.without(Set.of(Provenance.GIT_PATCH)).values());
    }

    /** What the key of a run is a hash of; of an option that the environment has a part in, a keyed hash alone. */
    static String leaves(PlannedRun run) {
        Set<String> sealed = new HashSet<>();
        sealed("dataset", run.sources().dataset(), sealed);
        sealed("trainer", run.sources().trainer(), sealed);
        StringBuilder leaves = new StringBuilder();
        run.leaves().lines().forEach(line -> {
            int colon = line.indexOf(": ");
            boolean hidden = colon >= 0 && sealed.contains(line.substring(0, colon));
            leaves.append(
                            hidden
                                    ? line.substring(0, colon + 2)
                                            + SEALED
                                            + SealedValue.seal(line.substring(colon + 2), run.key())
                                    : line)
                    .append('\n');
        });
        return leaves.toString();
    }

    private static void sealed(String word, WrittenPlugin plugin, Set<String> paths) {
        plugin.options().forEach((name, value) -> {
            if (isFromEnvironment(value)) {
                paths.add(word + "." + name);
            }
        });
    }

    private static boolean isFromEnvironment(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(RunSpecs::isFromEnvironment);
        } else if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(RunSpecs::isFromEnvironment);
        }
        return value instanceof FromEnvironment;
    }

    private static PluginSpec travelling(
            String word, WrittenPlugin plugin, PlannedRun run, Function<Path, InputFile> inputs) {
        Map<String, String> leaves = KeyText.leaves(run.leaves());
        Map<String, Object> options = new TreeMap<>();
        plugin.options().forEach((name, value) -> {
            String path = word + "." + name;
            String planned = leaves.getOrDefault(path, "");
            options.put(
                    name,
                    travelling(path, value, run.key(), file -> asPlanned(path, file, inputs.apply(file), planned)));
        });
        return new PluginSpec(plugin.plugin(), options);
    }

    /** Takes no file along that is another than the plan was made of; whoever trains the run compares the data of a dataset's. */
    private static InputFile asPlanned(String path, Path file, InputFile taken, String planned) {
        if (!path.startsWith("dataset.") && !planned.contains(taken.sha256())) {
            throw new IllegalArgumentException(
                    path + ": " + file + " has changed since the plan was made; run it again");
        }
        return taken;
    }

    private static Object travelling(String path, Object value, RunKey key, Function<Path, InputFile> inputs) {
        if (value instanceof Path file) {
            return inputs.apply(file);
        } else if (value instanceof FromEnvironment given) {
            return SealedValue.of(given.written(), given.text(), given.data(), key)
                    .orElseThrow(() -> new IllegalArgumentException(path + " is " + given.written()
                            + ", of which more is made than a text, a number, true or false: it cannot be trained elsewhere;"
                            + " write the value into the spec"));
        } else if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> travelling(path, item, key, inputs))
                    .toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new TreeMap<>();
            map.forEach(
                    (name, entry) -> entries.put(name.toString(), travelling(path + "." + name, entry, key, inputs)));
            return entries;
        }
        return value;
    }
}
