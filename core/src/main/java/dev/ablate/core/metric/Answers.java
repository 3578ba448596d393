package dev.ablate.core.metric;

import dev.ablate.core.training.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a model answers to the rows of one part of the data, beside the targets; in the target's raw unit.
 *
 * <p>A row's answer is one number for regression and for two classes, and one number a class for more. What most metrics are made
 * of is added up once for all of them: with the answers {@code p} and the targets {@code t} of {@code n} rows the sums over the
 * rows of {@code (p - t)^2}, {@code |p - t|} and {@code p - t}, and how many rows are right.
 *
 * <p>Nothing can be changed through it. The numbers are those of the arrays that it was made of, which are not copied.
 */
public final class Answers {

    private final double[] answers;
    private final double[] targets;
    private final Decision decision;
    private final int perRow;

    /** Sum of (t - mean t)^2; exactly 0 where all targets are equal, whatever the rounding of their mean. */
    private final double spread;

    private final double squares;
    private final double absolute;
    private final double signed;
    private final int right;

    /** What metrics have made of these answers, by its type. */
    private final Map<Class<?>, Object> derived = new HashMap<>();

    private Answers(double[] answers, double[] targets, Decision decision, double spread) {
        if (targets.length == 0 || answers.length == 0 || answers.length % targets.length != 0) {
            throw new IllegalArgumentException(answers.length + " answers to " + targets.length + " rows");
        }
        this.answers = answers;
        this.targets = targets;
        this.decision = decision;
        this.spread = spread;
        this.perRow = answers.length / targets.length;
        double sumOfSquares = 0;
        double sumOfAbsolute = 0;
        double sumOfSigned = 0;
        int rightRows = 0;
        if (perRow == 1) {
            for (int row = 0; row < targets.length; row++) {
                double error = answers[row] - targets[row];
                sumOfSquares += error * error;
                sumOfAbsolute += Math.abs(error);
                sumOfSigned += error;
                rightRows += decision.classOf(answers[row]) == targets[row] ? 1 : 0;
            }
        } else {
            for (int row = 0; row < targets.length; row++) {
                rightRows += greatest(row) == targets[row] ? 1 : 0;
            }
        }
        this.squares = sumOfSquares;
        this.absolute = sumOfAbsolute;
        this.signed = sumOfSigned;
        this.right = rightRows;
    }

    /**
     * Answers beside targets; the arrays are read, and not copied.
     *
     * @param answers row-major, {@code [n * k]}, {@code k} numbers a row: 1 for regression and for two classes
     * @param targets {@code [n]}, at least one: any numbers, or the numbers of classes from 0
     * @param decision how one number is turned into one of two classes
     * @throws IllegalArgumentException if there are no rows, or not equally many answers to each
     */
    public static Answers of(double[] answers, double[] targets, Decision decision) {
        return new Answers(answers, targets, decision, spread(targets));
    }

    /**
     * Other answers to the same rows; what is known of the targets is not computed again.
     *
     * @param others row-major, {@code [n * k]}; read, and not copied
     */
    public Answers with(double[] others) {
        return new Answers(others, targets, decision, spread);
    }

    private static double spread(double[] targets) {
        double sum = 0;
        boolean constant = true;
        for (double target : targets) {
            sum += target;
            constant &= target == targets[0];
        }
        if (constant) {
            return 0;
        }
        double mean = sum / targets.length;
        double spread = 0;
        for (double target : targets) {
            spread += (target - mean) * (target - mean);
        }
        return spread;
    }

    /** How many rows there are, {@code n}; at least 1. */
    public int rows() {
        return targets.length;
    }

    /** How many numbers answer a row, {@code k}; at least 1. */
    public int perRow() {
        return perRow;
    }

    /** The answer to a row (from 0), of one number a row. */
    public double answer(int row) {
        requireOneNumber();
        return answers[row];
    }

    /** The number of the answer to a row (from 0) that is for class {@code k} (from 0). */
    public double answer(int row, int k) {
        if (k < 0 || k >= perRow) {
            throw new IndexOutOfBoundsException("number " + k + " of " + perRow);
        }
        return answers[row * perRow + k];
    }

    /** The target of a row (from 0): any number, or a class's, from 0. */
    public double target(int row) {
        return targets[row];
    }

    /**
     * The class that the answer to a row (from 0) is decided to be: of one number as the decision says; of several the one with the
     * greatest number, of equal ones the first.
     */
    public int classOf(int row) {
        return perRow == 1 ? decision.classOf(answers[row]) : greatest(row);
    }

    private int greatest(int row) {
        int greatest = 0;
        for (int k = 1; k < perRow; k++) {
            if (answers[row * perRow + k] > answers[row * perRow + greatest]) {
                greatest = k;
            }
        }
        return greatest;
    }

    /** How one number is turned into one of two classes. */
    public Decision decision() {
        return decision;
    }

    /** {@code sum of (p - t)^2}, of one number a row. */
    public double squares() {
        requireOneNumber();
        return squares;
    }

    /** {@code sum of |p - t|}, of one number a row. */
    public double absolute() {
        requireOneNumber();
        return absolute;
    }

    /** {@code sum of (p - t)}, of one number a row. */
    public double signed() {
        requireOneNumber();
        return signed;
    }

    /** How many rows are decided to be the class that is their target; 0 to {@code n}. */
    public int right() {
        return right;
    }

    /** {@code sum of (t - mean t)^2} of the targets; exactly 0 where all are equal. */
    public double spread() {
        return spread;
    }

    /**
     * What several metrics need of the answers, such as counts of all rows by class: made for the first of them, and kept for the others.
     * One thread at a time.
     *
     * @param form its type, which nothing else that is made of answers has
     * @param make makes it; a pure function
     */
    public <T> T derived(Class<T> form, Function<Answers, T> make) {
        return form.cast(derived.computeIfAbsent(form, none -> make.apply(this)));
    }

    private void requireOneNumber() {
        if (perRow != 1) {
            throw new IllegalStateException("answers of " + perRow + " numbers a row have no error");
        }
    }
}
