package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Order;

/**
 * The gradient of a batch's cross-entropy by the weights of a neuron for each of several classes, which softmax answers together; one
 * run's own, and one update at a time.
 *
 * <p>Each class is weighed and its gradient summed up as that of one neuron is, in tiles of {@link BatchGradient#TILE} rows; between them
 * softmax goes through the classes of each row. What a row adds is {@code (share - 1) / n} times the row for its own class, and
 * {@code share / n} times the row for the others.
 */
public final class ClassGradient {

    /** Sees the numbers of a batch's rows while its gradient is made. */
    @FunctionalInterface
    public interface Reader {

        /** Nobody looks. */
        Reader NOBODY = (row, sums, shares, pulls) -> {};

        /**
         * Sees a row; the arrays are valid inside this call alone.
         *
         * @param row which of the batch it is, from 0
         * @param sums its weighted sums {@code z}, one a class
         * @param shares what softmax answers to them
         * @param pulls {@code dE/dz}
         */
        void read(int row, double[] sums, double[] shares, double[] pulls);
    }

    /** Some rows of a batch. */
    interface Part {

        int rows();

        /** One a row. */
        double[] targets();

        /** Weighs every row. */
        void weigh(double[] weights, double bias, double[] sums);

        /** {@code gradient[j] = sum over rows of pull * value in column j}. */
        void gather(double[] pulls, double[] gradient);
    }

    private final Examples examples;
    private final int classes;

    /** All rows, where each batch is all of them in their order; else none. */
    private final Tile[] tiles;

    private final CopiedRows copied;

    /** By class, {@code [classes]} of up to 512 rows. */
    private final double[][] sums;

    private final double[][] pulls;

    /** Of a part after the first, {@code [d + 1]}. */
    private final double[] further;

    // of one row, one a class

    private final double[] rowSums;
    private final double[] rowShares;
    private final double[] rowPulls;

    /**
     * For the batches of a run.
     *
     * @param classes how many there are, at least 2
     */
    public ClassGradient(Examples examples, int classes, Batch batch, Order order) {
        this.examples = examples;
        this.classes = classes;
        int most = batch.of(examples.size());
        boolean whole = most == examples.size() && order != Order.WITH_REPLACEMENT;
        int room = Math.min(most, BatchGradient.TILE);
        this.tiles = whole ? Tile.of(examples) : new Tile[0];
        this.copied = new CopiedRows(examples, whole ? 0 : room);
        this.sums = new double[classes][room];
        this.pulls = new double[classes][room];
        this.further = new double[examples.width() + 1];
        this.rowSums = new double[classes];
        this.rowShares = new double[classes];
        this.rowPulls = new double[classes];
    }

    /**
     * Finds it.
     *
     * @param batch the present one, each of a run once and in its order
     * @param weights {@code [classes]} of {@code [d]}
     * @param biases one a class
     * @param gradient where it goes: of each class one a weight, then that of the bias, {@code [classes]} of {@code [d + 1]}
     * @param reader is called with all rows in their order
     */
    public void of(Batches batch, double[][] weights, double[] biases, double[][] gradient, Reader reader) {
        double factor = Loss.CROSS_ENTROPY.factor(batch.size());
        for (int from = 0; from < batch.size(); from += BatchGradient.TILE) {
            Part part = tiles.length > 0
                    ? tiles[from / BatchGradient.TILE]
                    : copied.of(batch, from, Math.min(BatchGradient.TILE, batch.size() - from));
            for (int k = 0; k < classes; k++) {
                part.weigh(weights[k], biases[k], sums[k]);
            }
            share(part, from, factor, reader);
            for (int k = 0; k < classes; k++) {
                double[] target = from == 0 ? gradient[k] : further;
                part.gather(pulls[k], target);
                target[examples.width()] = Worked.sum(pulls[k], part.rows());
                if (from > 0) {
                    BatchOfRows.add(gradient[k], further);
                }
            }
        }
    }

    /** From weighted sums to pulls, row by row. */
    private void share(Part part, int from, double factor, Reader reader) {
        for (int row = 0; row < part.rows(); row++) {
            for (int k = 0; k < classes; k++) {
                rowSums[k] = sums[k][row];
            }
            Activation.SOFTMAX.ofRow(rowSums, rowShares, classes);
            double target = part.targets()[row];
            for (int k = 0; k < classes; k++) {
                rowPulls[k] = factor * (rowShares[k] - (k == target ? 1 : 0));
                pulls[k][row] = rowPulls[k];
            }
            reader.read(from + row, rowSums, rowShares, rowPulls);
        }
    }
}
