package dev.ablate.cli.launch;

import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Submission;
import dev.ablate.engine.problem.Suggestion;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends what was submitted. */
@Command(
        name = "cancel",
        description = "End the jobs of an experiment that was left with a launcher. What has finished is stored.")
public final class CancelCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(paramLabel = "NAME", description = "the experiment's name, or its spec as it was typed")
    private String name = "";

    public CancelCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        List<Submission> all = ablate.get().submissions();
        List<Submission> chosen = all.stream()
                .filter(submission ->
                        submission.name().equals(name) || submission.spec().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            List<String> names = all.stream().map(Submission::name).distinct().toList();
            throw new UsageException(
                    names.isEmpty()
                            ? "nothing is submitted"
                            : Suggestion.unknown("nothing is submitted of", name, names, "submitted"));
        }
        for (Submission submission : chosen) {
            console.doing("ending the jobs of " + submission.name());
            List<String> jobs = submission.cancel();
            console.resultLine(submission.name() + ": "
                    + (jobs.isEmpty() ? "no job of it was left" : "ended " + String.join("; ", jobs)));
            console.resultLine("To go on: " + submission.command());
        }
        return ExitCode.DONE;
    }
}
