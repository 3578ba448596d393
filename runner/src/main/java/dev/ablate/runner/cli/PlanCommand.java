package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Console;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.runs.RunStore;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what would run. */
@Command(name = "plan", description = "Show the runs of a spec, and which of them are there already; run nothing.")
final class PlanCommand implements Callable<Integer> {

    private final Console console;
    private final Provider<Planning> planning;
    private final Provider<RunStore> store;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    PlanCommand(Console console, Provider<Planning> planning, Provider<RunStore> store) {
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
