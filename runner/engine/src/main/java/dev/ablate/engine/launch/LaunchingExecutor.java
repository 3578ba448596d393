package dev.ablate.engine.launch;

import dev.ablate.engine.plan.Launching;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Execution;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Executor;
import dev.ablate.engine.train.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/** Trains plans where they say: by a launcher, or by threads of this process. */
public final class LaunchingExecutor implements Executor {

    private final RunStore store;
    private final Path home;
    private final Supplier<Provenance> provenance;
    private final Clock clock;
    private final Supplier<TaskCommand> command;
    private final Executor here;

    /**
     * An executor whose runs are recorded in, and reused from, a store.
     *
     * @param home the store's: each has a part of its own in an exchange's folder, so that no other takes its tasks away
     * @param provenance of this process; asked when runs are about to be submitted
     * @param clock gives the times of runs that come to nothing
     * @param command how launchers run tasks; asked when one is to
     * @param here trains what no launcher trains
     */
    public LaunchingExecutor(
            RunStore store,
            Path home,
            Supplier<Provenance> provenance,
            Clock clock,
            Supplier<TaskCommand> command,
            Executor here) {
        this.store = store;
        this.home = home.toAbsolutePath().normalize();
        this.provenance = provenance;
        this.clock = clock;
        this.command = command;
        this.here = here;
    }

    /**
     * {@inheritDoc}
     *
     * <p>By a launcher, the runs of each wave are one job: first the first seed of every variant, then the other seeds of those that are
     * not deterministic; it waits until no job has any of them. Where the options are against waiting, all of them are one job, and
     * what turns out to be needless is given up. A run whose job ends without a result,
     * or whose result is refused, is submitted again, twice at most; then it has failed. A cancellation ends the jobs that
     * this execution has submitted.
     *
     * @throws dev.ablate.engine.problem.RequestException if a run cannot be trained elsewhere, the launcher does not take the tasks,
     *     another launcher has runs of the plan, or two results of one run differ
     */
    @Override
    public Execution execute(Plan plan, ExecutionOptions options, Progress progress, Cancellation cancellation) {
        if (plan.launching().isEmpty()) {
            return here.execute(plan, options, progress, cancellation);
        }
        return runs(plan, options, progress).execute(cancellation);
    }

    /** {@inheritDoc} */
    @Override
    public Execution cancel(Plan plan, ExecutionOptions options) {
        return plan.launching().isEmpty()
                ? here.cancel(plan, options)
                : runs(plan, options, Progress.NONE).cancel();
    }

    private LaunchedRuns runs(Plan plan, ExecutionOptions options, Progress progress) {
        Launching launching = plan.launching().orElseThrow();
        return new LaunchedRuns(
                plan,
                options,
                progress,
                store,
                provenance,
                clock,
                new Jobs(launching.launcher(), ExchangeFolder.of(launching.folder(), home, command.get())));
    }
}
