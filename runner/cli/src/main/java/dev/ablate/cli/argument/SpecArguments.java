package dev.ablate.cli.argument;

import dev.ablate.engine.experiment.Overrides;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A spec, and what the command line says on top of it. */
public final class SpecArguments {

    @Parameters(
            paramLabel = "SPEC",
            description = "a file, or a shipped experiment's name (${ROOT-COMMAND-NAME} list experiments)")
    private String spec = "";

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    /** As typed. */
    public String spec() {
        return spec;
    }

    public Overrides overrides() {
        return layers.overrides();
    }
}
