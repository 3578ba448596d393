package dev.ablate.cli.command;

import dev.ablate.cli.app.PlanTable;
import dev.ablate.cli.app.Planning;
import dev.ablate.cli.argument.RunArguments;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.RunStore;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what would run. */
@Command(name = "plan", description = "Show the runs of a spec, and which of them are there already; run nothing.")
public final class PlanCommand implements Callable<Integer> {

    private final Console console;
    private final Provider<Planning> planning;
    private final Provider<RunStore> store;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    public PlanCommand(Console console, Provider<Planning> planning, Provider<RunStore> store) {
        this.console = console;
        this.planning = planning;
        this.store = store;
    }

    @Override
    public Integer call() {
        Plan plan = planning.get().plan(spec);
        console.result(PlanTable.render(plan, new RunArguments().orders(plan), store.get(), console.style()));
        return ExitCode.DONE;
    }
}
