package dev.ablate.runner.cli;

import dev.ablate.runner.cli.terminal.Program;
import dev.ablate.runner.report.Invocation;
import dev.ablate.runner.spec.Overrides;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A spec, and what the command line says on top of it. */
final class SpecArguments {

    @Parameters(
            paramLabel = "SPEC",
            description = "a file, or a shipped experiment's name (${ROOT-COMMAND-NAME} list experiments)")
    private String spec = "";

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    /** As typed. */
    String spec() {
        return spec;
    }

    Overrides overrides() {
        return layers.overrides();
    }

    /** The command line that asks for the same runs again, with more words. */
    Invocation invocation(Program program, List<String> more) {
        return layers.invocation(program, spec, more);
    }

    /** The command line that asks for the same runs again. */
    Invocation invocation(Program program) {
        return layers.invocation(program, spec);
    }
}
