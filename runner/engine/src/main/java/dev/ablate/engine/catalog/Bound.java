package dev.ablate.engine.catalog;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Schema;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.DependsOnMachine;
import dev.ablate.core.option.Refused;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.core.training.LimitedAnswers;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.BoundLauncher;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Plugged;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.text.Thrown;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A dataset, trainer or launcher that a spec chose, with its options.
 *
 * @param <T> {@link BoundDataset}, {@link BoundTrainer} or {@link BoundLauncher}
 */
public final class Bound<T> {

    private final T component;
    private final Plugged plugged;
    private final Block block;
    private final Record record;
    private final List<String> names;
    private final List<BoundOption> options;

    Bound(T component, Plugged plugged, Block block, Record record, List<String> names, List<BoundOption> options) {
        this.component = component;
        this.plugged = plugged;
        this.block = block;
        this.record = record;
        this.names = List.copyOf(names);
        this.options = List.copyOf(options);
    }

    /** What is used. */
    public T component() {
        return component;
    }

    /** The name in the spec. */
    public String plugin() {
        return plugged.entry().name();
    }

    /** Every option that has a value, given or not, sorted by name. */
    public List<BoundOption> options() {
        return options;
    }

    /** {@code dataset}, {@code trainer} or {@code run.launcher}: where it stands in a spec. */
    public String word() {
        return Catalog.place(plugged.entry().kind());
    }

    /**
     * What counts for a run's key, by dotted path: the plugin's name, the hash of its jar, the options with the hashes of
     * their files; those of a dataset count as the data that it makes of them. Empty if a file cannot be read, which is reported.
     */
    public Optional<Map<String, String>> keyLeaves(Problems problems) {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves.put(word() + ".plugin", plugin());
        try {
            leaves.put(word() + ".plugin.sha256", plugged.contentHash());
        } catch (PluginException e) {
            problems.add(Problem.error(pluginAt(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        boolean isDataset = plugged.entry().kind() == Kind.DATASET;
        boolean readable = true;
        for (BoundOption option : options) {
            try {
                option.leaves(isDataset ? option.keyTextOfData() : option.keyText())
                        .forEach((name, text) -> leaves.put(word() + "." + name, text));
            } catch (UncheckedIOException e) {
                readable = false;
                problems.add(Problem.error(
                        at(option.name()), word() + "." + option.name() + " cannot be read: " + e.getCause()));
            }
        }
        return readable ? Optional.of(leaves) : Optional.empty();
    }

    /** How a run names it to other processes. */
    public WrittenPlugin written() {
        return new WrittenPlugin(
                plugin(), options.stream().collect(Collectors.toMap(BoundOption::name, BoundOption::written)));
    }

    /** Asks the options whether they fit the data, and reports what does not; see {@link DependsOnData}. */
    public void check(Schema schema, Problems problems) {
        if (record instanceof DependsOnData dependent) {
            report(() -> dependent.check(schema), problems);
        }
    }

    /** Asks the options whether this machine has what they need, and reports what it has not; see {@link DependsOnMachine}. */
    public void checkMachine(Path folder, Problems problems) {
        if (record instanceof DependsOnMachine dependent) {
            report(() -> dependent.checkMachine(folder), problems);
        }
    }

    private void report(Runnable check, Problems problems) {
        try {
            plugged.call(
                    () -> {
                        check.run();
                        return record;
                    },
                    e -> e instanceof Refused refused ? refused : plugged.failed(e));
        } catch (Refused e) {
            OptionsBinder.report(e, word(), block, Set.of(), problems);
        } catch (PluginException e) {
            problems.add(Problem.error(pluginAt(), String.valueOf(e.getMessage())));
        }
    }

    /** What a model of these options answers at most; empty if any number, or if the options fail, which is reported. */
    public Optional<AnswerRange> answerRange(Problems problems) {
        if (record instanceof LimitedAnswers limited) {
            try {
                Optional<AnswerRange> range = plugged.call(limited::answerRange);
                if (range == null) {
                    throw plugged.broken("says null of the range of its answers");
                }
                return range;
            } catch (PluginException e) {
                problems.add(Problem.error(pluginAt(), String.valueOf(e.getMessage())));
            }
        }
        return Optional.empty();
    }

    /** Whether its options record has an option of this name. */
    public boolean has(String option) {
        return names.contains(option);
    }

    /** The option of this name that has a value, given or not. */
    public Optional<BoundOption> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** A dataset's complaints as a problem: where the option that the first is about stands, else at the plugin. */
    public Problem problem(DataException e) {
        Problem first = first(e);
        for (String line : e.further()) {
            first = first.noting(Thrown.oneLine(line));
        }
        return first;
    }

    private Problem first(DataException e) {
        Setting given = block.options().get(e.place());
        String message = Thrown.oneLine(String.valueOf(e.getMessage()));
        if (given != null) {
            return Problem.error(given.value().at(), given.path() + ": " + message + given.overriding());
        }
        Position at = options.stream()
                .filter(option -> option.names(e.place()))
                .flatMap(option -> option.setting().stream())
                .map(setting -> setting.value().at())
                .findFirst()
                .orElseGet(this::pluginAt);
        return Problem.error(at, Thrown.oneLine(e.place()) + ": " + message);
    }

    /** The name of the data's source; where the environment names that file, as the spec has it. */
    public String shownSource(String source) {
        return options.stream()
                .flatMap(option -> option.setting().stream())
                .map(Setting::value)
                .filter(value -> value instanceof Node.Scalar scalar
                        && scalar.isFromEnvironment()
                        && (scalar.text().equals(source) || scalar.text().endsWith("/" + source)))
                .map(value -> ((Node.Scalar) value).written())
                .findFirst()
                .orElse(source);
    }

    /** Where the plugin is named. */
    public Position pluginAt() {
        return block.plugin().map(plugin -> plugin.value().at()).orElse(block.at());
    }

    private Position at(String option) {
        Setting setting = block.options().get(option);
        return setting == null ? block.at() : setting.value().at();
    }
}
