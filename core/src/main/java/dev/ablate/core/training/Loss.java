package dev.ablate.core.training;

/**
 * How the answers {@code p} to a batch of {@code n} rows, beside the targets {@code t}, are added up to what descent makes small.
 *
 * <p>Of several classes a row has an answer for each, and {@code t} is the number of its class, from 0.
 */
public enum Loss {

    /** {@code sum of (p - t)^2 / 2}, of Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail". */
    HALF_SSE,

    /** {@code sum of (p - t)^2}, of Real Python, "Python AI: how to build a neural network and make predictions". */
    SSE,

    /** {@code sum of (p - t)^2 / n}: the mean over the rows of the batch, as in Deeplearning4j. */
    MSE,

    /**
     * {@code sum of -log(p of the row's class) / n}: the mean over the rows of the batch.
     *
     * <p>Of two classes {@code p} is the answer for class 1, and {@code 1 - p} that for class 0. With {@link Activation#SIGMOID} for
     * two classes and {@link Activation#SOFTMAX} for more its slope by the weighted sum is {@code (p - t) / n}, where {@code t} is 1 of
     * the row's class and 0 of the others.
     */
    CROSS_ENTROPY;

    /**
     * The loss of a batch.
     *
     * @param answers row-major, {@code [n * k]}, {@code k} numbers a row; of the sums of squares 1
     * @param targets {@code [n]}, at least one; of cross-entropy the numbers of classes, from 0
     * @return infinite where cross-entropy meets an answer of 0 for a row's class
     */
    public double of(double[] answers, double[] targets) {
        return switch (this) {
            case HALF_SSE -> squares(answers, targets) / 2;
            case SSE -> squares(answers, targets);
            case MSE -> squares(answers, targets) / targets.length;
            case CROSS_ENTROPY -> logs(answers, targets) / targets.length;
        };
    }

    private static double squares(double[] answers, double[] targets) {
        if (answers.length != targets.length) {
            throw new IllegalArgumentException(answers.length + " answers to " + targets.length + " targets");
        }
        double sum = 0;
        for (int row = 0; row < targets.length; row++) {
            double error = answers[row] - targets[row];
            sum += error * error;
        }
        return sum;
    }

    private static double logs(double[] answers, double[] targets) {
        int classes = answers.length / targets.length;
        double sum = 0;
        for (int row = 0; row < targets.length; row++) {
            int target = (int) targets[row];
            double share =
                    classes > 1 ? answers[row * classes + target] : target == 1 ? answers[row] : 1 - answers[row];
            // the strict one has the same bits on every machine
            sum -= StrictMath.log(share);
        }
        return sum;
    }

    /**
     * The derivative of a batch's loss by the answer to one of its {@code rows} rows; if {@link #isBySum()}, by the weighted sum.
     *
     * @param error {@code p - t}
     */
    public double slope(double error, int rows) {
        return factor(rows) * error;
    }

    /** What an error is multiplied by to give the {@link #slope}, of a batch of {@code rows} rows. */
    public double factor(int rows) {
        return switch (this) {
            case HALF_SSE -> 1;
            case SSE -> 2;
            case MSE -> 2.0 / rows;
            case CROSS_ENTROPY -> 1.0 / rows;
        };
    }

    /**
     * Whether {@link #slope} is the derivative by the weighted sum, in which that of the activation is already.
     *
     * <p>A slope by the answer would be infinite where {@code p} is 0 and the activation's 0 there, although their product is an
     * ordinary number.
     */
    public boolean isBySum() {
        return this == CROSS_ENTROPY;
    }

    /** Whether it is a loss of what a last layer of this activation answers, and can be descended. */
    public boolean fits(Activation last) {
        return switch (last) {
            case IDENTITY, TANH, RELU -> this != CROSS_ENTROPY;
            case SIGMOID -> true;
            case SOFTMAX -> this == CROSS_ENTROPY;
            case STEP -> false;
        };
    }
}
