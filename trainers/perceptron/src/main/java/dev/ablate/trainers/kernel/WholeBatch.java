package dev.ablate.trainers.kernel;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.Batches;

/** All rows at once, in their order, cut into tiles before the first update. */
final class WholeBatch implements BatchGradient {

    private final Formula formula;
    private final Tile[] tiles;

    /** Of each tile: one a weight, then that of the bias, {@code [tiles]} of {@code [d + 1]}. */
    private final double[][] gradients;

    /** One a thread. */
    private final Worked[] worked;

    private final Team team;
    private final Team.Task task = this::work;

    // what the tiles are worked through with, in this update

    private double[] weights = {};
    private double bias;
    private double errorFactor;
    private Reader reader = Reader.NOBODY;

    WholeBatch(Formula formula, Examples examples, int threads) {
        this.formula = formula;
        this.tiles = Tile.of(examples);
        this.gradients = new double[tiles.length][examples.width() + 1];
        this.team = new Team(Math.min(threads, tiles.length));
        this.worked = new Worked[team.size()];
        for (int thread = 0; thread < worked.length; thread++) {
            worked[thread] = new Worked(tiles[0].rows());
        }
    }

    @Override
    public void of(Batches batch, double[] weights, double bias, double[] gradient, Reader reader) {
        this.weights = weights;
        this.bias = bias;
        this.errorFactor = formula.loss().factor(batch.size());
        this.reader = reader;
        team.run(tiles.length, task);
        System.arraycopy(gradients[0], 0, gradient, 0, gradient.length);
        for (int tile = 1; tile < tiles.length; tile++) {
            BatchOfRows.add(gradient, gradients[tile]);
        }
    }

    private void work(int index, int thread) {
        Tile tile = tiles[index];
        Worked numbers = worked[thread];
        tile.weigh(weights, bias, numbers.sums());
        numbers.work(formula, tile.targets(), tile.rows(), errorFactor);
        reader.read(numbers, index * TILE, tile.rows());
        tile.gather(numbers.pulls(), gradients[index]);
        gradients[index][weights.length] = numbers.sumOfPulls(tile.rows());
    }

    @Override
    public void close() {
        team.close();
    }
}
