package dev.ablate.worker.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws of each class its share.
 *
 * @param targets the class of each row of the data, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SharesOfClasses(double[] targets) implements Drawing {

    /** Of rows that are left over by rounding the classes that are farthest below their share get one more. A class keeps a row. */
    @Override
    public int[] draw(int[] from, int held, int further, RandomGenerator random) {
        int[][] ofClass = byClass(from);
        int[] counts = new int[ofClass.length];
        double[] below = new double[ofClass.length];
        int given = 0;
        for (int k = 0; k < ofClass.length; k++) {
            // exact, so that no rounding decides which class gets one more
            long share = (long) held * ofClass[k].length;
            counts[k] = Math.min((int) (share / from.length), ofClass[k].length - 1);
            below[k] = (double) share / from.length - counts[k];
            given += counts[k];
        }
        while (given < held) {
            int most = farthestBelow(below, counts, ofClass);
            if (most < 0) {
                break;
            }
            counts[most]++;
            below[most]--;
            given++;
        }
        if (given == 0) {
            // one row a class, and a part has to have one
            counts[0] = 1;
        }
        int[] drawn = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int k = 0; k < ofClass.length; k++) {
            Split.shuffle(ofClass[k], counts[k], random);
            System.arraycopy(ofClass[k], 0, drawn, at, counts[k]);
            at += counts[k];
        }
        return drawn;
    }

    /** Deals the rows of each class out in turn, going on where the class before ended. */
    @Override
    public int[] folds(int rows, int count, RandomGenerator random) {
        int[] folds = new int[rows];
        int next = 0;
        for (int[] ofClass : byClass(IntStream.range(0, rows).toArray())) {
            Split.shuffle(ofClass, ofClass.length, random);
            for (int row : ofClass) {
                folds[row] = next++ % count;
            }
        }
        return folds;
    }

    /** Some rows, by class from the first to the last. */
    private int[][] byClass(int[] from) {
        return Arrays.stream(from)
                .mapToDouble(row -> targets[row])
                .distinct()
                .sorted()
                .mapToObj(label ->
                        Arrays.stream(from).filter(row -> targets[row] == label).toArray())
                .toArray(int[][]::new);
    }

    /** The class that is farthest below its share and has more to give; of those as far the first, and -1 if there is none. */
    private static int farthestBelow(double[] below, int[] counts, int[][] ofClass) {
        int most = -1;
        for (int k = 0; k < below.length; k++) {
            if (counts[k] < ofClass[k].length - 1 && (most < 0 || below[k] > below[most])) {
                most = k;
            }
        }
        return most;
    }
}
