package dev.ablate.cli.launch;

import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.Submission;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what launchers have brought to an end, whatever command comes first. */
public final class CollectedRuns {

    private final Console console;
    private final Ablate ablate;

    public CollectedRuns(Console console, Ablate ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    /** Collects, and says of each experiment how far it is. */
    public List<String> collect() {
        List<String> lines = new ArrayList<>();
        for (Submission submission : ablate.submissions()) {
            console.doing("collecting " + submission.name());
            try {
                ExperimentResult result = submission.collect();
                lines.add(SubmittedText.standing(result)
                        + (result.pending().isEmpty() ? ": " + submission.command() : ""));
                result.jobs().forEach(job -> lines.add("    " + job));
            } catch (SpecException e) {
                lines.add(submission.name() + ": "
                        + e.problems().stream().map(Problem::message).collect(Collectors.joining("; ")));
            } catch (RequestException e) {
                lines.add(submission.name() + ": " + e.getMessage());
            }
        }
        return lines;
    }
}
