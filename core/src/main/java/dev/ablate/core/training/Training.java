package dev.ablate.core.training;

import dev.ablate.core.data.Examples;
import java.util.random.RandomGenerator;

/** What a run hands to its trainer. */
public interface Training {

    /** The training part of the data, already scaled; the test part is out of reach. */
    Examples examples();

    /** How a prediction is turned into a class. */
    Decision decision();

    /**
     * The generator of one stream of chance; there is no other.
     *
     * <p>It depends on the run's seed and the name alone, so that two variants of one seed draw the same numbers, and a draw
     * from one stream shifts no other. Asked twice, it is the same generator, going on where it was. A run that asks for no
     * stream is known to be deterministic, so ask only where something is drawn. Usual names: {@code init.weights},
     * {@code init.bias}, {@code shuffle}.
     */
    RandomGenerator random(String stream);

    /**
     * Reports that an update is done; it measures the model where its grid asks for it.
     *
     * @param update how many updates were made, 0 at first, then rising from call to call, {@code total} at last; a trainer that
     *     cannot say what it has learned in between leaves updates out
     * @param total how many there will be if nothing stops them; the same in each call of a run
     * @param now the model as it is; valid inside this call alone, so it may be a live view of changing weights
     * @return false: make no further update and return the model as it is now
     */
    boolean after(long update, long total, Model now);

    /**
     * Reports a value that the trainer has measured itself, of a metric that its options declare; see
     * {@link dev.ablate.core.metric.ReportsMetrics}.
     *
     * <p>Every value is stored and drawn, and the last one is compared. What is not declared, steps that do not rise and values that are
     * not finite end the run.
     *
     * @param step how many updates were made when it was measured, 0 or greater; of one metric rising from call to call
     * @param name the metric's, as it is declared
     * @param value finite
     */
    void report(long step, String name, double value);
}
