package dev.ablate.engine.train;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStore;
import java.util.List;
import java.util.function.Supplier;

/** Trains what a plan needs and the store does not have. */
public interface Executor {

    /** An executor whose runs are recorded in, and reused from, a store; the store's clock gives their times. */
    static Executor of(RunStore store) {
        return of(store, () -> Provenance.NONE);
    }

    /**
     * An executor that stores with each attempt what it is begun with.
     *
     * @param provenance of this process; asked when an attempt is about to begin, and not before
     */
    static Executor of(RunStore store, Supplier<Provenance> provenance) {
        return new PooledExecutor(store, provenance);
    }

    /**
     * Runs the plan. Several threads may call at once; no two runs of a trainer that runs one at a time overlap, whichever call they
     * belong to. The first seed of every variant comes first, and a variant that turns out deterministic is not run again for its
     * other seeds.
     *
     * <p>What has finished before is reused, and so is what has failed, unless the options say otherwise; what was interrupted is
     * resumed. A run that another call or another process trains is waited for, and reused. A run that fails ends no other.
     *
     * <p>A run that exceeds its timeout fails: its thread is interrupted, and its next update throws. A thread that heeds
     * neither within ten seconds cannot be ended: it is abandoned, as a daemon, and the other runs go on; those of a trainer
     * that runs one at a time fail while such a thread is still inside it. Without a timeout a trainer that never returns is
     * waited for.
     *
     * @param cancellation ends what is running at its next update, which is recorded as killed, and begins nothing more; then this
     *     returns
     * @throws dev.ablate.engine.runs.StoreException if the store does not work; what was running is interrupted
     */
    Execution execute(Plan plan, ExecutionOptions options, Progress progress, Cancellation cancellation);

    /**
     * Ends what was submitted of a plan and has not ended, whoever has submitted it: what has finished is stored, the rest is killed.
     *
     * @return with the jobs that were ended
     */
    default Execution cancel(Plan plan, ExecutionOptions options) {
        return new Execution(List.of(), List.of());
    }
}
