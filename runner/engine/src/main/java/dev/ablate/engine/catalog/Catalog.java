package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problem.Severity;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.BoundLauncher;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.Metrics;
import dev.ablate.worker.catalog.OptionsRecord;
import dev.ablate.worker.catalog.Plugged;
import dev.ablate.worker.catalog.PluginException;
import dev.ablate.worker.catalog.Plugins;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All datasets, trainers, metrics and launchers by name.
 *
 * <p>Listing wakes no class that a plugin binds: a dataset wakes when it is opened, a trainer or launcher when it is chosen, and a
 * metric when it is described or a spec is planned, so that a library which is not there is reported before anything runs.
 */
public final class Catalog {

    /** What {@link Launcher#LOCAL} is, in one line. */
    public static final String LOCAL_SUMMARY = "Threads of this process, the default";

    private final Plugins plugins;
    private final String searched;

    private Catalog(Plugins plugins, String searched) {
        this.plugins = plugins;
        this.searched = searched;
    }

    /**
     * Finds what plugins bring: those that a class loader sees, and those of a home.
     *
     * @throws SpecException if a name is provided twice
     * @see #find(ClassLoader, Optional, Path)
     */
    public static Catalog find(ClassLoader builtIn, Path folder) {
        return find(builtIn, Optional.empty(), folder);
    }

    /**
     * Finds what plugins bring: those that a class loader sees, those that come with the program in folders of their own, and
     * those of a home.
     *
     * @param builtIn sees the built-in plugins
     * @param shipped a folder like a home's, of built-in plugins with libraries of their own; it need not exist
     * @param folder {@code plugins}, with a folder of jars for each plugin; it need not exist
     * @throws SpecException if a name is provided twice
     */
    public static Catalog find(ClassLoader builtIn, Optional<Path> shipped, Path folder) {
        Plugins plugins = Plugins.find(
                builtIn, Stream.concat(shipped.stream(), Stream.of(folder)).toList());
        Problems problems = new Problems();
        plugins.twice().forEach(message -> problems.add(problem(Severity.ERROR, message)));
        problems.throwIfErrors();
        return new Catalog(plugins, "(searched: built-in, " + folder + ")");
    }

    /** The folder of jars that brings one of a kind; empty if that is on the class path, or unknown. */
    public Optional<Path> folder(Kind kind, String name) {
        return Optional.ofNullable(plugins.of(kind).get(name)).flatMap(Plugged::folder);
    }

    /** All of one kind, sorted by name. */
    public List<PluginEntry> entries(Kind kind) {
        return of(kind).values().stream().map(Plugged::entry).toList();
    }

    /** The plugins that have something in the catalog, but for the program itself, each with its jar's name and SHA-256; sorted. */
    public List<String> plugins() {
        return Stream.of(Kind.values())
                .flatMap(kind -> of(kind).values().stream())
                .filter(plugged -> !plugged.comesWithProgram())
                .map(Plugged::plugin)
                .distinct()
                .sorted()
                .toList();
    }

    /** A warning for each plugin that cannot be read; what it would bring is not in the catalog. */
    public List<Problem> broken() {
        return plugins.broken().stream()
                .map(e -> problem(Severity.WARNING, String.valueOf(e.getMessage())))
                .toList();
    }

    /**
     * What there is to know of a dataset, trainer, metric or launcher; empty if there is none of this name, see {@link #unknown}.
     *
     * @throws PluginException if its options record is faulty, or a metric cannot be made
     */
    public Optional<PluginDescription> describe(Kind kind, String name) {
        return Optional.ofNullable(of(kind).get(name))
                .map(plugged -> new PluginDescription(
                        plugged.entry(),
                        plugged.jar(),
                        plugged.call(() -> options(plugged), plugged::unusable),
                        kind == Kind.METRIC ? MetricFacts.of(plugged.metric()) : Map.of()));
    }

    private static List<OptionDescription> options(Plugged plugged) {
        OptionsRecord record = plugged.options();
        defaults(plugged, record);
        return record.fields().stream().map(OptionDescription::of).toList();
    }

    /** What to say to a person who asked for a name that is not there; it has no place. */
    public Problem unknown(Kind kind, String name) {
        Collection<String> names = names(kind);
        Problem problem = problem(
                        Severity.ERROR,
                        Suggestion.absent("no " + word(kind), name, Suggestion.there(names) + " " + searched))
                .suggesting(Suggestion.didYouMean(name, names));
        for (Kind other : Kind.values()) {
            if (other != kind && of(other).containsKey(name)) {
                problem = problem.suggesting("'" + name + "' is a " + word(other));
            }
        }
        for (PluginException e : plugins.broken()) {
            problem = problem.noting(String.valueOf(e.getMessage()));
        }
        return problem;
    }

    /**
     * All metrics that can be used: those that come with the program in their own order, then those of others by name.
     *
     * @param unusable gets those that cannot be made, by name
     */
    public Metrics metrics(BiConsumer<String, PluginException> unusable) {
        return plugins.metrics(unusable);
    }

    /** The dataset that a block chooses; empty if something is wrong with it, which is reported. */
    public Optional<Bound<BoundDataset>> dataset(Block block, Problems problems) {
        return choose(Kind.DATASET, block, Optional.empty(), problems, Plugged::dataset);
    }

    /**
     * The trainer that a block chooses; empty if something is wrong with it, which is reported.
     *
     * @param task what is learned, which some defaults depend on; empty if it is not known, as the data cannot be opened
     */
    public Optional<Bound<BoundTrainer>> trainer(Block block, Optional<Task> task, Problems problems) {
        return choose(Kind.TRAINER, block, task, problems, Plugged::trainer);
    }

    /**
     * The names of the trainers that can explain how they make an update, sorted. They are made for that; one that cannot be made
     * is left out.
     */
    public List<String> explaining() {
        return of(Kind.TRAINER).entrySet().stream()
                .filter(trainer -> explains(trainer.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean explains(Plugged trainer) {
        try {
            return trainer.explains();
        } catch (PluginException e) {
            // its fault is reported to those who use it
            return false;
        }
    }

    /**
     * The launcher that {@code run.launcher} chooses, whose key {@link Launcher#FOLDER} is not an option; empty if that is
     * {@link Launcher#LOCAL}, or if something is wrong with it, which is reported.
     */
    public Optional<Bound<BoundLauncher>> launcher(Block block, Problems problems) {
        Optional<String> name = block.plugin().map(Catalog::textOf);
        if (name.orElse(Launcher.LOCAL).equals(Launcher.LOCAL)) {
            unknown(Kind.LAUNCHER).refuse(Launcher.LOCAL, List.of(Launcher.FOLDER), block, problems);
            return Optional.empty();
        }
        return choose(Kind.LAUNCHER, block, Optional.empty(), problems, Plugged::launcher);
    }

    /** {@code dataset}, {@code trainer}, {@code metric} or {@code launcher}. */
    static String word(Kind kind) {
        return Plugged.word(kind);
    }

    /** Where a spec chooses one: {@code dataset}, {@code trainer} or {@code run.launcher}. */
    static String place(Kind kind) {
        return kind == Kind.LAUNCHER ? "run.launcher" : word(kind);
    }

    /** What a spec may name. */
    private Collection<String> names(Kind kind) {
        Set<String> names = new TreeSet<>(of(kind).keySet());
        if (kind == Kind.LAUNCHER) {
            names.add(Launcher.LOCAL);
        }
        return names;
    }

    /** What a spec may say to a plugin. */
    private static List<String> keys(Kind kind, OptionsRecord record) {
        return kind == Kind.LAUNCHER
                ? Stream.concat(record.names().stream(), Stream.of(Launcher.FOLDER))
                        .sorted()
                        .toList()
                : record.names();
    }

    private static String textOf(Setting plugin) {
        return plugin.value() instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static Defaults defaults(Plugged plugged, OptionsRecord record) {
        return plugged.call(() -> new Defaults(record), plugged::unusable);
    }

    private interface Maker<T> {
        /**
         * A component with its options.
         *
         * @throws PluginException if it cannot be made
         */
        T make(Plugged plugged, Record options);
    }

    private <T> Optional<Bound<T>> choose(
            Kind kind, Block block, Optional<Task> task, Problems problems, Maker<T> maker) {
        if (block.plugin().isEmpty()) {
            return Optional.empty();
        }
        Setting plugin = block.plugin().get();
        String name = textOf(plugin);
        Plugged plugged = of(kind).get(name);
        if (plugged == null) {
            Problem unknown = unknown(kind, name);
            problems.add(new Problem(
                    unknown.severity(),
                    Optional.of(plugin.value().at()),
                    unknown.message() + plugin.overriding(),
                    unknown.suggestion(),
                    unknown.notes()));
            return Optional.empty();
        }
        try {
            OptionsRecord record = plugged.options();
            Set<String> meant = unknown(kind).refuse(name, keys(kind, record), block, problems);
            OptionsBinder binder = new OptionsBinder(record, defaults(plugged, record), kind, name);
            Optional<Record> options = plugged.call(() -> binder.bind(block, task, meant, problems), plugged::unusable)
                    // with an option that was meant to be another, further problems would be guesses
                    .filter(bound -> meant.isEmpty());
            if (options.isEmpty()) {
                return Optional.empty();
            }
            List<BoundOption> written = plugged.call(() -> binder.options(options.get(), block), plugged::unusable);
            T component = maker.make(plugged, options.get());
            return Optional.of(new Bound<>(component, plugged, block, options.get(), record.names(), written));
        } catch (PluginException e) {
            problems.add(Problem.error(plugin.value().at(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private UnknownOptions unknown(Kind kind) {
        return new UnknownOptions(kind, of(kind).values());
    }

    private SortedMap<String, Plugged> of(Kind kind) {
        return plugins.of(kind);
    }

    private static Problem problem(Severity severity, String message) {
        return new Problem(severity, Optional.empty(), message, "", List.of());
    }
}
