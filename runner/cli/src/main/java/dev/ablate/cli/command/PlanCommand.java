package dev.ablate.cli.command;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.RunOptions;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what would run. */
@Command(name = "plan", description = "Show the runs of a spec, and which of them are there already; run nothing.")
public final class PlanCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    public PlanCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        Experiment experiment = SpecPlan.of(ablate.get(), spec, console);
        console.result(experiment.planTable(RunOptions.defaults(), console.style()));
        return ExitCode.DONE;
    }
}
