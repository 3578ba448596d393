package dev.ablate.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.command.StatusCommand;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.provenance.CommandMask;
import dev.ablate.engine.provenance.Gathering;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.sqlite.SqliteLibrary;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.mlflow.delivery.MlflowTracker;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.worker.task.ForwardClock;
import java.time.Clock;

/** Wires the runner; every binding is written here. */
final class RunnerModule extends AbstractModule {

    /** The variable that names what of a run's provenance is not to be kept. */
    private static final String WITHOUT = "ABLATE_PROVENANCE_WITHOUT";

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
        bind(StatusCommand.Inventory.class);
        bind(Deliveries.class);
    }

    @Provides
    @Singleton
    Clock clock() {
        return ForwardClock.system();
    }

    @Provides
    @Singleton
    Home home() {
        return Home.find(surroundings.environment(), surroundings.working(), surroundings.user());
    }

    @Provides
    @Singleton
    Ablate ablate(Home home, Clock clock, Provider<Gathering> gathering) {
        Ablate.Builder builder = Ablate.builder()
                .home(home.folder())
                .plugins(RunnerModule.class.getClassLoader())
                .environment(surroundings.environment())
                .clock(clock)
                .program(surroundings.program())
                .provenance(() -> gathering.get().get())
                .brokenPlugins(problem -> console.report(problem.render()))
                .upgraded(copy ->
                        console.report("the store is of this version now; as the version before left it, it is in "
                                + copy + ", which nothing needs but that version"));
        surroundings.plugins().ifPresent(builder::plugins);
        surroundings.experiments().ifPresent(builder::experiments);
        surroundings.natives().ifPresent(builder::natives);
        return builder.build();
    }

    @Provides
    RunStore store(Ablate ablate) {
        return ablate.store();
    }

    /** Begins when a command that trains asks for it, so that git has answered when a run begins. */
    @Provides
    @Singleton
    Gathering gathering(Home home, Provider<Ablate> ablate) {
        try {
            return Gathering.begin(new Gathering.Settings(
                    surroundings.working(),
                    surroundings.environment(),
                    home.folder(),
                    console.program().command(CommandMask.mask(console.words())),
                    () -> ablate.get().catalog().plugins(),
                    Gathering.names(surroundings.environment().getOrDefault(WITHOUT, ""))));
        } catch (RequestException e) {
            throw new UsageException(WITHOUT + ": " + e.getMessage());
        }
    }

    @Provides
    @Singleton
    Tracker tracker(LocalServer server) {
        return new MlflowTracker(surroundings.environment(), server::running);
    }

    @Provides
    @Singleton
    LocalServer server(Home home, Clock clock) {
        surroundings.natives().ifPresent(SqliteLibrary::keepIn);
        return new LocalServer(LocalServer.folder(home.folder()), home.shared(), clock, surroundings.environment());
    }
}
