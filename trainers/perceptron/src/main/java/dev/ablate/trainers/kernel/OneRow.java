package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Batches;

/**
 * One row at a time, as a batch of many is worked through but without loops over it: a row has to wait for the weights that the one
 * before leaves, so it counts how soon it is done.
 */
final class OneRow implements BatchGradient {

    private final Formula formula;
    private final RowsAhead rows;
    private final double errorFactor;
    private final Worked worked = new Worked(1);

    OneRow(Formula formula, Examples examples) {
        this.formula = formula;
        this.rows = new RowsAhead(examples);
        this.errorFactor = formula.loss().factor(1);
    }

    @Override
    public void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader) {
        int place = rows.place(batch);
        double pull = pull(place, weights, bias, reader);
        multiply(rows.values(place), pull, gradient);
        gradient[weights.length] = 0.0 + pull;
    }

    @Override
    public void descend(Batches batch, double[] weights, double bias, double rate, double[] gradient, Reader reader) {
        int place = rows.place(batch);
        double pull = pull(place, weights, bias, reader);
        descend(rows.values(place), pull, gradient, weights, rate);
        gradient[weights.length] = 0.0 + pull;
    }

    private double pull(int place, double[] weights, double bias, Reader reader) {
        double sum = SumOfProducts.of(bias, weights, rows.values(place), 0);
        double pull = worked.work(formula, sum, rows.target(place), errorFactor);
        reader.read(worked, 0, 1);
        return pull;
    }

    /** For each weight a sum of one product, and a sum is never -0. */
    private static void multiply(double[] row, double pull, double[] gradient) {
        for (int i = 0; i < row.length; i++) {
            gradient[i] = Math.fma(pull, row[i], 0.0);
        }
    }

    /** The same, and the step down in the same loop, as the next row waits for its end. */
    private static void descend(double[] row, double pull, double[] gradient, double[] weights, double rate) {
        for (int i = 0; i < row.length; i++) {
            double slope = Math.fma(pull, row[i], 0.0);
            gradient[i] = slope;
            weights[i] -= rate * slope;
        }
    }

    @Override
    public void close() {}
}
