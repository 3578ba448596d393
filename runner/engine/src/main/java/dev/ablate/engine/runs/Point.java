package dev.ablate.engine.runs;

import dev.ablate.worker.exchange.RunSink;
import java.time.Instant;

/**
 * One recorded value.
 *
 * @param id rises with each point of an attempt from 1, in the order in which they were recorded
 * @param series the metric's name, {@code train/mse}, a weight's, {@code weights/x1}, or that of a metric of the trainer's own,
 *     {@code validation_loss}
 * @param step how many updates had been made
 * @param value finite
 * @param time when it was recorded, to the millisecond
 */
public record Point(long id, String series, long step, double value, Instant time) {

    /** What the name of a weight's series begins with; all other series are metrics. */
    public static final String WEIGHTS = RunSink.WEIGHTS;

    /** Whether the trainer measured it itself, at a step of its own; all other series have the same steps. */
    public boolean isReported() {
        return series.indexOf('/') < 0;
    }
}
