package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Console;
import dev.ablate.runner.plan.Plan;
import dev.ablate.runner.report.Numbers;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a spec, and runs nothing. */
@Command(name = "validate", description = "Tell everything that is wrong with a spec; run nothing.")
final class ValidateCommand implements Callable<Integer> {

    private final Console console;
    private final Provider<Planning> planning;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    ValidateCommand(Console console, Provider<Planning> planning) {
        this.console = console;
        this.planning = planning;
    }

    @Override
    public Integer call() {
        Plan plan = planning.get().plan(spec);
        console.result(
                plan.name() + " is valid: " + Numbers.count(plan.variants().size(), "variant") + ", "
                        + (plan.cells().get(0).isEmpty()
                                ? ""
                                : Numbers.count(plan.cells().size(), "cell") + ", ")
                        + Numbers.count(plan.seeds().size(), "seed") + ", "
                        + Numbers.count(plan.runs().size(), "run") + "\n");
        return ExitCode.DONE;
    }
}
