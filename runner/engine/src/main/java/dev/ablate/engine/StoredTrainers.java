package dev.ablate.engine;

import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundTrainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the trainers of stored runs again, with the options that the store knows: for models that only their trainer can bring back. */
final class StoredTrainers {

    private static final String PREFIX = "trainer.";
    private static final String PLUGIN = "plugin";

    private final Supplier<Catalog> catalog;
    private final Map<String, String> environment;

    StoredTrainers(Supplier<Catalog> catalog, Map<String, String> environment) {
        this.catalog = catalog;
        this.environment = environment;
    }

    /**
     * The trainer of a run.
     *
     * @param name what messages call the run
     * @throws RequestException if its plugin is not there, or does not take these options any more
     */
    BoundTrainer of(String name, RunRecord run) {
        Problems problems = new Problems();
        Map<String, Setting> options = new LinkedHashMap<>();
        run.params().forEach((path, text) -> {
            if (path.startsWith(PREFIX)) {
                setting(path, text, problems).ifPresent(option -> options.put(path.substring(PREFIX.length()), option));
            }
        });
        Optional<Setting> plugin = Optional.ofNullable(options.remove(PLUGIN));
        options.remove(PLUGIN + ".sha256");
        Block block = new Block(Position.ofOption(name), plugin, options);
        return catalog.get()
                .trainer(block, Optional.empty(), problems)
                .map(bound -> bound.component())
                .orElseThrow(() -> new RequestException(name + " has a model that only its trainer "
                        + Problem.quoted(run.params().getOrDefault(PREFIX + PLUGIN, "")) + " can bring back: "
                        + problems.all().stream()
                                .map(Problem::message)
                                .findFirst()
                                .orElse("it has no options")));
    }

    private Optional<Setting> setting(String path, String text, Problems problems) {
        return NodeReader.read(path, text, environment, problems)
                .map(value -> new Setting(path, value.at(), value, Optional.empty()));
    }
}
