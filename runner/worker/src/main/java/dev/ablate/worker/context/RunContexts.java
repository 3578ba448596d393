package dev.ablate.worker.context;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.worker.catalog.BoundMetric;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.catalog.Plugged;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.catalog.Plugins;
import dev.ablate.worker.exchange.ExchangeException;
import dev.ablate.worker.prepare.Preparations;
import dev.ablate.worker.spec.PluginSpec;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.spec.RunSpec;
import dev.ablate.worker.spec.SplitSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes runs of specs that were made elsewhere, and takes no other data, files, plugins or results for those that were meant.
 *
 * <p>Data are opened once, however many runs use them. Used by one thread.
 */
public final class RunContexts {

    private final Plugins plugins;
    private final Map<String, String> environment;
    private final Map<Opening, Dataset> opened = new HashMap<>();
    private final Preparations preparations = new Preparations();

    /** A dataset with its options, the name of its source, and the column that says which rows belong together. */
    private record Opening(String plugin, Map<String, Object> options, String source, Optional<String> group) {}

    /**
     * Makes runs of what there is here.
     *
     * @param plugins what there is to choose from
     * @param environment what {@code ${env:NAME}} stands for
     */
    public RunContexts(Plugins plugins, Map<String, String> environment) {
        this.plugins = plugins;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The run of a spec.
     *
     * @param folder the exchange's folder, with the run's input files
     * @throws ExchangeException if it cannot be made here as it was submitted; the message says what differs
     */
    public RunContext of(RunSpec spec, Path folder) {
        Leaves leaves = new Leaves(spec);
        try {
            leaves.check("results", Integer.toString(RunKey.RESULTS));
            Plugged dataset = plugged(Kind.DATASET, spec.dataset(), leaves);
            Plugged trainer = plugged(Kind.TRAINER, spec.trainer(), leaves);
            leaves.check("dataset.plugin.sha256", dataset.contentHash());
            leaves.check("trainer.plugin.sha256", trainer.contentHash());
            OpenedOptions options = new OpenedOptions(spec.key(), folder, environment);
            Map<String, Object> ofTrainer = options.of(spec.trainer());
            Dataset data = opened(dataset, options.of(spec.dataset()), spec);
            leaves.check("dataset.content.sha256", data.contentHash());
            BoundTrainer bound = trainer.trainer(trainer.options(ofTrainer));
            bound.furtherLeaves(RunContext.variant(spec.label()))
                    .forEach((name, text) -> leaves.check("trainer." + name, text));
            return new RunContext(
                    spec.label(),
                    spec.seed(),
                    spec.key(),
                    preparations.of(data, spec.features(), spec.prepare()),
                    spec.split(),
                    spec.scale(),
                    bound,
                    spec.decision(),
                    spec.stop(),
                    spec.timeout(),
                    spec.weights(),
                    spec.every(),
                    metrics(spec, leaves),
                    spec.leaves(),
                    spec.params());
        } catch (PluginException | IllegalArgumentException e) {
            throw refused(spec, String.valueOf(e.getMessage()), e);
        } catch (DataException e) {
            List<String> reasons = new ArrayList<>(List.of(e.place() + ": " + e.getMessage()));
            reasons.addAll(e.further());
            throw refused(spec, String.join("; ", reasons), e);
        }
    }

    private static ExchangeException refused(RunSpec spec, String reason, RuntimeException cause) {
        return new ExchangeException("run " + spec.label() + " cannot be trained here: " + reason, cause);
    }

    private Plugged plugged(Kind kind, PluginSpec wanted, Leaves leaves) {
        Plugged found = plugins.of(kind).get(wanted.plugin());
        if (found == null) {
            throw new IllegalArgumentException("there is no " + Plugged.word(kind) + " '" + wanted.plugin() + "' here"
                    + leaves.was(Plugged.word(kind) + ".plugin.sha256") + "; there are "
                    + String.join(", ", plugins.of(kind).keySet()) + broken());
        }
        return found;
    }

    private String broken() {
        StringBuilder text = new StringBuilder();
        plugins.broken().forEach(e -> text.append("; ").append(e.getMessage()));
        return text.toString();
    }

    private Dataset opened(Plugged dataset, Map<String, Object> options, RunSpec spec) {
        Optional<String> group = spec.split().flatMap(SplitSettings::group);
        return opened.computeIfAbsent(new Opening(dataset.entry().name(), options, spec.source(), group), opening -> {
            Dataset data = dataset.dataset(dataset.options(options)).open().from(spec.source());
            return group.map(data::grouping).orElse(data);
        });
    }

    private Metrics metrics(RunSpec spec, Leaves leaves) {
        List<BoundMetric> metrics = new ArrayList<>();
        for (String name : spec.metrics()) {
            BoundMetric metric = Optional.ofNullable(plugins.of(Kind.METRIC).get(name))
                    .map(Plugged::metric)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no metric '" + name + "' here" + leaves.was(hash(name)) + broken()));
            metric.jarHash().ifPresent(hash -> leaves.checkIfThere(hash(name), hash));
            metrics.add(metric);
        }
        return new Metrics(metrics);
    }

    /** The leaf of the hash of a metric's jar. */
    private static String hash(String metric) {
        return "compare.metrics." + metric + ".sha256";
    }
}
