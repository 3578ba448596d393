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
        if (rows == examples.size() && order != Order.WITH_REPLACEMENT) {
            return rows <= FewRows.MOST ? new FewRows(formula, examples) : new WholeBatch(formula, examples, threads);
        }
        return rows == 1 ? new OneRow(formula, examples) : new BatchOfRows(formula, examples, rows);
    }

    /**
     * Finds it.
     *
     * @param batch the present one, each of a run once and in its order
     * @param weights {@code [d]}
     * @param gradient where it goes: one a weight, then that of the bias, {@code [d + 1]}
     * @param reader is called with all rows in their order, by one thread; where several work it must be {@link Reader#NOBODY}
     */
    void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader);

    /**
     * Finds it, and takes it from the weights, times a rate; the bias is left to the caller.
     *
     * @param weights {@code [d]}
     * @param gradient as in {@link #of}
     * @param reader as in {@link #of}
     */
    default void descend(Batches batch, double[] weights, double bias, double rate, double[] gradient, Reader reader) {
        of(batch, weights, bias, gradient, reader);
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= rate * gradient[i];
        }
    }

    /** Ends its threads. */
    @Override
    void close();
}
