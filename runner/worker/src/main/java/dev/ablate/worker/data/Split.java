package dev.ablate.worker.data;

import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Per;
import dev.ablate.worker.spec.SplitSettings.Take;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which rows are trained on and which are held back.
 *
 * @param train indices from 0, rising
 * @param test indices from 0, rising; empty where none are held back
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside one RunData, and is never compared
public record Split(int[] train, int[] test) {

    /** The stream that rows are drawn from. */
    private static final String STREAM = "split";

    /** What a split that is drawn once for all seeds is drawn from. */
    private static final long EXPERIMENT = 0;

    /** The split of a run, which depends on the number of rows, its settings and its seed alone, and on the classes if it says so. */
    public static Split of(RunContext run) {
        int rows = run.dataset().examples().size();
        return run.split()
                .map(settings -> settings.stratify()
                        ? stratified(run.dataset().examples().targets(), settings, run.seed())
                        : of(rows, settings, run.seed()))
                .orElseGet(() -> new Split(IntStream.range(0, rows).toArray(), new int[0]));
    }

    /**
     * @throws IllegalArgumentException if there are fewer than 2 rows
     */
    static Split of(int rows, SplitSettings settings, long seed) {
        int held = testRows(rows, settings.test());
        boolean[] test = new boolean[rows];
        if (settings.take() == Take.LAST) {
            Arrays.fill(test, rows - held, rows, true);
        } else {
            int[] all = IntStream.range(0, rows).toArray();
            draw(test, all, held, random(settings, seed));
        }
        return marked(test);
    }

    /**
     * Of each class its share, from the first class to the last; of rows that are left over by rounding the classes that are farthest
     * below it get one more. A class keeps a row to be learned from.
     *
     * @param targets the class of each row, from 0
     * @throws IllegalArgumentException if there are fewer than 2 rows
     */
    static Split stratified(double[] targets, SplitSettings settings, long seed) {
        int rows = targets.length;
        int held = testRows(rows, settings.test());
        double[] classes = Arrays.stream(targets).distinct().sorted().toArray();
        int[][] ofClass = new int[classes.length][];
        int[] counts = new int[classes.length];
        double[] below = new double[classes.length];
        int given = 0;
        for (int k = 0; k < classes.length; k++) {
            double label = classes[k];
            ofClass[k] = IntStream.range(0, rows)
                    .filter(row -> targets[row] == label)
                    .toArray();
            // exact, so that no rounding decides which class gets one more
            long share = (long) held * ofClass[k].length;
            counts[k] = Math.min((int) (share / rows), ofClass[k].length - 1);
            below[k] = (double) share / rows - counts[k];
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
            // one row a class, and a test part has to have one
            counts[0] = 1;
        }
        boolean[] test = new boolean[rows];
        RandomGenerator random = random(settings, seed);
        for (int k = 0; k < classes.length; k++) {
            draw(test, ofClass[k], counts[k], random);
        }
        return marked(test);
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

    private static RandomGenerator random(SplitSettings settings, long seed) {
        return new Streams(settings.per() == Per.SEED ? seed : EXPERIMENT).stream(STREAM);
    }

    private static Split marked(boolean[] test) {
        return new Split(
                IntStream.range(0, test.length).filter(row -> !test[row]).toArray(),
                IntStream.range(0, test.length).filter(row -> test[row]).toArray());
    }

    /** The nearest number of rows, half up; of the share as it is written, since 0.145 of 100 rows are 14.499999 in doubles. */
    static int testRows(int rows, double share) {
        if (rows < 2) {
            throw new IllegalArgumentException("a split needs at least 2 rows, not " + rows);
        }
        int nearest = BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(rows))
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        return Math.max(1, Math.min(rows - 1, nearest));
    }

    /** Marks so many of some rows, each choice of them equally likely: the first part of a shuffle of Fisher and Yates. */
    private static void draw(boolean[] marks, int[] rows, int count, RandomGenerator random) {
        int[] order = rows.clone();
        for (int k = 0; k < count; k++) {
            int chosen = random.nextInt(k, order.length);
            marks[order[chosen]] = true;
            order[chosen] = order[k];
        }
    }
}
