package dev.ablate.cli.command;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.report.layout.Numbers;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a spec, and runs nothing. */
@Command(name = "validate", description = "Report everything that is wrong with a spec; run nothing.")
public final class ValidateCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    public ValidateCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        Plan plan = SpecPlan.of(ablate.get(), spec, console).plan();
        console.result(
                plan.name() + " is valid: " + Numbers.count(plan.variants().size(), "variant") + ", "
                        + (plan.cells().get(0).isEmpty()
                                ? ""
                                : Numbers.count(plan.cells().size(), "cell") + ", ")
                        + Numbers.count(plan.seeds().size(), "seed") + ", "
                        + (plan.folds() == 0 ? "" : Numbers.count(plan.folds(), "fold") + ", ")
                        + Numbers.count(plan.runs().size(), "run") + "\n");
        return ExitCode.DONE;
    }
}
