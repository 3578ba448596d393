package dev.ablate.worker.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws whole groups of rows, in random order.
 *
 * @param groups the group of each row of the data, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WholeGroups(int[] groups) implements Drawing {

    /** Takes groups until the next one would bring the number of rows no nearer to what is wanted. */
    @Override
    public int[] draw(int[] from, int count, int further, RandomGenerator random) {
        int[] sizes = sizes(from);
        int[] order = shuffled(from, random);
        if (order.length <= further) {
            throw new IllegalArgumentException(
                    order.length + " groups of rows cannot be in " + (further + 1) + " parts");
        }
        boolean[] taken = new boolean[sizes.length];
        int rows = 0;
        for (int k = 0; k < order.length - further; k++) {
            int with = rows + sizes[order[k]];
            if (k > 0 && Math.abs(with - count) >= Math.abs(rows - count)) {
                break;
            }
            taken[order[k]] = true;
            rows = with;
        }
        return Arrays.stream(from).filter(row -> taken[groups[row]]).toArray();
    }

    /** Each group goes to the fold that has the fewest rows by then; of several to the first. */
    @Override
    public int[] folds(int rows, int count, RandomGenerator random) {
        int[] all = IntStream.range(0, rows).toArray();
        int[] sizes = sizes(all);
        int[] order = shuffled(all, random);
        if (order.length < count) {
            throw new IllegalArgumentException(order.length + " groups of rows cannot be in " + count + " folds");
        }
        int[] filled = new int[count];
        int[] foldOf = new int[sizes.length];
        for (int group : order) {
            int fewest = 0;
            for (int fold = 1; fold < count; fold++) {
                fewest = filled[fold] < filled[fewest] ? fold : fewest;
            }
            foldOf[group] = fewest;
            filled[fewest] += sizes[group];
        }
        return Arrays.stream(groups).map(group -> foldOf[group]).toArray();
    }

    /** How many of some rows each group has. */
    private int[] sizes(int[] from) {
        int[] sizes = new int[Arrays.stream(groups).max().orElse(-1) + 1];
        Arrays.stream(from).forEach(row -> sizes[groups[row]]++);
        return sizes;
    }

    private int[] shuffled(int[] from, RandomGenerator random) {
        int[] order =
                Arrays.stream(from).map(row -> groups[row]).distinct().sorted().toArray();
        Split.shuffle(order, order.length, random);
        return order;
    }
}
