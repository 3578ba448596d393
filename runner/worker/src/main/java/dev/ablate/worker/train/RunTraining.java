package dev.ablate.worker.train;

import dev.ablate.core.training.Model;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.exchange.RunSink;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Takes what one run's trainer reports: measures and records on the grid, and holds the trainer to its contract. */
final class RunTraining extends RunMaterial {

    /** More weights than this are not recorded by update. */
    private static final int WEIGHTS = 64;

    private final RunContext run;
    private final Recorder recorder;
    private final AtomicBoolean cancelled;
    private final RunData data;
    private final Evaluation evaluation;
    private final StopWatch stopWatch;
    private final BestStep best;
    private final Divergence divergence;
    private final ReportedUpdates updates;
    private final ReportedValues reported;

    private Map<String, Double> last = Map.of();

    /** The last step of {@link #answers}. */
    private long answered = -1;

    private boolean stopped;
    private @Nullable RuntimeException verdict;

    /** How long the run was allowed to take, once it has taken longer; set by another thread. */
    private volatile @Nullable Duration exceeded;

    /**
     * @throws RunFailure if the data cannot be scaled
     */
    RunTraining(
            RunContext run,
            RunData data,
            int threads,
            int slot,
            Recorder recorder,
            RunFolder folder,
            AtomicBoolean cancelled) {
        super(run, data, threads, slot, folder);
        this.run = run;
        this.data = data;
        this.recorder = recorder;
        this.cancelled = cancelled;
        this.evaluation = Evaluation.of(run, data);
        this.stopWatch = new StopWatch(run.stop());
        this.best = new BestStep(run, recorder);
        this.divergence = new Divergence(run.params(), data::unscaled);
        this.updates = new ReportedUpdates(
                run.every(),
                Grid.most(run.dataset().examples().size(), run.stop().isPresent()));
        this.reported = new ReportedValues(run.trainer().reports());
    }

    /** The run was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public boolean cancelled() {
        return cancelled.get() || exceeded != null;
    }

    /** Off the grid this is a handful of comparisons, since a small model's update takes but some nanoseconds. */
    @Override
    public boolean after(long update, long total, Model now) {
        if (!updates.isUsual(update, total)) {
            checkContract(update, total);
        }
        boolean measured = updates.take(update);
        requireTime();
        if (measured) {
            record(update, now);
        }
        return !stopped;
    }

    @Override
    public long nextMeasured() {
        return updates.next();
    }

    /** A run is ended by its stop rule alone, for which its best model is kept; else it fails. */
    @Override
    public boolean mayStop() {
        return run.stop().isPresent();
    }

    @Override
    public void report(long step, String name, double value) {
        if (verdict != null) {
            throw verdict;
        }
        requireTime();
        reported.breach(step, name, value).ifPresent(what -> {
            throw breach(what);
        });
        try {
            recorder.value(step, name, value);
        } catch (RuntimeException e) {
            throw end(e);
        }
    }

    @Override
    public void answers(long step, double... answers) {
        if (verdict != null) {
            throw verdict;
        }
        requireTime();
        if (data.test().isEmpty()) {
            throw new IllegalStateException("no rows are held back");
        }
        int wanted = data.test().get().size() * run.dataset().schema().outputs();
        if (answers.length != wanted) {
            throw breach("it answered " + answers.length + " numbers, and " + wanted + " are wanted for the "
                    + data.test().get().size() + " rows that are held back");
        }
        if (step <= answered) {
            throw breach("it answered at step " + step + " after step " + answered);
        }
        answered = step;
        Map<String, Double> values = evaluation.measureAnswers(answers);
        requireFinite(step, values);
        try {
            recorder.values(step, values);
        } catch (RuntimeException e) {
            throw end(e);
        }
    }

    /** Ends the run if it was cancelled, or has taken too long. */
    private void requireTime() {
        if (cancelled.get()) {
            throw end(new Cancelled());
        }
        Duration limit = exceeded;
        if (limit != null) {
            throw end(timeOut(limit));
        }
    }

    /** The first call, a call after the end, one that leaves updates out, or one that breaks the contract. */
    private void checkContract(long update, long announced) {
        if (verdict != null) {
            throw verdict;
        }
        if (stopped) {
            throw breach("it reported update " + update + " after it was asked to stop at update " + lastUpdate());
        }
        updates.breach(update, announced).ifPresent(what -> {
            throw breach(what);
        });
    }

    private void record(long update, Model now) {
        boolean ends = updates.isLast(update);
        Map<String, Double> values = measure(update, now, ends);
        // asked at the last step too, since that may be the best one
        boolean stops = stopWatch.ends(update, last) && !ends;
        boolean isBest = stopWatch.isBest(update);
        if (stops || isBest) {
            values = measure(update, now, true);
        }
        divergence.at(update, last, ends || stops).ifPresent(reason -> {
            throw end(new RunFailure(update, reason, deterministic()));
        });
        try {
            best.record(update, updates.total(), values, isBest);
        } catch (RuntimeException e) {
            throw end(e);
        }
        if (isBest) {
            keep(update, now);
        }
        updates.measured(update);
        if (stops) {
            stopped = true;
            updates.end();
        }
    }

    /** Keeps the model as it is now; what it throws ends the run. */
    private void keep(long update, Model now) {
        try {
            best.keep(update, now);
        } catch (RuntimeException | Error e) {
            throw end(RunFailure.thrown(run.trainer(), update, e));
        }
    }

    /** Metrics, which are the last from now on, then weights. What the model throws ends the run, even if its trainer would go on. */
    private Map<String, Double> measure(long update, Model now, boolean ends) {
        Map<String, Double> values;
        Map<String, Double> weights;
        try {
            values = now == Model.none() ? new LinkedHashMap<>() : evaluation.measure(now, ends);
            weights = run.weights() ? now.parameters() : Map.of();
        } catch (RuntimeException | Error e) {
            // a model that is another process's ends with the run
            requireTime();
            throw end(RunFailure.thrown(run.trainer(), update, e));
        }
        requireFinite(update, values);
        last = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (weights.size() <= WEIGHTS) {
            weights.forEach((name, weight) -> {
                // an infinite weight may still give finite answers, and a chart cannot show it
                if (Double.isFinite(weight)) {
                    values.put(RunSink.WEIGHTS + name, weight);
                }
            });
        }
        return values;
    }

    private void requireFinite(long update, Map<String, Double> values) {
        values.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                Double before = last.get(metric);
                OptionalDouble finite = before == null ? OptionalDouble.empty() : OptionalDouble.of(before);
                String reason = divergence.notFinite(metric, finite, recorder.recorded());
                throw end(new RunFailure(update, reason, deterministic()));
            }
        });
    }

    private RunFailure breach(String what) {
        RunFailure failure = RunFailure.breach(run.trainer(), lastUpdate(), what);
        end(failure);
        return failure;
    }

    /** Keeps why the run ends, whatever the trainer makes of the exception, and ends it at once if the trainer goes on. */
    private RuntimeException end(RuntimeException reason) {
        if (verdict == null) {
            verdict = reason;
        }
        updates.end();
        return verdict;
    }

    /** Checks that a trainer that returned had reported all its updates, and all its metrics. */
    void requireComplete() {
        if (verdict != null) {
            throw verdict;
        }
        if (!updates.haveBegun()) {
            throw breach("it never called Training.after");
        }
        if (!stopped) {
            updates.missing().ifPresent(what -> {
                throw breach(what);
            });
        }
        reported.missing().ifPresent(what -> {
            throw breach(what);
        });
        best.end();
    }

    /** Why the run ends, if not by its trainer alone. */
    @Nullable
    RuntimeException verdict() {
        return verdict;
    }

    /** The last update that the trainer reported. */
    long lastUpdate() {
        return updates.last();
    }

    /** Where it is left. */
    BestStep best() {
        return best;
    }

    /** Whether its stop rule ended it. */
    boolean stopped() {
        return stopped;
    }

    /** Ends the run at the next update, if there is one; from any thread. */
    void exceed(Duration limit) {
        exceeded = limit;
    }

    /** Why a run that took too long failed; on the trainer's thread, or once that has ended. */
    RunFailure timeOut(Duration limit) {
        return RunFailure.timedOut(limit, lastUpdate(), updates.total(), "");
    }
}
