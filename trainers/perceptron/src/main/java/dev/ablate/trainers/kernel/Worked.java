package dev.ablate.trainers.kernel;

/**
 * The numbers of up to 512 rows on their way from weighted sums to their pull on the weights, one a row; made once, so that rows
 * allocate nothing.
 */
public final class Worked {

    private final double[] sums;
    private final double[] answers;
    private final double[] errorSlopes;
    private final double[] answerSlopes;
    private final double[] pulls;

    /** Room for so many rows. */
    Worked(int rows) {
        this.sums = new double[rows];
        this.answers = new double[rows];
        this.errorSlopes = new double[rows];
        this.answerSlopes = new double[rows];
        this.pulls = new double[rows];
    }

    /** The weighted sum {@code z} of a row. */
    public double sum(int row) {
        return sums[row];
    }

    /** The answer {@code o} to it. */
    public double answer(int row) {
        return answers[row];
    }

    /** {@code dE/do}, how the loss rises with the answer; of a loss whose slope is by the weighted sum {@code dE/dz}. */
    public double errorSlope(int row) {
        return errorSlopes[row];
    }

    /** {@code do/dz}, how the answer rises with the weighted sum; 1 of such a loss. */
    public double answerSlope(int row) {
        return answerSlopes[row];
    }

    /** Where the weighted sums are put before {@link #work}. */
    double[] sums() {
        return sums;
    }

    /** {@code dE/dz}, the product of both slopes. */
    double[] pulls() {
        return pulls;
    }

    /**
     * Works through the first rows, whose weighted sums are there.
     *
     * @param errorFactor what an error is multiplied by to give the slope of the loss
     */
    void work(Formula formula, double[] targets, int count, double errorFactor) {
        formula.activation().of(sums, answers, count);
        slopes(answers, targets, errorFactor, errorSlopes, count);
        formula.slopes(sums, answers, answerSlopes, count);
        multiply(errorSlopes, answerSlopes, pulls, count);
    }

    /**
     * Works through one row, which is the first, as the others are.
     *
     * @return its pull
     */
    double work(Formula formula, double sum, double target, double errorFactor) {
        double answer = formula.activation().of(sum);
        sums[0] = sum;
        answers[0] = answer;
        return pull(formula, 0, sum, answer, target, errorFactor);
    }

    /** The first half of the work on a row, from its weighted sum. */
    void answer(Formula formula, int row, double sum) {
        sums[row] = sum;
        answers[row] = formula.activation().of(sum);
    }

    /** The second half of it. */
    void pull(Formula formula, int row, double target, double errorFactor) {
        pull(formula, row, sums[row], answers[row], target, errorFactor);
    }

    private double pull(Formula formula, int row, double sum, double answer, double target, double errorFactor) {
        double errorSlope = errorFactor * (answer - target);
        double answerSlope = formula.slope(sum, answer);
        double pull = errorSlope * answerSlope;
        errorSlopes[row] = errorSlope;
        answerSlopes[row] = answerSlope;
        pulls[row] = pull;
        return pull;
    }

    /** The sum of the pulls, which is the gradient of the bias: a weight whose input is always 1. */
    double sumOfPulls(int count) {
        return sum(pulls, count);
    }

    /** The sum of the first numbers, in the order of {@link dev.ablate.core.data.SumOfProducts}. */
    static double sum(double[] pulls, int count) {
        double sum = 0;
        int fours = count & ~3;
        for (int i = 0; i < fours; i += 4) {
            sum += pulls[i] + pulls[i + 1] + pulls[i + 2] + pulls[i + 3];
        }
        for (int i = fours; i < count; i++) {
            sum += pulls[i];
        }
        return sum;
    }

    private static void slopes(double[] answers, double[] targets, double factor, double[] slopes, int count) {
        for (int i = 0; i < count; i++) {
            slopes[i] = factor * (answers[i] - targets[i]);
        }
    }

    private static void multiply(double[] some, double[] others, double[] products, int count) {
        for (int i = 0; i < count; i++) {
            products[i] = some[i] * others[i];
        }
    }
}
