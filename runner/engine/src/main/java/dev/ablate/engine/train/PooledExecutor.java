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

    /** An update of a large network takes some seconds. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(10));

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
        try (Cancellation.Registration ending = cancellation.whenCancelled(pool::end)) {
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

        /** By the run's label, since two cells may hold the same run. */
        private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

        /** What is nobody's but the runner's own: the store does not work, or a mistake in the program. */
        private final AtomicReference<@Nullable Throwable> breakdown = new AtomicReference<>();

        /** Asked once an execution: whatever it begins is begun with the same. */
        private final Supplier<Provenance> begunWith = Suppliers.memoize(provenance::get);

        /** @param patch whether the text of the patch is stored */
        Pool(List<PlannedRun> runs, boolean patch, ExecutionOptions options, Progress progress) {
            this.patch = patch;
            this.options = options;
            this.progress = progress;
            this.schedule = new Schedule(runs, busy);
            this.threads = Math.max(1, options.jobs() / Math.max(1, runs.size()));
        }

        /** Ends what is running, and begins nothing more. */
        void end() {
            cancelled.set(true);
            schedule.halt();
        }

        void run(int jobs) {
            List<Thread> workers = new ArrayList<>();
            for (int job = 1; job <= jobs; job++) {
                Thread worker = new Thread(this::work, "train-" + job);
                workers.add(worker);
                worker.start();
            }
            boolean interrupted = false;
            for (Thread worker : workers) {
                while (worker.isAlive()) {
                    try {
                        worker.join();
                    } catch (InterruptedException e) {
                        interrupted = true;
                        end();
                    }
                }
            }
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

        private void work() {
            try {
                for (Optional<PlannedRun> run = schedule.next(); run.isPresent(); run = schedule.next()) {
                    Optional<Outcome> outcome = settle(run.get());
                    if (outcome.isEmpty()) {
                        schedule.later(run.get());
                    } else {
                        end(outcome.get());
                    }
                }
            } catch (RuntimeException | Error e) {
                if (!breakdown.compareAndSet(null, e)) {
                    LOG.debug("a further breakdown", e);
                }
                end();
            }
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

        /** Reuses or trains a run; empty while another execution or process trains it. */
        private Optional<Outcome> settle(PlannedRun run) {
            try {
                return reusedOrTrained(run);
            } catch (RuntimeException | Error e) {
                // it comes to no end here, and other executions may wait for its trainer
                schedule.abandon(run);
                throw e;
            }
        }

        private Optional<Outcome> reusedOrTrained(PlannedRun run) {
            Set<RunStatus> again = options.again();
            Optional<RunRecord> there = store.find(run.key());
            if (there.isPresent()
                    && there.get().hasEnded()
                    && !again.contains(there.get().status())) {
                return Optional.of(new Outcome(run, there.get(), true));
            }
            return store.tryBegin(run, again, provenance()).map(log -> new Outcome(run, attempt(run, log), false));
        }

        private Provenance provenance() {
            Provenance whole = begunWith.get();
            return patch ? whole : whole.without(Set.of(Provenance.GIT_PATCH));
        }

        /** Trains a run, whose log is closed in any case: then it is free for others. */
        private RunRecord attempt(PlannedRun run, RunLog log) {
            RunWorker worker = new RunWorker(
                    run.context(), ModelGraphs.adding(log), threads, heard(run), cancelled, patience, abandoned);
            try {
                return log.end(worker.train());
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
