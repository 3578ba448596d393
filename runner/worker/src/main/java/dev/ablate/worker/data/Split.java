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

    /** The split of a run, which depends on the number of rows, its settings and its seed alone. */
    public static Split of(RunContext run) {
        int rows = run.dataset().examples().size();
        return run.split()
                .map(settings -> of(rows, settings, run.seed()))
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
            draw(test, held, new Streams(settings.per() == Per.SEED ? seed : EXPERIMENT).stream(STREAM));
        }
        return new Split(
                IntStream.range(0, rows).filter(row -> !test[row]).toArray(),
                IntStream.range(0, rows).filter(row -> test[row]).toArray());
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

    /** Marks so many, each choice of them equally likely: the first part of a shuffle of Fisher and Yates. */
    private static void draw(boolean[] marks, int count, RandomGenerator random) {
        int[] order = IntStream.range(0, marks.length).toArray();
        for (int k = 0; k < count; k++) {
            int chosen = random.nextInt(k, order.length);
            marks[order[chosen]] = true;
            order[chosen] = order[k];
        }
    }
}
