package dev.ablate.worker.data;

import dev.ablate.worker.context.RunContext;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.SplitSettings.Fold;
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
 * @param validation indices from 0, rising; empty where there is no such part
 * @param test indices from 0, rising; empty where none are held back
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside one RunData, and is never compared
public record Split(int[] train, int[] validation, int[] test) {

    /** The stream that the test part, or folds, are drawn from. */
    private static final String STREAM = "split";

    /** The stream that the validation part is drawn from, so that with one the test part has the same rows as without. */
    private static final String VALIDATION = "validation";

    /** What a split that is drawn once for all seeds is drawn from. */
    private static final long EXPERIMENT = 0;

    private static final byte TRAIN_PART = 0;
    private static final byte VALIDATION_PART = 1;
    private static final byte TEST_PART = 2;

    /**
     * The split of a run, which depends on the number of rows, its settings and its seed alone, and on classes or groups if it says so.
     *
     * @throws IllegalArgumentException if there are fewer rows or groups than parts
     */
    public static Split of(RunContext run) {
        int rows = run.dataset().examples().size();
        if (run.split().isEmpty()) {
            return new Split(IntStream.range(0, rows).toArray(), new int[0], new int[0]);
        }
        SplitSettings settings = run.split().get();
        if (settings.group().isPresent()) {
            return drawn(rows, new WholeGroups(run.preparation().groups()), settings, run.seed());
        }
        if (settings.file().isPresent()) {
            return before(run.preparation().firstRows(), rows, drawing(run, settings), settings, run.seed());
        }
        return drawn(rows, drawing(run, settings), settings, run.seed());
    }

    private static Drawing drawing(RunContext run, SplitSettings settings) {
        return settings.stratify()
                ? new SharesOfClasses(run.dataset().examples().targets())
                : Drawing.ALIKE;
    }

    /** With all rows from one on as the test part. */
    private static Split before(int first, int rows, Drawing drawing, SplitSettings settings, long seed) {
        byte[] parts = new byte[rows];
        Arrays.fill(parts, first, rows, TEST_PART);
        return validated(parts, drawing, settings, streams(settings, seed));
    }

    private static Streams streams(SplitSettings settings, long seed) {
        return new Streams(settings.per() == Per.SEED ? seed : EXPERIMENT);
    }

    /** Of all rows alike. */
    static Split of(int rows, SplitSettings settings, long seed) {
        return drawn(rows, Drawing.ALIKE, settings, seed);
    }

    /** Of each class its share; {@code targets} are the classes, from 0. */
    static Split stratified(double[] targets, SplitSettings settings, long seed) {
        return drawn(targets.length, new SharesOfClasses(targets), settings, seed);
    }

    private static Split drawn(int rows, Drawing drawing, SplitSettings settings, long seed) {
        Streams streams = streams(settings, seed);
        byte[] parts = new byte[rows];
        int[] all = IntStream.range(0, rows).toArray();
        int further = settings.hasValidation() ? 2 : 1;
        if (settings.fold().isPresent()) {
            Fold fold = settings.fold().get();
            int[] folds = drawing.folds(rows, fold.of(), streams.stream(STREAM));
            Arrays.stream(all).filter(row -> folds[row] == fold.number() - 1).forEach(row -> parts[row] = TEST_PART);
        } else {
            mark(
                    parts,
                    taken(all, testRows(rows, settings.test()), further, drawing, settings, streams, STREAM),
                    TEST_PART);
        }
        return validated(parts, drawing, settings, streams);
    }

    /** With a validation part, if there is to be one, of the rows that nothing else has. */
    private static Split validated(byte[] parts, Drawing drawing, SplitSettings settings, Streams streams) {
        if (settings.hasValidation()) {
            int[] left = rowsOf(parts, TRAIN_PART);
            if (left.length < 2) {
                throw new IllegalArgumentException("a split with a validation part needs at least 3 rows, and of "
                        + parts.length + " the test part has " + (parts.length - left.length));
            }
            int held = Math.max(
                    1,
                    Math.min(
                            left.length - 1,
                            nearest(settings.file().isPresent() ? left.length : parts.length, settings.validation())));
            String stream = VALIDATION
                    + settings.fold().map(fold -> " " + fold.number()).orElse("");
            mark(parts, taken(left, held, 1, drawing, settings, streams, stream), VALIDATION_PART);
        }
        return new Split(rowsOf(parts, TRAIN_PART), rowsOf(parts, VALIDATION_PART), rowsOf(parts, TEST_PART));
    }

    /** So many of some rows. */
    private static int[] taken(
            int[] from,
            int count,
            int further,
            Drawing drawing,
            SplitSettings settings,
            Streams streams,
            String stream) {
        return settings.take() == Take.LAST
                ? Arrays.copyOfRange(from, from.length - count, from.length)
                : drawing.draw(from, count, further, streams.stream(stream));
    }

    private static void mark(byte[] parts, int[] rows, byte part) {
        for (int row : rows) {
            parts[row] = part;
        }
    }

    private static int[] rowsOf(byte[] parts, byte part) {
        return IntStream.range(0, parts.length)
                .filter(row -> parts[row] == part)
                .toArray();
    }

    /**
     * How many rows a test part has: the nearest number, and at least one in each of both parts.
     *
     * @throws IllegalArgumentException if there are fewer than 2 rows
     */
    public static int testRows(int rows, double share) {
        if (rows < 2) {
            throw new IllegalArgumentException("a split needs at least 2 rows, not " + rows);
        }
        return Math.max(1, Math.min(rows - 1, nearest(rows, share)));
    }

    /** The nearest number of rows, half up; of the share as it is written, since 0.145 of 100 rows are 14.499999 in doubles. */
    private static int nearest(int rows, double share) {
        return BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(rows))
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    /** Brings numbers into any order, each equally likely, or the first so many of them: the shuffle of Fisher and Yates. */
    static void shuffle(int[] numbers, int first, RandomGenerator random) {
        for (int k = 0; k < first; k++) {
            int chosen = random.nextInt(k, numbers.length);
            int number = numbers[chosen];
            numbers[chosen] = numbers[k];
            numbers[k] = number;
        }
    }
}
