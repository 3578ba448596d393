package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Order;

/** The gradient of a batch's loss by the weights of one neuron; one run's own, and one update at a time. */
public interface BatchGradient extends AutoCloseable {

    /** So many rows are summed up on their own before they are added to others: part of the order of the sum, as well as of its speed. */
    int TILE = 512;

    /** Sees the numbers of a batch's rows while its gradient is made. */
    @FunctionalInterface
    interface Reader {

        /** Nobody looks. */
        Reader NOBODY = (worked, from, count) -> {};

        /**
         * Sees some rows.
         *
         * @param worked valid inside this call alone
         * @param from which row of the batch the first of them is, from 0
         * @param count how many they are
         */
        void read(Worked worked, int from, int count);
    }

    /**
     * For the batches of a run.
     *
     * @param threads how many work together on a batch of all rows, at least 1; they change nothing but the time
     */
    static BatchGradient of(Formula formula, Examples examples, Batch batch, Order order, int threads) {
        int rows = batch.of(examples.size());
        return rows == examples.size() && order != Order.WITH_REPLACEMENT
                ? new WholeBatch(formula, examples, threads)
                : new BatchOfRows(formula, examples, rows);
    }

    /**
     * Finds it.
     *
     * @param batch the present one
     * @param weights {@code [d]}
     * @param gradient where it goes: one a weight, then that of the bias, {@code [d + 1]}
     * @param reader is called with all rows in their order, by one thread; where several work it must be {@link Reader#NOBODY}
     */
    void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader);

    /** Ends its threads. */
    @Override
    void close();
}
