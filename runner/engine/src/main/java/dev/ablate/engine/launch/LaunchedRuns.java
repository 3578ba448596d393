package dev.ablate.engine.launch;

import com.google.common.base.Suppliers;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunLog;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
    private final ExecutionOptions options;
    private final Progress progress;
    private final RunStore store;
    private final Results results;
    private final Resumed resumed;
    private final Supplier<Provenance> provenance;
    private final Jobs jobs;
    private final Pace pace = new Pace();

    /** By label, since two cells may hold the same run. */
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /** What this execution has submitted. */
    private final Set<RunKey> submitted = new HashSet<>();

    private final List<Job.Stored> own = new ArrayList<>();

    private boolean failed;

    LaunchedRuns(
            Plan plan,
            ExecutionOptions options,
            Progress progress,
            RunStore store,
            Supplier<Provenance> provenance,
            Clock clock,
            Jobs jobs) {
        this.runs = options.wanted(plan);
        this.options = options;
        this.progress = progress;
        this.store = store;
        this.provenance = Suppliers.memoize(provenance::get);
        this.jobs = jobs;
        this.resumed = new Resumed(store, jobs.folder(), clock);
        this.results = new Results(store, jobs, plan.track().patch(), this.provenance, clock);
    }

    @SuppressWarnings("try") // it wakes this until it is closed
    Execution execute(Cancellation cancellation) {
        boolean interrupted = false;
        try (Cancellation.Registration waking = cancellation.whenCancelled(pace::wake)) {
            boolean waits = true;
            while (waits && !cancellation.isCancelled() && !interrupted) {
                waits = round() && !options.detached();
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
        List<Outcome> ended = runs.stream()
                .flatMap(run -> Optional.ofNullable(outcomes.get(run.label())).stream())
                .toList();
        List<PlannedRun> pending = runs.stream()
                .filter(run -> !outcomes.containsKey(run.label()) && jobs.has(run.key()))
                .toList();
        return new Execution(ended, pending);
    }

    /** Collects and submits; nobody else does either meanwhile. True while there is something to wait for. */
    @SuppressWarnings("try") // it is held until it is closed
    private boolean round() {
        Optional<RunStore.Lease> lease = store.lease("launch " + jobs.folder().folder());
        if (lease.isEmpty()) {
            return true;
        }
        try (RunStore.Lease held = lease.get()) {
            jobs.refresh();
            boolean settled = true;
            while (settled) {
                settled = false;
                for (PlannedRun run : due()) {
                    settled |= settle(run);
                }
            }
            submit(due().stream().filter(run -> !isTrained(run)).toList());
            return due().stream().anyMatch(this::isTrained);
        }
    }

    /** Runs that are needed as far as it is known: other seeds of a cell once its first is known, and if they may differ. */
    private List<PlannedRun> due() {
        Map<String, PlannedRun> first = new LinkedHashMap<>();
        runs.forEach(run -> first.putIfAbsent(run.group(), run));
        return runs.stream()
                .filter(run -> !outcomes.containsKey(run.label()))
                .filter(run -> {
                    PlannedRun ofCell = first.getOrDefault(run.group(), run);
                    Outcome known = outcomes.get(ofCell.label());
                    return run.label().equals(ofCell.label())
                            || (known != null && !known.record().deterministic());
                })
                .toList();
    }

    /** Whether a job has a run, or another execution or process trains it without one. */
    private boolean isTrained(PlannedRun run) {
        return jobs.has(run.key()) || store.isTrained(run.key());
    }

    /** Takes a run's result in, or what the store has of it; true if it has come to an end. */
    private boolean settle(PlannedRun run) {
        jobs.requireNoOther(run.key(), run.label());
        if (store.isTrained(run.key())) {
            // what comes of that counts, and what a job gives is held against it
            return false;
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

    /** Of which status a run is that is trained again: none, once that was done. */
    private Set<RunStatus> again(PlannedRun run) {
        return submitted.contains(run.key()) ? Set.of() : options.again();
    }

    private void ended(PlannedRun run, Outcome outcome) {
        outcomes.put(run.label(), outcome);
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
                tasks.add(jobs.folder().write(run, provenance.get()));
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
        for (PlannedRun run : byKey.values()) {
            // where another process trains it or has trained it, that is what counts
            store.submit(run, again(run));
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
        due().forEach(this::settle);
        for (PlannedRun run : runs) {
            boolean ofThis = own.stream()
                    .anyMatch(stored -> stored.job().keys().contains(run.key().hex()));
            if (ofThis && !outcomes.containsKey(run.label())) {
                store.tryBegin(run, Set.of(), provenance.get()).ifPresent(log -> ended(run, killed(run, log)));
            }
        }
    }

    private Outcome killed(PlannedRun run, RunLog log) {
        return new Outcome(run, log.kill(resumed.takeBack(run, log)), false);
    }
}
