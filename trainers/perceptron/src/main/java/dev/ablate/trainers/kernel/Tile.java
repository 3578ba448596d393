package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.SumOfProducts;
import java.util.Arrays;

/**
 * Up to 512 rows of examples, turned: each column is an array of its own, in which rows lie side by side.
 *
 * <p>So many fit into the second cache up to some 200 columns, and every column is longer than a page, which keeps columns from
 * getting into each other's way. The last tile is as short as its rows are few: four rows are a tile of four.
 */
final class Tile implements ClassGradient.Part {

    /** {@code [d]} of {@code [rows]}. */
    private final double[][] columns;

    /** {@code [rows]}. */
    private final double[] targets;

    private Tile(Examples examples, int from, int rows) {
        this.columns = new double[examples.width()][rows];
        for (int column = 0; column < columns.length; column++) {
            examples.rows().copyColumn(column, from, columns[column]);
        }
        this.targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = examples.target(from + row);
        }
    }

    /** All rows, in their order; shared by the runs that learn from them. */
    static Tile[] of(Examples examples) {
        return examples.derived(Tile[].class, Tile::turned);
    }

    private static Tile[] turned(Examples examples) {
        Tile[] tiles = new Tile[(examples.size() - 1) / BatchGradient.TILE + 1];
        for (int tile = 0; tile < tiles.length; tile++) {
            int from = tile * BatchGradient.TILE;
            tiles[tile] = new Tile(examples, from, Math.min(BatchGradient.TILE, examples.size() - from));
        }
        return tiles;
    }

    @Override
    public int rows() {
        return targets.length;
    }

    @Override
    public double[] targets() {
        return targets;
    }

    @Override
    public void weigh(double[] weights, double bias, double[] sums) {
        Arrays.fill(sums, 0, targets.length, bias);
        SumOfProducts.addAll(sums, columns, weights, columns.length);
    }

    /** {@code gradient[j] = sum over rows of pull * value in column j}; four columns at a time share the reading of the pulls. */
    @Override
    public void gather(double[] pulls, double[] gradient) {
        int fours = columns.length & ~3;
        for (int j = 0; j < fours; j += 4) {
            gatherFour(columns[j], columns[j + 1], columns[j + 2], columns[j + 3], pulls, gradient, j);
        }
        for (int j = fours; j < columns.length; j++) {
            gradient[j] = SumOfProducts.of(0, columns[j], pulls, 0);
        }
    }

    /** Four times {@link SumOfProducts#of}. */
    private static void gatherFour(
            double[] a, double[] b, double[] c, double[] d, double[] pulls, double[] gradient, int j) {
        double sumA = 0;
        double sumB = 0;
        double sumC = 0;
        double sumD = 0;
        int fours = a.length & ~3;
        for (int i = 0; i < fours; i += 4) {
            double p = pulls[i];
            double q = pulls[i + 1];
            double r = pulls[i + 2];
            double s = pulls[i + 3];
            sumA += Math.fma(s, a[i + 3], Math.fma(r, a[i + 2], Math.fma(q, a[i + 1], p * a[i])));
            sumB += Math.fma(s, b[i + 3], Math.fma(r, b[i + 2], Math.fma(q, b[i + 1], p * b[i])));
            sumC += Math.fma(s, c[i + 3], Math.fma(r, c[i + 2], Math.fma(q, c[i + 1], p * c[i])));
            sumD += Math.fma(s, d[i + 3], Math.fma(r, d[i + 2], Math.fma(q, d[i + 1], p * d[i])));
        }
        for (int i = fours; i < a.length; i++) {
            double p = pulls[i];
            sumA = Math.fma(p, a[i], sumA);
            sumB = Math.fma(p, b[i], sumB);
            sumC = Math.fma(p, c[i], sumC);
            sumD = Math.fma(p, d[i], sumD);
        }
        gradient[j] = sumA;
        gradient[j + 1] = sumB;
        gradient[j + 2] = sumC;
        gradient[j + 3] = sumD;
    }
}
