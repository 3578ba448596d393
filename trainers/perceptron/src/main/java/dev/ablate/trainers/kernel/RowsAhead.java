package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batches;

/**
 * The rows of batches of one row, copied some at a time before they are needed: where they come in another order than they lie in,
 * memory then finds many at once instead of one after the other.
 */
final class RowsAhead {

    /** Rows copied at a time. */
    private static final int AHEAD = 16;

    private final Examples examples;

    /** {@code [AHEAD]} of {@code [d]}. */
    private final double[][] values;

    private final double[] targets;

    /** Which of the copied rows comes next. */
    private int next;

    /** How many were copied. */
    private int copied;

    RowsAhead(Examples examples) {
        this.examples = examples;
        this.values = new double[AHEAD][examples.width()];
        this.targets = new double[AHEAD];
    }

    /** Where the row of the batch is, the next of the run's. */
    int place(Batches batch) {
        if (next == copied) {
            copied = Math.min(AHEAD, batch.remaining());
            for (int k = 0; k < copied; k++) {
                int row = batch.row(k);
                examples.rows().copyRow(row, values[k]);
                targets[k] = examples.target(row);
            }
            next = 0;
        }
        return next++;
    }

    double[] values(int place) {
        return values[place];
    }

    double target(int place) {
        return targets[place];
    }
}
