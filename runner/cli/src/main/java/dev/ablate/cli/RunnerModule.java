package dev.ablate.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ablate.cli.app.Comparer;
import dev.ablate.cli.app.Conductor;
import dev.ablate.cli.app.Forms;
import dev.ablate.cli.app.OpenStore;
import dev.ablate.cli.app.Planning;
import dev.ablate.cli.app.Publisher;
import dev.ablate.cli.app.ShippedExperiments;
import dev.ablate.cli.app.StoredComparisons;
import dev.ablate.cli.app.StoredModels;
import dev.ablate.cli.app.Tracker;
import dev.ablate.cli.command.StatusCommand;
import dev.ablate.cli.terminal.Allowed;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ForwardClock;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.planning.Planner;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.SqliteLibrary;
import dev.ablate.engine.train.Executor;
import dev.ablate.mlflow.server.LocalServer;
import java.time.Clock;

/** Wires the runner; every binding is written here. */
final class RunnerModule extends AbstractModule {

    private final Surroundings surroundings;
    private final Console console;
    private final Interruption interruption;

    RunnerModule(Surroundings surroundings, Console console, Interruption interruption) {
        this.surroundings = surroundings;
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        binder().disableCircularProxies();
        bind(Surroundings.class).toInstance(surroundings);
        bind(Console.class).toInstance(console);
        bind(Interruption.class).toInstance(interruption);
        bind(Comparer.class);
        bind(Conductor.class);
        bind(Forms.class);
        bind(OpenStore.class).in(Singleton.class);
        bind(Planning.class);
        bind(Publisher.class);
        bind(ShippedExperiments.class);
        bind(StatusCommand.Inventory.class);
        bind(StoredModels.class);
        bind(StoredComparisons.class);
        bind(Tracker.class);
    }

    @Provides
    @Singleton
    @Allowed("the one clock")
    Clock clock() {
        return new ForwardClock(Clock.systemUTC(), System::nanoTime);
    }

    @Provides
    @Singleton
    Home home() {
        return Home.find(surroundings.environment(), surroundings.working(), surroundings.user());
    }

    @Provides
    @Singleton
    Catalog catalog(Home home) {
        Catalog catalog = Catalog.find(RunnerModule.class.getClassLoader(), surroundings.plugins(), home.plugins());
        catalog.broken().forEach(problem -> console.report(problem.render()));
        return catalog;
    }

    @Provides
    SpecReader reader() {
        return new SpecReader(surroundings.environment());
    }

    @Provides
    Planner planner(Catalog catalog) {
        return new Planner(catalog);
    }

    @Provides
    RunStore store(OpenStore open) {
        return open.store();
    }

    @Provides
    @Singleton
    Executor executor(RunStore store) {
        return Executor.of(store);
    }

    @Provides
    @Singleton
    LocalServer server(Home home, Clock clock) {
        surroundings.natives().ifPresent(SqliteLibrary::keepIn);
        return new LocalServer(home.server(), home.shared(), clock, surroundings.environment());
    }
}
