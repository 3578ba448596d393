package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Batches;
import java.util.Arrays;

/** Some rows of a batch, in any order, copied so that they lie together. */
final class CopiedRows implements ClassGradient.Part {

    private final Examples examples;

    /** {@code [rows]} of {@code [d]}. */
    private final double[][] rows;

    private final double[] targets;
    private int count;

    /** Room for so many rows. */
    CopiedRows(Examples examples, int most) {
        this.examples = examples;
        this.rows = new double[most][examples.width()];
        this.targets = new double[most];
    }

    /** Takes others. */
    CopiedRows of(Batches batch, int from, int number) {
        count = number;
        for (int k = 0; k < count; k++) {
            int row = batch.row(from + k);
            examples.rows().copyRow(row, rows[k]);
            targets[k] = examples.target(row);
        }
        return this;
    }

    @Override
    public int rows() {
        return count;
    }

    @Override
    public double[] targets() {
        return targets;
    }

    @Override
    public void weigh(double[] weights, double bias, double[] sums) {
        for (int k = 0; k < count; k++) {
            sums[k] = SumOfProducts.of(bias, weights, rows[k], 0);
        }
    }

    @Override
    public void gather(double[] pulls, double[] gradient) {
        Arrays.fill(gradient, 0);
        SumOfProducts.addAll(gradient, rows, pulls, count);
    }
}
