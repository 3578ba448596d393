package dev.ablate.core.metric;

import java.util.Arrays;

/** The one answer that a model gives to every row if it has learned nothing from the features. */
public enum TrivialAnswer {

    /** The arithmetic mean of the training targets: no constant has a smaller sum of squared errors. */
    MEAN,

    /** The median of the training targets, of an even number the middle of the two: no constant has a smaller sum of absolute errors. */
    MEDIAN,

    /** The class that most training targets are, of equally common ones the first: no constant is right more often. */
    COMMONEST_CLASS;

    /**
     * The answer.
     *
     * @param targets of the training part in raw units, {@code [n]}, at least one; they stay as they are
     */
    public double of(double[] targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("no targets");
        }
        return switch (this) {
            case MEAN -> mean(targets);
            case MEDIAN -> {
                double[] sorted = sorted(targets);
                double low = sorted[(sorted.length - 1) / 2];
                // half of each, since a sum of huge ones overflows
                yield low == sorted[sorted.length / 2] ? low : low / 2 + sorted[sorted.length / 2] / 2;
            }
            case COMMONEST_CLASS -> commonest(sorted(targets));
        };
    }

    /**
     * All numbers of the answer.
     *
     * <p>Of several classes it is the share of each for {@link #MEAN}, else 1 for the commonest and 0 for the others.
     *
     * @param targets see {@link #of(double[])}; of several outputs the numbers of classes, from 0
     * @param outputs how many numbers answer a row: 1, or one a class
     * @return {@code [outputs]}
     */
    public double[] of(double[] targets, int outputs) {
        if (outputs == 1) {
            return new double[] {of(targets)};
        }
        double[] answer = new double[outputs];
        if (this == MEAN) {
            for (double target : targets) {
                answer[(int) target]++;
            }
            for (int k = 0; k < outputs; k++) {
                answer[k] /= targets.length;
            }
        } else {
            answer[(int) COMMONEST_CLASS.of(targets)] = 1;
        }
        return answer;
    }

    private static double[] sorted(double[] targets) {
        double[] sorted = targets.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double mean(double[] targets) {
        double sum = 0;
        for (double target : targets) {
            sum += target - targets[0];
        }
        return targets[0] + sum / targets.length;
    }

    private static double commonest(double[] sorted) {
        double commonest = sorted[0];
        int most = 0;
        int same = 0;
        for (int i = 0; i < sorted.length; i++) {
            same = i > 0 && sorted[i] == sorted[i - 1] ? same + 1 : 1;
            if (same > most) {
                most = same;
                commonest = sorted[i];
            }
        }
        return commonest;
    }
}
