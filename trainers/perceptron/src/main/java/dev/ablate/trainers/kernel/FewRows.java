package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Batches;

/**
 * All rows at once where they are as few as those of a truth table: worked through as the rows of a tile are, but one by one. So few are
 * ready before a loop over many has begun; they go on beside each other where each loop waits but once for numbers of the loop before.
 */
final class FewRows implements BatchGradient {

    /** So many are one group of {@link SumOfProducts}. */
    static final int MOST = 4;

    private final Formula formula;
    private final double errorFactor;

    /** {@code [rows]} of {@code [d]}. */
    private final double[][] rows;

    /** The same, {@code [d]} of {@code [rows]}. */
    private final double[][] columns;

    private final double[] targets;
    private final Worked worked;

    FewRows(Formula formula, Examples examples) {
        this.formula = formula;
        this.errorFactor = formula.loss().factor(examples.size());
        this.rows = new double[examples.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = examples.row(row);
        }
        this.columns = new double[examples.width()][rows.length];
        for (int column = 0; column < columns.length; column++) {
            examples.rows().copyColumn(column, 0, columns[column]);
        }
        this.targets = examples.targets();
        this.worked = new Worked(rows.length);
    }

    @Override
    public void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader) {
        for (int row = 0; row < rows.length; row++) {
            worked.answer(formula, row, SumOfProducts.of(bias, weights, rows[row], 0));
        }
        for (int row = 0; row < rows.length; row++) {
            worked.pull(formula, row, targets[row], errorFactor);
        }
        reader.read(worked, 0, rows.length);
        for (int column = 0; column < columns.length; column++) {
            gradient[column] = SumOfProducts.of(0, columns[column], worked.pulls(), 0);
        }
        gradient[columns.length] = worked.sumOfPulls(rows.length);
    }

    @Override
    public void close() {}
}
