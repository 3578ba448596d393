package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import dev.ablate.core.training.Batches;
import java.util.Arrays;

/** Some of the rows, in any order: copied first, then worked through as the rows of a tile are. */
final class BatchOfRows implements BatchGradient {

    private final Formula formula;
    private final Examples examples;

    /** The copied rows, {@code [rows]} of {@code [d]}. */
    private final double[][] rows;

    private final double[] targets;
    private final Worked worked;

    /** Of a tile after the first, {@code [d]}. */
    private final double[] further;

    /**
     * @param most how many rows a batch may have
     */
    BatchOfRows(Formula formula, Examples examples, int most) {
        this.formula = formula;
        this.examples = examples;
        int room = Math.min(most, TILE);
        this.rows = new double[room][examples.width()];
        this.targets = new double[room];
        this.worked = new Worked(room);
        this.further = new double[examples.width() + 1];
    }

    @Override
    public void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader) {
        double errorFactor = formula.loss().factor(batch.size());
        for (int from = 0; from < batch.size(); from += TILE) {
            int count = Math.min(TILE, batch.size() - from);
            copy(batch, from, count);
            for (int k = 0; k < count; k++) {
                worked.sums()[k] = SumOfProducts.of(bias, weights, rows[k], 0);
            }
            worked.work(formula, targets, count, errorFactor);
            reader.read(worked, from, count);
            if (from == 0) {
                gather(count, gradient);
            } else {
                gather(count, further);
                add(gradient, further);
            }
        }
    }

    private void copy(Batches batch, int from, int count) {
        for (int k = 0; k < count; k++) {
            int row = batch.row(from + k);
            examples.rows().copyRow(row, rows[k]);
            targets[k] = examples.target(row);
        }
    }

    private void gather(int count, double[] gradient) {
        Arrays.fill(gradient, 0);
        SumOfProducts.addAll(gradient, rows, worked.pulls(), count);
        gradient[gradient.length - 1] = worked.sumOfPulls(count);
    }

    /** Adds the gradient of one more tile. */
    static void add(double[] gradient, double[] further) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += further[i];
        }
    }

    @Override
    public void close() {}
}
