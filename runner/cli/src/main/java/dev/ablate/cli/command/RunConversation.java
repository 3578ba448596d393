package dev.ablate.cli.command;

import dev.ablate.cli.argument.OutputArguments;
import dev.ablate.cli.launch.SubmittedText;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.Interruption;
import dev.ablate.cli.terminal.ProgressDisplay;
import dev.ablate.cli.terminal.Surroundings;
import dev.ablate.engine.ExperimentResult;
import dev.ablate.engine.Forms;
import dev.ablate.engine.RunListener;
import dev.ablate.engine.RunTracking;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a person reads while an experiment runs, and how a signal brings it to an end. */
final class RunConversation implements RunListener, AutoCloseable {

    private final Surroundings surroundings;
    private final Console console;
    private final Interruption interruption;
    private final OutputArguments output;
    private final Forms forms;
    private final Cancellation cancellation = new Cancellation();
    private Optional<ProgressDisplay> progress = Optional.empty();
    private Optional<Interruption.Going> going = Optional.empty();
    private String stored = "";

    RunConversation(
            Surroundings surroundings,
            Console console,
            Interruption interruption,
            OutputArguments output,
            Forms forms) {
        this.surroundings = surroundings;
        this.console = console;
        this.interruption = interruption;
        this.output = output;
        this.forms = forms;
    }

    /** What a signal cancels. */
    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void training(Plan plan, int runs) {
        interruption.saying(() -> "interrupted at once; what was recorded is stored. To go on: " + console.again());
        progress = Optional.of(ProgressDisplay.of(console, surroundings, runs));
        going = Optional.of(interruption.during(cancellation::cancel));
    }

    @Override
    public void begins(PlannedRun run) {
        progress.ifPresent(display -> display.begins(run));
    }

    @Override
    public void at(PlannedRun run, long update, long total) {
        progress.ifPresent(display -> display.at(run, update, total));
    }

    @Override
    public void waits(Supplier<String> jobs) {
        progress.ifPresent(display -> display.waits(jobs));
    }

    @Override
    public void ends(Outcome outcome) {
        progress.ifPresent(display -> display.ends(outcome));
    }

    @Override
    public void trained(Plan plan, List<Outcome> outcomes) {
        close();
        long finished = outcomes.stream()
                .filter(outcome -> outcome.record().status() == RunStatus.FINISHED)
                .count();
        stored = Numbers.count(finished) + " of " + Numbers.count(plan.runs().size(), "run") + " finished";
        interruption.saying(
                () -> "interrupted: " + stored + ", and all is stored. To see what they say: " + console.again());
    }

    @Override
    public void doing(String what) {
        console.doing(what);
    }

    @Override
    public void remarks(String sentence) {
        console.report(sentence);
    }

    /** The answer first, and then what became of the delivery; a program gets one document, which waits for it. */
    @Override
    public void compared(ExperimentResult result) {
        if (!result.pending().isEmpty()) {
            new SubmittedText(console, result).print();
        } else if (output.isForReading()) {
            console.result(forms.text(result.report(), console.look()).body());
        } else if (!waits()) {
            write(result.report(), Tracking.NONE);
        }
    }

    /** The run is over. */
    void ended(ExperimentResult result) {
        close();
        RunTracking.Tracked tracked = result.tracked().orElse(RunTracking.Tracked.NONE);
        if (!result.pending().isEmpty()) {
            return;
        }
        if (output.isForReading()) {
            tracked.lines().forEach(console::hint);
            console.result(forms.text(result.report(), console.look()).closing());
            return;
        }
        if (waits()) {
            write(result.report(), tracked.tracking());
        }
        tracked.lines().forEach(console::report);
    }

    /** It was ended early, by a signal. */
    void interrupted() {
        close();
        console.error("interrupted: " + stored + ", and all is stored. To go on: " + console.again());
    }

    private boolean waits() {
        return output.format() == OutputArguments.Format.JSON;
    }

    private void write(Report report, Tracking tracking) {
        try {
            output.write(console, output.render(forms, report, tracking, console.look()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        progress.ifPresent(ProgressDisplay::close);
        progress = Optional.empty();
        going.ifPresent(Interruption.Going::close);
        going = Optional.empty();
    }
}
