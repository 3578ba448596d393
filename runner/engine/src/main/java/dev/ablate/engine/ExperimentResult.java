package dev.ablate.engine;

import com.google.common.base.Suppliers;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.report.AtomicFile;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.train.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What came of an experiment. */
public final class ExperimentResult {

    private final Ablate ablate;
    private final Experiment experiment;
    private final Supplier<Report> report;
    private final List<Outcome> outcomes;
    private final List<PlannedRun> pending;
    private final List<String> jobs;
    private final List<String> remarks;
    private final boolean cancelled;
    private final Optional<RunTracking.Tracked> tracked;

    ExperimentResult(
            Ablate ablate,
            Experiment experiment,
            Supplier<Report> report,
            List<Outcome> outcomes,
            List<PlannedRun> pending,
            List<String> jobs,
            List<String> remarks,
            boolean cancelled,
            Optional<RunTracking.Tracked> tracked) {
        this.ablate = ablate;
        this.experiment = experiment;
        this.report = Suppliers.memoize(report::get);
        this.outcomes = List.copyOf(outcomes);
        this.pending = List.copyOf(pending);
        this.jobs = List.copyOf(jobs);
        this.remarks = List.copyOf(remarks);
        this.cancelled = cancelled;
        this.tracked = tracked;
    }

    /** The experiment as it was run. */
    public Experiment experiment() {
        return experiment;
    }

    /** The answer. */
    public String sentence() {
        return report().sentence();
    }

    /** The numbers behind the answer; of what has finished, where the run was cancelled. */
    public Comparison comparison() {
        return report().comparison().orElseThrow();
    }

    /** Everything that there is to say, without {@link #remarks}. */
    public Report report() {
        return report.get();
    }

    /** One a run that is finished, failed or killed, in the plan's order; a deterministic variant appears once, at the first seed. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** Runs that are queued or that others train just now; running the experiment again fetches what they gave. */
    public List<PlannedRun> pending() {
        return pending;
    }

    /** The jobs that have them, each with its launcher, in a few words: {@code slurm 4711, 3 array tasks run}. */
    public List<String> jobs() {
        return jobs;
    }

    /** What else is stored of the experiment, where nothing was trained: a sentence each, with the command that shows it. */
    public List<String> remarks() {
        return remarks;
    }

    /** Whether it was ended early; nothing is stored then but the runs themselves. */
    public boolean cancelled() {
        return cancelled;
    }

    /** What became of its delivery; empty while that is not known. */
    public Optional<RunTracking.Tracked> tracked() {
        return tracked;
    }

    /**
     * Writes the report as a page with charts, whole or not at all; whatever was there is replaced.
     *
     * @throws RequestException if no run has ended
     * @throws IOException if it cannot be written
     */
    public void writeReport(Path file) throws IOException {
        AtomicFile.write(file, page());
    }

    /** The report as a page with charts. */
    String page() {
        String command = experiment.invocation().command();
        if (outcomes.isEmpty()) {
            throw new RequestException((remarks.isEmpty()
                            ? "no run of it has ended, so there is nothing to show"
                            : "no run of it as it is now has ended")
                    + "; to run it: " + command
                    + remarks.stream().map(remark -> "\n    " + remark).collect(Collectors.joining()));
        }
        return ablate.forms()
                .page(report().after(remarks), command, experiment.planned().origins());
    }

    ExperimentResult tracked(RunTracking.Tracked delivered) {
        return new ExperimentResult(
                ablate, experiment, report, outcomes, pending, jobs, remarks, cancelled, Optional.of(delivered));
    }
}
