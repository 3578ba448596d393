package dev.ablate.core.training;

/** How the errors {@code p - t} (prediction minus target) of a batch of {@code n} rows are added up to what descent makes small. */
public enum Loss {

    /** {@code sum of (p - t)^2 / 2}, of Shukla and Iriondo, "Neural networks from scratch with Python code and math in detail". */
    HALF_SSE,

    /** {@code sum of (p - t)^2}, of Real Python, "Python AI: how to build a neural network and make predictions". */
    SSE,

    /** {@code sum of (p - t)^2 / n}: the mean over the rows of the batch, as in Deeplearning4j. */
    MSE;

    /** The loss of a batch's errors, {@code [n]}. */
    public double of(double[] errors) {
        double sum = 0;
        for (double error : errors) {
            sum += error * error;
        }
        return switch (this) {
            case HALF_SSE -> sum / 2;
            case SSE -> sum;
            case MSE -> sum / errors.length;
        };
    }

    /** The derivative of a batch's loss by the prediction of one of its {@code rows} rows, whose error is given. */
    public double slope(double error, int rows) {
        return factor(rows) * error;
    }

    /** What an error is multiplied by to give the {@link #slope}, of a batch of {@code rows} rows. */
    public double factor(int rows) {
        return switch (this) {
            case HALF_SSE -> 1;
            case SSE -> 2;
            case MSE -> 2.0 / rows;
        };
    }
}
