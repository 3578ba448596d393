package dev.ablate.engine.train;

import com.google.common.base.Suppliers;
import dev.ablate.engine.model.ModelGraphs;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunLog;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.worker.data.SharedData;
import dev.ablate.worker.exchange.RunEnding;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.spec.RunKey;
import dev.ablate.worker.train.AbandonedTrainers;
import dev.ablate.worker.train.Patience;
import dev.ablate.worker.train.RunProgress;
import dev.ablate.worker.train.RunWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executor: a few threads that take runs from a schedule until there are no more. */
final class PooledExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(PooledExecutor.class);

    /** An update of a large network takes some seconds, and a program that is asked to end has 10 s for it. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(15));

    private final RunStore store;
    private final Supplier<Provenance> provenance;
    private final Patience patience;
    private final AbandonedTrainers abandoned = new AbandonedTrainers();
    private final BusyTrainers busy = new BusyTrainers();

    PooledExecutor(RunStore store, Supplier<Provenance> provenance) {
        this(store, provenance, PATIENCE);
    }

    PooledExecutor(RunStore store, Patience patience) {
        this(store, () -> Provenance.NONE, patience);
    }

    private PooledExecutor(RunStore store, Supplier<Provenance> provenance, Patience patience) {
        this.store = store;
        this.provenance = provenance;
        this.patience = patience;
    }

    @Override
    @SuppressWarnings("try") // it ends the runs until it is closed
    public Execution execute(Plan plan, ExecutionOptions options, Progress progress, Cancellation cancellation) {
        List<PlannedRun> runs = options.wanted(plan);
        Pool pool = new Pool(runs, plan.track().patch(), options, progress);
        try (Cancellation.Registration ending = cancellation.whenCancelled(pool::halt)) {
            pool.run(Math.min(options.jobs(), runs.size()));
        }
        List<Outcome> outcomes = runs.stream()
                .map(run -> Optional.ofNullable(pool.outcomes.get(run.label())))
                .flatMap(Optional::stream)
                .toList();
        return new Execution(outcomes, List.of());
    }

    /** The threads of one execution. */
    private final class Pool {

        private final boolean patch;
        private final ExecutionOptions options;
        private final Progress progress;
        private final Schedule schedule;

        /** For each run: more than one where there are fewer runs than may go on at a time. */
        private final int threads;

        private final AtomicBoolean cancelled = new AtomicBoolean();

        /** What had ended before, by key. */
        private final Map<RunKey, RunRecord> before;

        private final Endings endings = new Endings(this::breakDown);

        /** By the run's label, since two cells may hold the same run. */
        private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

        /** What is nobody's but the runner's own: the store does not work, or a mistake in the program. */
        private final AtomicReference<@Nullable Throwable> breakdown = new AtomicReference<>();

        /** Asked once an execution: whatever it begins is begun with the same. */
        private final Supplier<Provenance> begunWith = Suppliers.memoize(this::provenance);

        private final SharedData data = new SharedData();

        /** @param patch whether the text of the patch is stored */
        Pool(List<PlannedRun> runs, boolean patch, ExecutionOptions options, Progress progress) {
            this.patch = patch;
            this.options = options;
            this.progress = progress;
            this.schedule = new Schedule(runs, busy);
            this.threads = Math.max(1, options.jobs() / Math.max(1, runs.size()));
            this.before = store.find(runs.stream().map(PlannedRun::key).toList());
        }

        /** Ends what is running, and begins nothing more. */
        void halt() {
            cancelled.set(true);
            schedule.halt();
        }

        void run(int jobs) {
            List<Thread> workers = new ArrayList<>();
            for (int job = 1; job <= jobs; job++) {
                int slot = job - 1;
                workers.add(started(() -> work(slot), "train-" + job));
            }
            endings.start();
            boolean interrupted = join(workers);
            interrupted |= join(List.of(endings.last()));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable thrown = breakdown.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            } else if (thrown instanceof Error e) {
                throw e;
            }
        }

        private static Thread started(Runnable task, String name) {
            Thread thread = new Thread(task, name);
            thread.start();
            return thread;
        }

        /** Waits for threads; whether this one was interrupted, which ends what is running. */
        private boolean join(List<Thread> threads) {
            boolean interrupted = false;
            for (Thread thread : threads) {
                while (thread.isAlive()) {
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        interrupted = true;
                        halt();
                    }
                }
            }
            return interrupted;
        }

        private void work(int slot) {
            try {
                for (Optional<PlannedRun> run = schedule.next(); run.isPresent(); run = schedule.next()) {
                    settle(run.get(), slot);
                }
            } catch (RuntimeException | Error e) {
                breakDown(e);
            }
        }

        private void breakDown(Throwable e) {
            if (!breakdown.compareAndSet(null, e)) {
                LOG.debug("a further breakdown", e);
            }
            halt();
        }

        private void end(Outcome outcome) {
            RunRecord record = outcome.record();
            outcomes.put(outcome.run().label(), outcome);
            if (record.status() == RunStatus.FAILED && options.stopAtFailure()) {
                schedule.halt();
            }
            schedule.ended(outcome.run(), record.deterministic());
            progress.ends(outcome);
        }

        /** Reuses or trains a run, or puts it back while another execution or process trains it. */
        private void settle(PlannedRun run, int slot) {
            Runnable rest;
            try {
                rest = reusedOrTrained(run, slot);
            } catch (RuntimeException | Error e) {
                // it comes to no end here, and other executions may wait for its trainer
                schedule.abandon(run);
                throw e;
            }
            rest.run();
        }

        /** Gives what is then to be done. */
        private Runnable reusedOrTrained(PlannedRun run, int slot) {
            Set<RunStatus> again = options.again();
            Optional<Outcome> reused = reused(run, Optional.ofNullable(before.get(run.key())), again);
            if (reused.isEmpty()) {
                Optional<RunLog> log = store.tryBegin(run, again, begunWith.get());
                if (log.isPresent()) {
                    return attempt(run, log.get(), slot);
                }
                // it may have ended meanwhile
                reused = reused(run, store.find(run.key()), again);
            }
            return reused.<Runnable>map(outcome -> () -> end(outcome)).orElse(() -> schedule.later(run));
        }

        private static Optional<Outcome> reused(PlannedRun run, Optional<RunRecord> there, Set<RunStatus> again) {
            return there.filter(record -> record.hasEnded() && !again.contains(record.status()))
                    .map(record -> new Outcome(run, record, true));
        }

        private Provenance provenance() {
            Provenance whole = provenance.get();
            return patch ? whole : whole.without(Set.of(Provenance.GIT_PATCH));
        }

        /** Trains a run, whose log is closed in any case: then it is free for others. */
        private Runnable attempt(PlannedRun run, RunLog log, int slot) {
            RunWorker worker = new RunWorker(
                    run.context(),
                    data,
                    ModelGraphs.adding(log),
                    threads,
                    slot,
                    heard(run),
                    cancelled,
                    patience,
                    abandoned);
            try {
                return ending(run, log, worker.train());
            } catch (RuntimeException | Error e) {
                // if not even that can be written, the first trouble is the one to report
                try {
                    log.kill(worker.recorded());
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
        }

        /** No other run waits for the disk with one that has finished, but where its trainer runs one at a time. */
        private Runnable ending(PlannedRun run, RunLog log, RunEnding ending) {
            if (ending.status() != RunResult.Status.FINISHED || run.trainer().oneAtATime()) {
                Outcome outcome = new Outcome(run, log.end(ending), false);
                return () -> end(outcome);
            }
            Supplier<RunRecord> record =
                    log.finishing(ending.deterministic(), ending.updates(), ending.stopped(), ending.parameters());
            return () -> endings.add(() -> end(new Outcome(run, record.get(), false)));
        }

        private RunProgress heard(PlannedRun run) {
            return new RunProgress() {
                @Override
                public void begins() {
                    progress.begins(run);
                }

                @Override
                public void at(long update, long total) {
                    progress.at(run, update, total);
                }
            };
        }
    }
}
