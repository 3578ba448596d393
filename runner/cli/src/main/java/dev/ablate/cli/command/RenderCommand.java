package dev.ablate.cli.command;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a spec out as it is understood. */
@Command(
        name = "render",
        description = "Show a spec with all layers applied and every default written out, as YAML; run nothing.")
public final class RenderCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    @Option(names = "--origins", description = "say behind each value where it comes from")
    private boolean origins;

    public RenderCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        console.result(
                ablate.get().experiment(spec.spec()).with(spec.overrides()).render(origins));
        return ExitCode.DONE;
    }
}
