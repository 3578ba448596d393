package dev.ablate.cli.command;

import dev.ablate.cli.argument.GateArguments;
import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.argument.RunArguments;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.TrackingArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.cli.tracking.Deliveries;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.RunTracking;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.runs.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
            "--require-tracking; 5 a bug; 6 left with another launcher than local, and not",
            "all done; 129, 130, 143 interrupted by a signal."
        })
public final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final Console console;
    private final Interruption interruption;
    private final Supplier<Ablate> ablate;
    private final Supplier<Deliveries> deliveries;
    private final Runnable provenance;

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

    public RunCommand(
            Surroundings surroundings,
            Console console,
            Interruption interruption,
            Supplier<Ablate> ablate,
            Supplier<Deliveries> deliveries,
            Runnable provenance) {
        this.surroundings = surroundings;
        this.console = console;
        this.interruption = interruption;
        this.ablate = ablate;
        this.deliveries = deliveries;
        this.provenance = provenance;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        where.check();
        // git answers while the spec is planned
        provenance.run();
        interruption.saying(() -> "interrupted before any run began; nothing is lost. To go on: " + console.again());
        Experiment experiment = SpecPlan.of(ablate.get(), spec, how.over(spec.overrides()), console)
                .typedWith(where.words());
        RunOptions options = how.options(experiment.plan());
        if (how.leaves(experiment.plan())) {
            requireNothingOfTheAnswer(
                    experiment.plan().launching().orElseThrow().launcher().plugin());
        }
        List<Gate> asked = gates.of(Question.of(experiment.plan()));
        if (how.dryRun()) {
            output.write(console, experiment.planTable(options, console.style()));
            return ExitCode.DONE;
        }
        try (RunConversation conversation = new RunConversation(
                surroundings, console, interruption, output, ablate.get().forms())) {
            ExperimentResult result = experiment.run(options.listener(conversation)
                    .cancellation(conversation.cancellation())
                    .tracking(deliveries.get().of(where)));
            if (result.cancelled() && interruption.code().isPresent()) {
                conversation.interrupted();
                return interruption.code().getAsInt();
            }
            conversation.ended(result);
            if (!result.pending().isEmpty()) {
                return ExitCode.SUBMITTED;
            }
            boolean held = GateArguments.hold(asked, result.comparison().findings(), console);
            return exitCode(result, held);
        }
    }

    /** Nobody can judge, write or demand what is not known yet. */
    private void requireNothingOfTheAnswer(String launcher) {
        for (String option : Stream.of(gates.word(), output.word(), where.required() ? "--require-tracking" : "")
                .filter(word -> !word.isEmpty())
                .toList()) {
            throw new UsageException(option + " needs --wait with launcher '" + launcher
                    + "', as the answer is not known before its runs are done");
        }
    }

    private int exitCode(ExperimentResult result, boolean held) {
        if (result.outcomes().stream().anyMatch(outcome -> outcome.record().status() == RunStatus.FAILED)) {
            return ExitCode.FAILED;
        }
        if (!held) {
            return ExitCode.GATE;
        }
        RunTracking.Tracked tracked = result.tracked().orElse(RunTracking.Tracked.NONE);
        if (where.required() && !tracked.complete()) {
            console.error("error: MLflow does not have all of it, which --require-tracking asks for"
                    + (tracked.attempted() ? "" : ": there is no server to deliver to"));
            return ExitCode.UNDELIVERED;
        }
        return ExitCode.DONE;
    }
}
