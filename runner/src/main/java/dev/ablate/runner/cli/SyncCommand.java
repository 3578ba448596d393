package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Console;
import dev.ablate.runner.mlflow.client.Destination;
import jakarta.inject.Provider;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Delivers what is not delivered. */
@Command(
        name = "sync",
        description =
                "Deliver to MLflow what it lacks: after a crash, without a network, or of runs made before it was there.")
final class SyncCommand implements Callable<Integer> {

    private final Console console;
    private final Provider<Tracker> tracker;

    @Mixin
    private final ServerArgument server = new ServerArgument();

    SyncCommand(Console console, Provider<Tracker> tracker) {
        this.console = console;
        this.tracker = tracker;
    }

    @Override
    public Integer call() {
        Optional<Destination> destination = tracker.get().destination(server.trackingUri());
        if (destination.isEmpty()) {
            throw new UsageException("there is no MLflow server to deliver to. To start one: ablate ui");
        }
        Tracker.Result result = tracker.get().sync(destination.get());
        result.lines().forEach(console::resultLine);
        boolean incomplete = result.delivered().isPresent() && !result.complete();
        return incomplete ? ExitCode.UNDELIVERED : ExitCode.DONE;
    }
}
