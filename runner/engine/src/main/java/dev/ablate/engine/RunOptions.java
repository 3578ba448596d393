package dev.ablate.engine;

import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.UnknownVariantException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How an experiment is run; no result depends on it. It does not change itself. */
public final class RunOptions {

    private static final RunOptions DEFAULTS = new RunOptions(
            OptionalInt.empty(),
            Set.of(),
            false,
            false,
            false,
            false,
            new RunListener() {},
            Optional.empty(),
            Optional.empty());

    private final OptionalInt jobs;
    private final Set<String> only;
    private final boolean force;
    private final boolean retryFailed;
    private final boolean failFast;
    private final boolean detached;
    private final RunListener listener;
    private final Optional<Cancellation> cancellation;
    private final Optional<RunTracking> tracking;

    private RunOptions(
            OptionalInt jobs,
            Set<String> only,
            boolean force,
            boolean retryFailed,
            boolean failFast,
            boolean detached,
            RunListener listener,
            Optional<Cancellation> cancellation,
            Optional<RunTracking> tracking) {
        this.jobs = jobs;
        this.only = only;
        this.force = force;
        this.retryFailed = retryFailed;
        this.failFast = failFast;
        this.detached = detached;
        this.listener = listener;
        this.cancellation = cancellation;
        this.tracking = tracking;
    }

    /** As many runs at a time as the spec says, else as there are processors; what has ended is reused. */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /**
     * So many runs at a time.
     *
     * @throws IllegalArgumentException if there is less than one
     */
    public RunOptions jobs(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + count);
        }
        return new RunOptions(
                OptionalInt.of(count), only, force, retryFailed, failFast, detached, listener, cancellation, tracking);
    }

    /** Runs these variants alone; none: all. */
    public RunOptions only(Collection<String> variants) {
        return new RunOptions(
                jobs, Set.copyOf(variants), force, retryFailed, failFast, detached, listener, cancellation, tracking);
    }

    /** Whether to run again what has finished. */
    public RunOptions force(boolean again) {
        return new RunOptions(jobs, only, again, retryFailed, failFast, detached, listener, cancellation, tracking);
    }

    /** Whether to run again what has failed. */
    public RunOptions retryFailed(boolean again) {
        return new RunOptions(jobs, only, force, again, failFast, detached, listener, cancellation, tracking);
    }

    /** Whether to begin no more runs after one has failed, whatever the spec says. */
    public RunOptions failFast(boolean stop) {
        return new RunOptions(jobs, only, force, retryFailed, stop, detached, listener, cancellation, tracking);
    }

    /** Whether to return once a launcher has what is to be trained; running it again fetches what that gave. */
    public RunOptions detached(boolean leaves) {
        return new RunOptions(jobs, only, force, retryFailed, failFast, leaves, listener, cancellation, tracking);
    }

    /** Hears how it goes. */
    public RunOptions listener(RunListener hears) {
        return new RunOptions(jobs, only, force, retryFailed, failFast, detached, hears, cancellation, tracking);
    }

    /** Ends it early, and nothing else unless it was given the same. */
    public RunOptions cancellation(Cancellation ends) {
        return new RunOptions(
                jobs, only, force, retryFailed, failFast, detached, listener, Optional.of(ends), tracking);
    }

    /** Delivers it otherwise than to where {@link Ablate.Builder#tracker the tracker} leads by itself. */
    public RunOptions tracking(RunTracking delivers) {
        return new RunOptions(
                jobs, only, force, retryFailed, failFast, detached, listener, cancellation, Optional.of(delivers));
    }

    RunListener listener() {
        return listener;
    }

    Cancellation cancellation() {
        return cancellation.orElseGet(Cancellation::new);
    }

    Optional<RunTracking> tracking() {
        return tracking;
    }

    /**
     * Fitted to a plan.
     *
     * @throws UnknownVariantException if the plan has no such variant
     */
    ExecutionOptions of(Plan plan) {
        for (String variant : only) {
            if (!plan.variants().contains(variant)) {
                throw new UnknownVariantException(variant, plan.variants(), plan);
            }
        }
        return new ExecutionOptions(
                jobs.isPresent() ? jobs.getAsInt() : plan.settings().jobs().orElse(auto(plan)),
                only,
                force,
                retryFailed,
                failFast || plan.settings().stopAtFailure(),
                detached);
    }

    /**
     * Checks that they fit an experiment, before anything is run.
     *
     * @throws UnknownVariantException if it has no such variant
     */
    public void check(Plan plan) {
        of(plan);
    }

    /** One at a time where a trainer is a program of its own, which may use all of the machine itself. */
    private static int auto(Plan plan) {
        if (plan.runs().stream().anyMatch(run -> run.context().trainer().ownProcesses())) {
            return 1;
        }
        return Runtime.getRuntime().availableProcessors();
    }
}
