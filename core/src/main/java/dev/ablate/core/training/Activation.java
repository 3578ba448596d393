package dev.ablate.core.training;

import java.util.Arrays;

/**
 * What a neuron does to its weighted sum {@code z}.
 *
 * <p>Answers and slopes are the same to the bit on every machine, and of one sum as of many. All but {@link #SOFTMAX} answer each sum
 * by itself; whoever answers a row of units, of whatever activation, asks {@link #ofRow}.
 */
public enum Activation {

    /** {@code z}: the weighted sum itself. */
    IDENTITY(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY) {
        @Override
        public double of(double z) {
            return z;
        }

        @Override
        public double slope(double z, double answer) {
            return 1;
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            System.arraycopy(sums, 0, answers, 0, count);
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            Arrays.fill(slopes, 0, count, 1);
        }
    },

    /** {@code 1 / (1 + exp(-z))}, between 0 and 1. */
    SIGMOID(0, 1) {
        @Override
        public double of(double z) {
            return Exponential.sigmoid(z);
        }

        @Override
        public double slope(double z, double answer) {
            return answer * (1 - answer);
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            Exponential.sigmoids(sums, answers, count);
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            for (int i = 0; i < count; i++) {
                slopes[i] = answers[i] * (1 - answers[i]);
            }
        }
    },

    /** {@code tanh(z)}, between -1 and 1. */
    TANH(-1, 1) {
        @Override
        public double of(double z) {
            return Exponential.tanh(z);
        }

        @Override
        public double slope(double z, double answer) {
            return 1 - answer * answer;
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            Exponential.tanhs(sums, answers, count);
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            for (int i = 0; i < count; i++) {
                slopes[i] = 1 - answers[i] * answers[i];
            }
        }
    },

    /** {@code max(0, z)}; its slope at 0 is 0. */
    RELU(0, Double.POSITIVE_INFINITY) {
        @Override
        public double of(double z) {
            // of NaN it is NaN, which is reported, and not 0
            return Math.max(0, z);
        }

        @Override
        public double slope(double z, double answer) {
            return z > 0 ? 1 : 0;
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            for (int i = 0; i < count; i++) {
                answers[i] = Math.max(0, sums[i]);
            }
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            for (int i = 0; i < count; i++) {
                slopes[i] = sums[i] > 0 ? 1 : 0;
            }
        }
    },

    /** 1 above {@code z = 0} and 0 below: Rosenblatt's neuron. It has no slope to descend; at 0 exactly, {@link Decision#tie()} says. */
    STEP(0, 1) {
        @Override
        public double of(double z) {
            return z > 0 ? 1 : 0;
        }

        @Override
        public double slope(double z, double answer) {
            throw new UnsupportedOperationException("a step has no slope; it learns by Rosenblatt's rule");
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            for (int i = 0; i < count; i++) {
                answers[i] = sums[i] > 0 ? 1 : 0;
            }
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            slope(0, 0);
        }
    },

    /**
     * {@code exp(z) / sum of exp(z) over the units of a row}: the share of each class, between 0 and 1 and together 1.
     *
     * <p>It answers whole rows alone ({@link #ofRow}), as the last layer. What it does is in the slope of
     * {@link Loss#CROSS_ENTROPY}, so that it has none of its own.
     */
    SOFTMAX(0, 1) {
        @Override
        public double of(double z) {
            throw new UnsupportedOperationException("softmax answers all units of a row together");
        }

        @Override
        public double slope(double z, double answer) {
            throw new UnsupportedOperationException("the slope of softmax is in that of cross-entropy");
        }

        @Override
        public void of(double[] sums, double[] answers, int count) {
            of(0);
        }

        @Override
        public void ofRow(double[] sums, double[] answers, int units) {
            Exponential.softmax(sums, answers, units);
        }

        @Override
        public void slopes(double[] sums, double[] answers, double[] slopes, int count) {
            slope(0, 0);
        }
    };

    private final double least;
    private final double most;

    Activation(double least, double most) {
        this.least = least;
        this.most = most;
    }

    /** The lower limit of its answers, reached or only approached; minus infinity if there is none. */
    public double least() {
        return least;
    }

    /** The upper limit of its answers, reached or only approached; infinity if there is none. */
    public double most() {
        return most;
    }

    /**
     * The answer for a weighted sum. NaN gives NaN, but for {@link #STEP}.
     *
     * @throws UnsupportedOperationException of {@link #SOFTMAX}
     */
    public abstract double of(double z);

    /**
     * The derivative of the answer by the weighted sum.
     *
     * @param z the weighted sum
     * @param answer {@code of(z)}, from which some activations compute their slope more cheaply
     * @throws UnsupportedOperationException of {@link #STEP} and {@link #SOFTMAX}
     */
    public abstract double slope(double z, double answer);

    /**
     * The answers for many weighted sums, in a fraction of the time that each alone would take.
     *
     * @param sums the weighted sums
     * @param answers where the answers go: another array
     * @param count how many, from the first on
     * @throws UnsupportedOperationException of {@link #SOFTMAX}
     */
    public abstract void of(double[] sums, double[] answers, int count);

    /**
     * The answers of a row of units, which are all units of a layer.
     *
     * @param sums their weighted sums
     * @param answers where the answers go: another array
     * @param units how many, from the first on
     */
    public void ofRow(double[] sums, double[] answers, int units) {
        of(sums, answers, units);
    }

    /**
     * The derivatives at many weighted sums.
     *
     * @param sums the weighted sums
     * @param answers the answers for them
     * @param slopes where the derivatives go; may be one of the two others
     * @param count how many, from the first on
     * @throws UnsupportedOperationException of {@link #STEP} and {@link #SOFTMAX}
     */
    public abstract void slopes(double[] sums, double[] answers, double[] slopes, int count);
}
