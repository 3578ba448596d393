package dev.ablate.cli.launch;

import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.RunStatus;

/** What a person reads whose runs were left with a launcher: which, and how to look. */
public final class SubmittedText {

    private final Console console;
    private final ExperimentResult result;

    public SubmittedText(Console console, ExperimentResult result) {
        this.console = console;
        this.result = result;
    }

    /** Prints it. */
    public void print() {
        console.resultLine("Submitted: " + standing(result));
        result.jobs().forEach(job -> console.resultLine("    " + job));
        String again = result.experiment().invocation().command();
        console.hint("To see how it goes: ablate status");
        console.resultLine("For the answer, once they have ended: " + again);
        console.resultLine("To wait for it: " + again + " --wait");
        console.hint("To end them: ablate cancel " + result.experiment().plan().name());
    }

    /** {@code toys, 20 of 60 runs finished, 40 to come}. */
    static String standing(ExperimentResult result) {
        long finished = count(result, RunStatus.FINISHED);
        long failed = count(result, RunStatus.FAILED);
        int pending = result.pending().size();
        return result.experiment().plan().name() + ", " + Numbers.count(finished) + " of "
                + Numbers.count(finished + failed + pending, "run") + " finished"
                + (failed == 0 ? "" : ", " + Numbers.count(failed) + " failed")
                + (pending == 0 ? "" : ", " + Numbers.count(pending) + " to come");
    }

    private static long count(ExperimentResult result, RunStatus status) {
        return result.outcomes().stream()
                .filter(outcome -> outcome.record().status() == status)
                .count();
    }
}
