package dev.ablate.cli.command;

import dev.ablate.cli.app.Conductor;
import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.RunArguments;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.TrackingArguments;
import jakarta.inject.Provider;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an experiment. */
@Command(
        name = "run",
        description =
                "Train every variant over the same seeds, and say what each one changes. What has finished before is reused.",
        footer = {
            "",
            "Exit codes: 0 done; 1 a run failed, or a result could not be written; 2 bad",
            "usage or spec, nothing ran; 3 a --gate is not met; 4 not delivered with",
            "--require-tracking; 5 a bug; 129, 130, 143 interrupted by a signal."
        })
public final class RunCommand implements Callable<Integer> {

    private final Provider<Conductor> conductor;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    @Mixin
    private final RunArguments how = new RunArguments();

    @Mixin
    private final TrackingArguments where = new TrackingArguments();

    @Mixin
    private final GateArguments gates = new GateArguments();

    @Mixin
    private final OutputArguments output = new OutputArguments();

    public RunCommand(Provider<Conductor> conductor) {
        this.conductor = conductor;
    }

    @Override
    public Integer call() throws IOException {
        return conductor.get().conduct(spec, how, where, gates, output);
    }
}
