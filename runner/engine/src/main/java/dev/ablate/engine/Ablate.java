package dev.ablate.engine;

import com.google.common.base.Suppliers;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.catalog.CatalogFinder;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.launch.LaunchingExecutor;
import dev.ablate.engine.launch.TaskCommand;
import dev.ablate.engine.plan.KnownMetrics;
import dev.ablate.engine.planning.Planner;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.provenance.Gathering;
import dev.ablate.engine.provenance.ProgramCode;
import dev.ablate.engine.report.Program;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.transfer.RunTransfer;
import dev.ablate.worker.task.ForwardClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs experiments, and remembers them in a home: one store of runs, one set of plugins.
 *
 * <p>It prints nothing, reads no environment and ends no process. Several threads may use it at once. Closing it closes the store;
 * nothing is created on the disk before a first experiment is run.
 */
public final class Ablate implements AutoCloseable {

    private final Home home;
    private final Program program;
    private final ShippedExperiments shipped;
    private final OpenStore open;
    private final Builder built;
    private final CatalogFinder catalog;
    private @Nullable Executor executor;

    private Ablate(Builder built) {
        this.built = new Builder(built);
        this.home = new Home(built.home, built.home);
        this.program = built.program;
        this.shipped = new ShippedExperiments(built.experiments);
        this.catalog = new CatalogFinder(
                () -> Catalog.find(built.plugins, built.pluginFolder, home.plugins()), built.brokenPlugins);
        this.open = new OpenStore(home, built.homeKind, built.clock, built.natives, built.upgraded, built.homeRemarks);
    }

    /** Begins with the defaults: home {@code .ablate} in the working directory, and the plugins on the class path. */
    public static Builder builder() {
        return new Builder();
    }

    /** What an {@link Ablate} is made of. */
    public static final class Builder {

        private Path home = Path.of(".ablate").toAbsolutePath();
        private HomeKind homeKind = HomeKind.AUTO;
        private Consumer<String> homeRemarks = remark -> {};
        private ClassLoader plugins = Ablate.class.getClassLoader();
        private Optional<Path> pluginFolder = Optional.empty();
        private Optional<Path> experiments = Optional.empty();
        private Optional<Path> natives = Optional.empty();
        private Map<String, String> environment = Map.of();
        private Clock clock = ForwardClock.system();
        private Program program = Program.ABLATE;
        private Consumer<Problem> brokenPlugins = problem -> {};
        private Consumer<Path> upgraded = copy -> {};
        private Optional<Tracker> tracker = Optional.empty();
        private Optional<Supplier<Provenance>> provenance = Optional.empty();
        private Optional<Function<RunStore, Executor>> executor = Optional.empty();
        private Supplier<List<String>> taskProgram = TaskCommand::ofThisJava;
        private Supplier<Optional<String>> code = () -> ProgramCode.of(System.getProperty("java.class.path", ""));

        private Builder() {}

        /** What is changed in the other later is not changed in this one. */
        private Builder(Builder other) {
            home = other.home;
            homeKind = other.homeKind;
            homeRemarks = other.homeRemarks;
            plugins = other.plugins;
            pluginFolder = other.pluginFolder;
            experiments = other.experiments;
            natives = other.natives;
            environment = other.environment;
            clock = other.clock;
            program = other.program;
            brokenPlugins = other.brokenPlugins;
            tracker = other.tracker;
            provenance = other.provenance;
            executor = other.executor;
            taskProgram = other.taskProgram;
            code = other.code;
        }

        /** Where runs are stored, and where further plugins are looked for; it is made at the first write. */
        public Builder home(Path folder) {
            home = folder.toAbsolutePath().normalize();
            return this;
        }

        /** Whether other hosts see the home, where that does not follow from its file system: then one process at a time uses it. */
        public Builder homeKind(HomeKind kind) {
            homeKind = kind;
            return this;
        }

        /** Hears what a person should know of a home on a network file system, as it arises. */
        public Builder homeRemarks(Consumer<String> listener) {
            homeRemarks = listener;
            return this;
        }

        /** Sees the built-in plugins, instead of the class loader that has loaded Ablate. */
        public Builder plugins(ClassLoader loader) {
            plugins = loader;
            return this;
        }

        /** A folder with a folder of jars for each further plugin; it need not exist. */
        public Builder plugins(Path folder) {
            pluginFolder = Optional.of(folder);
            return this;
        }

        /** A folder of specs that are found by their names. */
        public Builder experiments(Path folder) {
            experiments = Optional.of(folder);
            return this;
        }

        /** A folder for the libraries of this machine, unpacked once; without it each process unpacks them into the temporary folder. */
        public Builder natives(Path folder) {
            natives = Optional.of(folder);
            return this;
        }

        /** What {@code ${env:NAME}} stands for in specs; nothing by default. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** Gives the times of runs; by default the system's, which is kept from going back. */
        public Builder clock(Clock time) {
            clock = time;
            return this;
        }

        /** What a person types to start the program, for hints that name a command. */
        public Builder program(Program typed) {
            program = typed;
            return this;
        }

        /** Hears of plugins that cannot be used, when they are first looked for. */
        public Builder brokenPlugins(Consumer<Problem> listener) {
            brokenPlugins = listener;
            return this;
        }

        /** Hears of the copy that is made of a store of an older version, when that is brought up to date: once a store. */
        public Builder upgraded(Consumer<Path> listener) {
            upgraded = listener;
            return this;
        }

        /** Delivers what is run, unless a spec or {@link RunOptions#tracking} says otherwise; without one the store has everything. */
        public Builder tracker(Tracker delivers) {
            tracker = Optional.of(delivers);
            return this;
        }

        /**
         * What runs are begun with, instead of what Java says of this program; asked when a run is about to begin, each time. A
         * {@link Gathering} adds the git commit, the machine and the command.
         */
        public Builder provenance(Supplier<Provenance> ofProcess) {
            provenance = Optional.of(ofProcess);
            return this;
        }

        /**
         * What launchers start to run tasks: a program and its arguments, behind which those of
         * {@link dev.ablate.worker.task.TaskProgram} stand. By default this Java with the class path of this process.
         */
        public Builder taskProgram(List<String> command) {
            List<String> copy = List.copyOf(command);
            taskProgram = () -> copy;
            return this;
        }

        /** What the program's code is known by, instead of the jars that it is loaded from. */
        Builder code(Supplier<Optional<String>> known) {
            code = known;
            return this;
        }

        /** Trains otherwise than in this process. */
        Builder executor(Function<RunStore, Executor> other) {
            executor = Optional.of(other);
            return this;
        }

        /** Makes it; reads and writes nothing yet. */
        public Ablate build() {
            return new Ablate(this);
        }
    }

    /**
     * An experiment by its file.
     *
     * @throws RequestException if there is no such file
     */
    public Experiment experiment(Path file) {
        if (!Files.exists(file)) {
            throw new RequestException("no file '" + file + "'");
        }
        return new Experiment(this, SpecSource.file(file.toString(), file), Overrides.NONE, List.of());
    }

    /**
     * An experiment by what a person names: a file that exists, else the name of one that comes with the program.
     *
     * @throws RequestException with the nearest name, if it is neither
     */
    public Experiment experiment(String named) {
        return new Experiment(this, SpecSource.file(named, shipped.find(named)), Overrides.NONE, List.of());
    }

    /**
     * An experiment that is in no file.
     *
     * @param name what messages and hints call it
     * @param yaml what would stand in its file; paths in it are relative to the working directory
     */
    public Experiment experiment(String name, String yaml) {
        return new Experiment(this, SpecSource.text(name, yaml), Overrides.NONE, List.of());
    }

    /** The experiments that come with the program. */
    public ShippedExperiments shipped() {
        return shipped;
    }

    /**
     * The datasets, trainers, metrics and launchers that there are.
     *
     * @throws dev.ablate.engine.problem.SpecException if two plugins bring the same name
     */
    public Catalog catalog() {
        return catalog.get();
    }

    /** Begins to find them beside the caller, who needs them soon. */
    public void findPlugins() {
        catalog.ahead();
    }

    /** Where things are kept. */
    public Home home() {
        return home;
    }

    /** Everything that was run here. */
    public RunStore store() {
        return open.store();
    }

    /** Takes finished runs from one home to another. */
    public RunTransfer transfer() {
        return new RunTransfer(store());
    }

    /** Experiments whose runs were left with a launcher, and are not all collected. */
    public List<Submission> submissions() {
        return Submission.all(this);
    }

    /** Compares runs that no spec speaks for. */
    public Comparer comparer() {
        // what cannot be used is not known
        return new Comparer(store(), new KnownMetrics(catalog().metrics((name, e) -> {}), List.of()));
    }

    StoredComparisons comparisons() {
        return new StoredComparisons(store(), program);
    }

    /** What is in the store alone: a comparison named by its key, or by its name where there is no spec of that name. */
    public Optional<ComparisonRecord> storedAlone(String what) {
        return shipped.knows(what) ? Optional.empty() : comparisons().find(what);
    }

    /** Finds trained models in the store. */
    public StoredModels models() {
        return new StoredModels(store(), comparisons(), new StoredTrainers(this::catalog, built.environment));
    }

    /** Writes reports as pages. */
    public Pages pages() {
        return new Pages(home, store());
    }

    /** Renders reports. */
    public Forms forms() {
        return new Forms(store());
    }

    /** What the program's code is known by; empty where it may change unseen. */
    Optional<String> code() {
        return built.code.get();
    }

    Program program() {
        return program;
    }

    RunTracking tracking() {
        return built.tracker
                .<RunTracking>map(tracker -> new TrackerDelivery(tracker, store()))
                .orElse(RunTracking.NONE);
    }

    Planning planning() {
        return new Planning(new SpecReader(built.environment), new Planner(catalog()));
    }

    private Supplier<Provenance> provenance() {
        return built.provenance.orElseGet(
                () -> Suppliers.memoize(() -> Gathering.ofProgram(catalog().plugins())));
    }

    synchronized Executor executor() {
        Executor made = executor;
        if (made == null) {
            RunStore runs = store();
            made = built.executor.map(other -> other.apply(runs)).orElseGet(() -> executor(runs));
            executor = made;
        }
        return made;
    }

    private Executor executor(RunStore runs) {
        Supplier<Provenance> begunWith = provenance();
        List<Path> folders = Stream.concat(built.pluginFolder.stream(), Stream.of(home.plugins()))
                .toList();
        return new LaunchingExecutor(
                runs,
                home.folder(),
                begunWith,
                built.clock,
                () -> new TaskCommand(built.taskProgram.get(), folders, catalog()),
                Executor.of(runs, begunWith));
    }

    /** Writes what is waiting, and closes the store; an experiment that still runs fails. */
    @Override
    public void close() {
        open.close();
    }
}
