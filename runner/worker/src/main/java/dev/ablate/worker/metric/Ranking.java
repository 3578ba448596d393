package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import java.util.Arrays;
import java.util.OptionalDouble;

/** The rows of one class and all others, each sorted by the number that their answers give to that class. */
final class Ranking {

    private final double[] own;
    private final double[] others;

    private Ranking(double[] own, double[] others) {
        this.own = own;
        this.others = others;
    }

    /** Of class {@code k}; of two classes and one number a row it is the second. */
    static Ranking of(Answers answers, int k) {
        boolean one = answers.perRow() == 1;
        int label = one ? 1 : k;
        int rows = answers.rows();
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += answers.target(row) == label ? 1 : 0;
        }
        double[] own = new double[count];
        double[] others = new double[rows - count];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            double number = one ? answers.answer(row) : answers.answer(row, k);
            if (answers.target(row) == label) {
                own[at++] = number;
            } else {
                others[row - at] = number;
            }
        }
        Arrays.sort(own);
        Arrays.sort(others);
        return new Ranking(own, others);
    }

    /**
     * The share of the pairs of a row of the class and another row in which the former has the greater number; equal ones count half.
     * Empty where there is no such pair.
     */
    OptionalDouble aboveOthers() {
        if (own.length == 0 || others.length == 0) {
            return OptionalDouble.empty();
        }
        long halves = 0;
        int below = 0;
        int upTo = 0;
        for (double score : own) {
            while (below < others.length && others[below] < score) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < others.length && others[upTo] == score) {
                upTo++;
            }
            halves += (long) below + upTo;
        }
        return OptionalDouble.of(halves / 2.0 / own.length / others.length);
    }

    /**
     * The sum over the different numbers, from the greatest, of the share of the class's rows that have it, times the precision of all
     * that are as great. Empty where no row is of the class.
     */
    OptionalDouble averagePrecision() {
        if (own.length == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        int first = own.length;
        int firstOther = others.length;
        while (first > 0) {
            int last = first;
            double score = own[first - 1];
            while (first > 0 && own[first - 1] == score) {
                first--;
            }
            while (firstOther > 0 && others[firstOther - 1] >= score) {
                firstOther--;
            }
            int great = own.length - first;
            sum += (last - first) * ((double) great / (great + others.length - firstOther));
        }
        return OptionalDouble.of(sum / own.length);
    }
}
