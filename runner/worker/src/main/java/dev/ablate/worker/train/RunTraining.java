package dev.ablate.worker.train;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Training;
import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.Streams;
import dev.ablate.worker.data.UnscalableException;
import dev.ablate.worker.exchange.RunSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one run hands to its trainer: measures and records on the grid, and holds the trainer to its contract. */
final class RunTraining implements Training {

    /** More weights than this are not recorded by update. */
    private static final int WEIGHTS = 64;

    /** A total that no trainer reports: the next call of {@link #after} checks the contract. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final RunContext run;
    private final Recorder recorder;
    private final RunFolder folder;
    private final AtomicBoolean cancelled;
    private final RunData data;
    private final int threads;
    private final Examples examples;
    private final Evaluation evaluation;
    private final Streams streams;
    private final StopWatch stopWatch;
    private final Divergence divergence;
    private final ReportedValues reported;

    private Grid grid = new Grid(0, 1);
    private boolean begun;

    /** The least number of updates that may be reported next. */
    private long expected;

    private long total = UNKNOWN;
    private long next = Grid.NEVER;
    private Map<String, Double> last = Map.of();
    private boolean stopped;
    private @Nullable RuntimeException verdict;

    /** How long the run was allowed to take, once it has taken longer; set by another thread. */
    private volatile @Nullable Duration exceeded;

    /**
     * @throws RunFailure if the data cannot be scaled
     */
    RunTraining(
            RunContext run, RunData data, int threads, Recorder recorder, RunFolder folder, AtomicBoolean cancelled) {
        this.run = run;
        this.data = data;
        this.threads = threads;
        this.recorder = recorder;
        this.folder = folder;
        this.cancelled = cancelled;
        this.examples = scaled(data);
        this.evaluation = Evaluation.of(run, data);
        this.streams = new Streams(run.seed());
        this.stopWatch = new StopWatch(run.stop());
        this.divergence = new Divergence(run.params(), data::unscaled);
        this.reported = new ReportedValues(run.trainer().reports());
    }

    /** The run was cancelled. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Schema schema() {
        return RunData.schema(run);
    }

    @Override
    public Examples examples() {
        return examples;
    }

    /** No split holds such a part back yet. */
    @Override
    public Optional<Examples> validation() {
        return Optional.empty();
    }

    @Override
    public long seed() {
        return streams.seed();
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void keep(Path file) {
        folder.keep(file);
    }

    @Override
    public Path checkpoint() {
        return folder.checkpoint();
    }

    @Override
    public boolean cancelled() {
        return cancelled.get() || exceeded != null;
    }

    @Override
    public Decision decision() {
        return run.decision();
    }

    private static Examples scaled(RunData data) {
        try {
            return data.scaledTrain();
        } catch (UnscalableException e) {
            throw new RunFailure(0, String.valueOf(e.getMessage()), !data.drawn());
        }
    }

    @Override
    public RandomGenerator random(String stream) {
        return streams.stream(stream);
    }

    /** Off the grid this is a handful of comparisons, since a small model's update takes but some nanoseconds. */
    @Override
    public boolean after(long update, long total, Model now) {
        if (update != expected || total != this.total) {
            checkContract(update, total);
        }
        expected = update + 1;
        requireTime();
        if (update >= next && next != Grid.NEVER) {
            record(update, now);
        }
        return !stopped;
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
        if (announced < 0) {
            throw breach("it reported " + announced + " as the total");
        }
        if (!begun) {
            begun = true;
            if (update < 0 || update > announced) {
                throw breach("its first update was " + update + ", and it reported " + announced + " as the total");
            }
            total = announced;
            grid = Grid.of(announced, run.every());
            next = 0;
        } else if (announced != grid.total()) {
            throw breach("it reported " + announced + " as the total, after " + grid.total());
        } else if (update < expected || update > announced) {
            throw breach("it reported update " + update + " after update " + (expected - 1)
                    + (update < expected || expected > announced ? "" : ", and " + announced + " as the total"));
        }
    }

    private void record(long update, Model now) {
        Map<String, Double> values = measure(update, now);
        long following = grid.after(update);
        boolean stops = following != Grid.NEVER && stopWatch.ends(update, last);
        divergence.at(update, last, following == Grid.NEVER || stops).ifPresent(reason -> {
            throw end(new RunFailure(update, reason, deterministic()));
        });
        try {
            recorder.step(update, grid.total(), values);
        } catch (RuntimeException e) {
            throw end(e);
        }
        next = following;
        stopped = stops;
        if (next == Grid.NEVER || stopped) {
            total = UNKNOWN;
        }
    }

    /** Metrics, which are the last from now on, then weights. What the model throws ends the run, even if its trainer would go on. */
    private Map<String, Double> measure(long update, Model now) {
        Map<String, Double> values;
        Map<String, Double> weights;
        try {
            values = now == Model.none() ? new LinkedHashMap<>() : evaluation.measure(now);
            weights = run.weights() ? now.parameters() : Map.of();
        } catch (RuntimeException | Error e) {
            throw end(RunFailure.thrown(run.trainer(), update, e));
        }
        values.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                Double before = last.get(metric);
                OptionalDouble finite = before == null ? OptionalDouble.empty() : OptionalDouble.of(before);
                String reason = divergence.notFinite(metric, finite, recorder.recorded());
                throw end(new RunFailure(update, reason, deterministic()));
            }
        });
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
        total = UNKNOWN;
        return verdict;
    }

    /** Checks that a trainer that returned had reported all its updates, and all its metrics. */
    void requireComplete() {
        if (verdict != null) {
            throw verdict;
        }
        if (!begun) {
            throw breach("it never called Training.after");
        }
        if (!stopped && lastUpdate() != grid.total()) {
            throw breach("it returned after update " + lastUpdate() + " of " + grid.total()
                    + " without being asked to stop");
        }
        reported.missing().ifPresent(what -> {
            throw breach(what);
        });
    }

    /** Why the run ends, if not by its trainer alone. */
    @Nullable
    RuntimeException verdict() {
        return verdict;
    }

    /** The last update that the trainer reported. */
    long lastUpdate() {
        return Math.max(0, expected - 1);
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
        return RunFailure.timedOut(limit, lastUpdate(), begun ? grid.total() : Recorder.NONE, "");
    }

    /** Whether every other seed gives the same. */
    boolean deterministic() {
        return !streams.wereAsked() && !data.drawn();
    }
}
