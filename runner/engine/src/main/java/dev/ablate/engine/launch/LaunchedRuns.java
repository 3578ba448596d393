package dev.ablate.engine.launch;

import com.google.common.base.Suppliers;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Execution;
import dev.ablate.engine.train.ExecutionOptions;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.Progress;
import dev.ablate.worker.spec.RunKey;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One execution of a plan by a launcher, as rounds: results are collected, what is due is submitted, and then it waits.
 *
 * <p>All that it has to know afterwards is in the store and in the exchange's folder, so that another process can go on.
 */
final class LaunchedRuns {

    /** A run is submitted so many times before it has failed. */
    private static final int MOST_ATTEMPTS = 3;

    private static final Duration CANCELLING = Duration.ofSeconds(60);

    private final List<PlannedRun> runs;
    private final Waves waves;
    private final ExecutionOptions options;
    private final Progress progress;
    private final RunStore store;
    private final Results results;
    private final Resumed resumed;
    private final Supplier<Provenance> provenance;
    private final Jobs jobs;
    private final Pace pace;
    private final NeedlessTasks needless;

    /** What this execution has submitted. */
    private final Set<RunKey> submitted = new HashSet<>();

    private final List<Job.Stored> own = new ArrayList<>();
    private boolean failed;

    /** Whether nobody else was at it for a moment. */
    private boolean looked;

    LaunchedRuns(
            Plan plan,
            ExecutionOptions options,
            Progress progress,
            RunStore store,
            Supplier<Provenance> provenance,
            Clock clock,
            Jobs jobs) {
        this.runs = options.wanted(plan);
        this.waves = new Waves(runs);
        this.options = options;
        this.progress = progress;
        this.store = store;
        this.provenance = Suppliers.memoize(provenance::get);
        this.jobs = jobs;
        this.pace = new Pace(jobs.folder().folder());
        this.needless = new NeedlessTasks(jobs, pace);
        this.resumed = new Resumed(store, jobs.folder(), clock);
        this.results = new Results(store, jobs, plan.track().patch(), this.provenance, clock);
    }

    @SuppressWarnings("try") // it wakes this until it is closed
    Execution execute(Cancellation cancellation) {
        boolean interrupted = false;
        try (Cancellation.Registration waking = cancellation.whenCancelled(pace::wake)) {
            boolean waits = true;
            while (waits && !cancellation.isCancelled() && !interrupted) {
                waits = round() && !(looked && options.detached());
                if (waits) {
                    progress.waits(() -> String.join("; ", soFar().jobs()));
                }
                interrupted = waits && pace.isInterrupted();
            }
        }
        if (cancellation.isCancelled() || interrupted) {
            end();
        }
        jobs.folder().clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return soFar();
    }

    private Execution soFar() {
        List<PlannedRun> pending = wanted().stream().filter(this::isTrained).toList();
        Set<RunKey> keys = pending.stream().map(PlannedRun::key).collect(Collectors.toSet());
        return new Execution(
                waves.outcomes(),
                pending,
                jobs.of(keys).stream().map(jobs::words).toList());
    }

    /** Ends the jobs that have runs of the plan, whoever has submitted them. */
    Execution cancel() {
        jobs.refresh();
        own.addAll(jobs.of(runs.stream().map(PlannedRun::key).collect(Collectors.toSet())));
        List<String> ended = own.stream().map(jobs::words).toList();
        end();
        jobs.folder().clear();
        return new Execution(waves.outcomes(), List.of(), ended);
    }

    /** What is to be submitted and waited for: where nobody waits for one wave after the other, all at once. */
    private List<PlannedRun> wanted() {
        if (!options.detached()) {
            return waves.due();
        }
        Set<String> labels = Waves.labels(
                Stream.concat(waves.due().stream(), waves.ahead().stream()).toList());
        return runs.stream().filter(run -> labels.contains(run.label())).toList();
    }

    /** Collects and submits; nobody else does either meanwhile. True while there is something to wait for. */
    @SuppressWarnings("try") // it is held until it is closed
    private boolean round() {
        Optional<RunStore.Lease> lease = store.lease("launch " + jobs.folder().folder());
        if (lease.isEmpty()) {
            return true;
        }
        try (RunStore.Lease held = lease.get()) {
            looked = true;
            jobs.refresh();
            while (settleAll()) {
                // by what has come to an end others are due
            }
            jobs.folder().clearJobs();
            needless.drop(waves.needless());
            Set<String> due = Waves.labels(waves.due());
            submit(wanted().stream()
                    .filter(run -> isToBeSubmitted(run, due.contains(run.label())))
                    .toList());
            return waves.due().stream().anyMatch(this::isTrained);
        }
    }

    /** Takes in what results there are; true if a run has come to an end by that. */
    private boolean settleAll() {
        // by the first of their cells others are due, and need not be looked into before
        return settleAll(waves.due())
                || settleAll(
                        waves.ahead().stream().filter(results::differsBySeed).toList());
    }

    private boolean settleAll(List<PlannedRun> some) {
        results.collectPlain(some);
        boolean settled = false;
        for (PlannedRun run : some) {
            settled |= settle(run);
        }
        return settled;
    }

    /** One that is not due yet is submitted once: whether it is lost is looked at when it is due. */
    private boolean isToBeSubmitted(PlannedRun run, boolean isDue) {
        return !isTrained(run) && (isDue || isNew(run));
    }

    /** Whether no job has had a run, and the store has nothing of it that counts. */
    private boolean isNew(PlannedRun run) {
        return jobs.attempts(run.key()) == 0
                && store.find(run.key())
                        .filter(RunRecord::hasEnded)
                        .filter(there -> !again(run).contains(there.status()))
                        .isEmpty();
    }

    /** Whether a job has a run, or another execution or process trains it without one. */
    private boolean isTrained(PlannedRun run) {
        return jobs.has(run.key()) || store.isTrained(run.key());
    }

    /** Takes a run's result in, or what the store has of it; true if it has come to an end. */
    private boolean settle(PlannedRun run) {
        if (store.isTrained(run.key())) {
            // what comes of that counts, and what a job gives is held against it
            return false;
        }
        if (jobs.attempts(run.key()) > 0 && !isKnown(run)) {
            // it was submitted in case it is needed, and is
            store.submit(run, Set.of());
        }
        boolean lost = results.collect(run);
        Optional<RunRecord> there = store.find(run.key()).filter(RunRecord::hasEnded);
        if (there.isPresent()) {
            if (again(run).contains(there.get().status())) {
                return false;
            }
            ended(run, new Outcome(run, there.get(), !submitted.contains(run.key())));
            return true;
        }
        if (lost && jobs.attempts(run.key()) >= MOST_ATTEMPTS) {
            ended(run, new Outcome(run, results.fail(run), false));
            return true;
        }
        return false;
    }

    private boolean isKnown(PlannedRun run) {
        return store.find(run.key())
                .filter(there -> there.hasEnded() || there.status() == RunStatus.QUEUED)
                .isPresent();
    }

    /** Of which status a run is that is trained again: none, once that was done. */
    private Set<RunStatus> again(PlannedRun run) {
        return submitted.contains(run.key()) ? Set.of() : options.again();
    }

    private void ended(PlannedRun run, Outcome outcome) {
        waves.ended(run, outcome);
        failed |= outcome.record().status() == RunStatus.FAILED;
        jobs.folder().clear(run);
        progress.ends(outcome);
    }

    private void submit(List<PlannedRun> wanted) {
        if (wanted.isEmpty() || (failed && options.stopAtFailure())) {
            return;
        }
        Map<RunKey, PlannedRun> byKey = new LinkedHashMap<>();
        wanted.forEach(run -> byKey.putIfAbsent(run.key(), run));
        List<TaskFile> tasks = new ArrayList<>();
        for (PlannedRun run : byKey.values()) {
            try {
                TaskFile task = jobs.folder().write(run, provenance.get());
                boolean alone = jobs.attempts(run.key()) > 0;
                tasks.add(new TaskFile(task.name(), task.file(), task.result(), alone, waves.expected(run)));
            } catch (IllegalArgumentException e) {
                throw new RequestException("run " + run.label() + " cannot be trained elsewhere: " + e.getMessage());
            } catch (UncheckedIOException e) {
                throw new RequestException(e.getMessage() + "; run.launcher.folder names another folder");
            }
            if (store.find(run.key())
                    .filter(there -> again(run).contains(there.status()))
                    .isPresent()) {
                jobs.folder().removeCheckpoint(run);
            } else {
                resumed.takeAlong(run);
            }
        }
        own.add(jobs.submit(List.copyOf(byKey.keySet()), tasks));
        jobs.folder().forgetWritten();
        Set<String> ahead = Waves.labels(waves.ahead());
        for (PlannedRun run : byKey.values()) {
            if (!ahead.contains(run.label()) || !again(run).isEmpty()) {
                // where another process trains it or has trained it, that is what counts
                store.submit(run, again(run));
            }
            submitted.add(run.key());
            progress.begins(run);
        }
    }

    /** Ends the jobs of this execution, takes in what they have brought to an end, and leaves the rest as killed. */
    private void end() {
        own.stream().filter(job -> !jobs.hasEnded(job)).forEach(jobs::cancel);
        long until = System.nanoTime() + CANCELLING.toNanos();
        do {
            jobs.refresh();
        } while (own.stream().anyMatch(job -> !jobs.hasEnded(job)) && System.nanoTime() < until && pace.pauses());
        settleAll();
        needless.drop(waves.needless());
        needless.drop(waves.ahead().stream().filter(this::isOwn).toList());
        for (PlannedRun run : waves.due()) {
            if (isOwn(run)) {
                store.tryBegin(run, Set.of(), provenance.get())
                        .ifPresent(log -> ended(run, new Outcome(run, log.kill(resumed.takeBack(run, log)), false)));
            }
        }
    }

    private boolean isOwn(PlannedRun run) {
        return own.stream()
                .anyMatch(stored -> stored.job().keys().contains(run.key().hex()));
    }
}
