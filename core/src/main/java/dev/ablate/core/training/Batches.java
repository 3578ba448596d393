package dev.ablate.core.training;

import java.util.random.RandomGenerator;

/**
 * The rows of one update after the other: what {@link Batch} and {@link Order} mean, in every trainer alike.
 *
 * <p>An epoch is {@code n} rows in {@code ceil(n / batch)} updates; its last batch may be shorter. Epoch follows epoch
 * without end:
 *
 * <pre>{@code
 * Batches batches = new Batches(options.batch(), options.order(), training);
 * for (long update = 1; update <= total; update++) {
 *     batches.next();
 *     for (int k = 0; k < batches.size(); k++) {
 *         learnFrom(batches.row(k));
 *     }
 * }
 * }</pre>
 *
 * <p>Chance comes from the stream {@code shuffle}, which is asked for only when something is drawn: rows as given draw
 * nothing, and neither does a shuffled batch of all rows. Shuffling is Fisher and Yates's, as in Knuth's algorithm P.
 */
public final class Batches {

    private final int[] order;
    private final int batch;
    private final boolean replacing;
    private final boolean drawn;
    private final Training training;

    /** Where the batch begins in {@code order}. */
    private int from;

    /** Where the batch ends in {@code order}, exclusive: at first the end of an epoch before the first. */
    private int to;

    /** The batches of a run's examples, before the first. */
    public Batches(Batch batch, Order order, Training training) {
        int rows = training.examples().size();
        this.batch = batch.of(rows);
        this.order = new int[rows];
        for (int row = 0; row < rows; row++) {
            this.order[row] = row;
        }
        this.replacing = order == Order.WITH_REPLACEMENT;
        this.drawn = replacing || (order == Order.SHUFFLED && this.batch < rows);
        this.training = training;
        this.to = rows;
    }

    /** Updates in one pass over the rows: {@code ceil(n / batch)}. */
    public int perEpoch() {
        return (order.length - 1) / batch + 1;
    }

    /**
     * Updates in so many passes over the rows; {@link Long#MAX_VALUE} if a {@code long} cannot hold them.
     *
     * @param epochs 0 or greater
     */
    public long updatesIn(long epochs) {
        return epochs > Long.MAX_VALUE / perEpoch() ? Long.MAX_VALUE : epochs * perEpoch();
    }

    /** Goes on to the next batch. */
    public void next() {
        if (to == order.length) {
            to = 0;
            if (drawn) {
                draw(training.random("shuffle"));
            }
        }
        from = to;
        to = Math.min(order.length - from, batch) + from;
    }

    /** Rows in this batch. */
    public int size() {
        return to - from;
    }

    /** Rows from the first of this batch to the end of the epoch. */
    public int remaining() {
        return order.length - from;
    }

    /**
     * The index of the batch's row {@code k} (from 0) among the examples.
     *
     * @param k less than {@link #size}; or less than {@link #remaining}, for the rows of the epoch's further batches
     */
    public int row(int k) {
        return order[from + k];
    }

    private void draw(RandomGenerator random) {
        if (replacing) {
            for (int k = 0; k < order.length; k++) {
                order[k] = random.nextInt(order.length);
            }
        } else {
            for (int k = order.length - 1; k > 0; k--) {
                int other = random.nextInt(k + 1);
                int row = order[k];
                order[k] = order[other];
                order[other] = row;
            }
        }
    }
}
