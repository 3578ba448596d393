package dev.ablate.cli.command;

import dev.ablate.cli.app.Planning;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a spec out as it is understood. */
@Command(
        name = "render",
        description = "Show a spec with all layers applied and every default written out, as YAML; run nothing.")
public final class RenderCommand implements Callable<Integer> {

    private final Console console;
    private final Provider<Planning> planning;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    @Option(names = "--origins", description = "say behind each value where it comes from")
    private boolean origins;

    public RenderCommand(Console console, Provider<Planning> planning) {
        this.console = console;
        this.planning = planning;
    }

    @Override
    public Integer call() {
        console.result(planning.get().render(spec, origins));
        return ExitCode.DONE;
    }
}
