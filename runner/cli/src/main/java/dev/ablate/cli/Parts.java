package dev.ablate.cli;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.command.StatusCommand;
import dev.ablate.cli.launch.CollectedRuns;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.cli.tracking.MlflowAnswers;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.provenance.CommandMask;
import dev.ablate.engine.provenance.Gathering;
import dev.ablate.engine.runs.Home;
import dev.ablate.engine.runs.home.HomeKind;
import dev.ablate.engine.runs.sqlite.SqliteLibrary;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.mlflow.delivery.MlflowTracker;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.worker.task.ForwardClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the runner, wired: each is made when it is first asked for, once.
 *
 * <p>Written by hand, as a library that wires takes longer at each start than what most commands do.
 */
final class Parts {

    /** The variable that names what of a run's provenance is not to be kept. */
    private static final String WITHOUT = "ABLATE_PROVENANCE_WITHOUT";

    private final Surroundings surroundings;
    private final Console console;
    private final Interruption interruption;

    private final Once<Clock> clock = new Once<>(ForwardClock::system);
    private final Once<Home> home;
    private final Once<Ablate> ablate = new Once<>(this::makeAblate);
    private final Once<Gathering> gathering = new Once<>(this::beginGathering);
    private final Once<LocalServer> server = new Once<>(this::makeServer);
    private final Once<Tracker> tracker = new Once<>(this::makeTracker);
    private final Once<Deliveries> deliveries = new Once<>(this::makeDeliveries);

    Parts(Surroundings surroundings, Console console, Interruption interruption) {
        this.surroundings = surroundings;
        this.console = console;
        this.interruption = interruption;
        this.home =
                new Once<>(() -> Home.find(surroundings.environment(), surroundings.working(), surroundings.user()));
    }

    Ablate ablate() {
        return ablate.get();
    }

    /** Begins to find plugins while the command line is read, which takes as long. */
    void findPlugins() {
        ablate().findPlugins();
    }

    /** Begins to gather where runs come from, so that git has answered when a run begins. */
    void gather() {
        gathering.get();
    }

    LocalServer server() {
        return server.get();
    }

    Deliveries deliveries() {
        return deliveries.get();
    }

    MlflowAnswers answers() {
        return new MlflowAnswers(console, tracker.get(), clock.get());
    }

    StatusCommand.Inventory inventory() {
        return new StatusCommand.Inventory(home.get(), ablate().store(), deliveries(), collected());
    }

    CollectedRuns collected() {
        return new CollectedRuns(console, ablate());
    }

    /** Where further plugins are looked for. */
    List<Path> pluginFolders() {
        return Stream.concat(
                        surroundings.plugins().stream(), Stream.of(home.get().plugins()))
                .toList();
    }

    /** Closes what has to be closed of what was made. */
    void close() {
        ablate.ifMade().ifPresent(Ablate::close);
    }

    private Ablate makeAblate() {
        Ablate.Builder builder = Ablate.builder()
                .home(home.get().folder())
                .homeKind(homeKind())
                .homeRemarks(console::report)
                .plugins(Parts.class.getClassLoader())
                .environment(surroundings.environment())
                .clock(clock.get())
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

    private HomeKind homeKind() {
        String word = surroundings.environment().getOrDefault(HomeKind.VARIABLE, "");
        if (word.isBlank()) {
            return HomeKind.AUTO;
        }
        return HomeKind.named(word)
                .orElseThrow(() ->
                        new UsageException(HomeKind.VARIABLE + " is auto, local or network, and not '" + word + "'"));
    }

    private Gathering beginGathering() {
        try {
            return Gathering.begin(new Gathering.Settings(
                    surroundings.working(),
                    surroundings.environment(),
                    home.get().folder(),
                    console.program().command(CommandMask.mask(console.words())),
                    () -> ablate().catalog().plugins(),
                    Gathering.names(surroundings.environment().getOrDefault(WITHOUT, ""))));
        } catch (RequestException e) {
            throw new UsageException(WITHOUT + ": " + e.getMessage());
        }
    }

    private LocalServer makeServer() {
        surroundings.natives().ifPresent(SqliteLibrary::keepIn);
        return new LocalServer(
                LocalServer.folder(home.get().folder()), home.get().shared(), clock.get(), surroundings.environment());
    }

    private Tracker makeTracker() {
        return new MlflowTracker(surroundings.environment(), server()::running);
    }

    private Deliveries makeDeliveries() {
        return new Deliveries(console, interruption, ablate().store(), tracker.get(), server());
    }

    /** Makes a value when it is first asked for; where that fails, it is tried again the next time. */
    private static final class Once<T> {

        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        synchronized T get() {
            T value = made;
            if (value == null) {
                value = maker.get();
                made = value;
            }
            return value;
        }

        synchronized Optional<T> ifMade() {
            return Optional.ofNullable(made);
        }
    }
}
