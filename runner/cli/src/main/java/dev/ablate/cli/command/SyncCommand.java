package dev.ablate.cli.command;

import dev.ablate.cli.argument.ServerArgument;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.launch.CollectedRuns;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.tracking.Destination;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Delivers what is not delivered. */
@Command(
        name = "sync",
        description =
                "Deliver to MLflow what it lacks: after a crash, without a network, or of runs made before it was there.")
public final class SyncCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Deliveries> deliveries;
    private final Supplier<CollectedRuns> collected;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|KEY",
            description = "a comparison's name, or at least 8 digits of its key; all, if none is named")
    private @Nullable String which;

    @Option(names = "--verify", description = "read everything back again, and send again what differs")
    private boolean verify;

    @Option(
            names = "--recreate",
            description =
                    "read everything back again, and make again what was deleted on the server, or is there with its points twice")
    private boolean recreate;

    @Mixin
    private final ServerArgument server = new ServerArgument();

    public SyncCommand(Console console, Supplier<Deliveries> deliveries, Supplier<CollectedRuns> collected) {
        this.console = console;
        this.deliveries = deliveries;
        this.collected = collected;
    }

    @Override
    public Integer call() {
        Optional<Destination> destination = deliveries.get().destination(server.trackingUri());
        if (destination.isEmpty()) {
            throw new UsageException("there is no MLflow server to deliver to. To start one: ablate ui");
        }
        collected.get().collect().forEach(console::report);
        Deliveries.Result result =
                deliveries.get().sync(destination.get(), Optional.ofNullable(which), verify, recreate);
        result.lines().forEach(console::hint);
        boolean incomplete = result.delivered().isPresent() && !result.complete();
        return incomplete ? ExitCode.UNDELIVERED : ExitCode.DONE;
    }
}
