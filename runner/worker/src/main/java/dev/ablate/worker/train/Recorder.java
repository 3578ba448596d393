package dev.ablate.worker.train;

import dev.ablate.worker.context.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a run's steps down until it is closed: a trainer that was abandoned, and comes back on its own thread after its
 * run has ended, writes nothing more.
 */
final class Recorder {

    private final RunContext run;
    private final Steps steps;
    private final RunProgress progress;
    private final Map<Long, Map<String, Double>> held = new LinkedHashMap<>();
    private long recorded;
    private long total = NONE;
    private boolean closed;

    /** The total before the first step. */
    static final long NONE = -1;

    /** Where steps are written. */
    interface Steps {
        /** Values of one step, by series name; all finite. */
        void points(long step, Map<String, Double> values);
    }

    Recorder(RunContext run, Steps steps, RunProgress progress) {
        this.run = run;
        this.steps = steps;
        this.progress = progress;
    }

    /**
     * One step.
     *
     * @throws IllegalStateException if it was closed
     */
    synchronized void step(long update, long total, Map<String, Double> values) {
        requireOpen();
        steps.points(update, values);
        progress.at(update, total);
        recorded = update;
        this.total = total;
    }

    /** One step that is written down with {@link #writeHeld} alone. */
    synchronized void hold(long update, long total, Map<String, Double> values) {
        requireOpen();
        held.put(update, values);
        progress.at(update, total);
        this.total = total;
    }

    /** Writes the steps down that were held. */
    synchronized void writeHeld() {
        requireOpen();
        held.forEach((update, values) -> {
            steps.points(update, values);
            recorded = update;
        });
        held.clear();
    }

    /**
     * A value that the trainer measured, which is not a step of the grid.
     *
     * @throws IllegalStateException if it was closed
     */
    synchronized void value(long step, String series, double value) {
        requireOpen();
        steps.points(step, Map.of(series, value));
    }

    /**
     * Values of what the trainer answered, which are not a step of the grid.
     *
     * @throws IllegalStateException if it was closed
     */
    synchronized void values(long step, Map<String, Double> values) {
        requireOpen();
        steps.points(step, values);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("run " + run.label() + " has ended");
        }
    }

    /** The last update that was recorded; 0 if none was. */
    synchronized long recorded() {
        return recorded;
    }

    /** How many updates the trainer reported at the last step; {@link #NONE} before the first. */
    synchronized long total() {
        return total;
    }

    /** Takes nothing more. */
    synchronized void close() {
        closed = true;
    }
}
