package dev.ablate.core.training;

/** What a neuron does to its weighted sum {@code z}. */
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
    },

    /** {@code 1 / (1 + exp(-z))}, between 0 and 1. */
    SIGMOID(0, 1) {
        @Override
        public double of(double z) {
            return 1 / (1 + StrictMath.exp(-z));
        }

        @Override
        public double slope(double z, double answer) {
            return answer * (1 - answer);
        }
    },

    /** {@code tanh(z)}, between -1 and 1. */
    TANH(-1, 1) {
        @Override
        public double of(double z) {
            return StrictMath.tanh(z);
        }

        @Override
        public double slope(double z, double answer) {
            return 1 - answer * answer;
        }
    },

    /** {@code max(0, z)}; its slope at 0 is 0. */
    RELU(0, Double.POSITIVE_INFINITY) {
        @Override
        public double of(double z) {
            // so that NaN stays NaN and is reported, rather than becoming 0
            return z > 0 || Double.isNaN(z) ? z : 0;
        }

        @Override
        public double slope(double z, double answer) {
            return z > 0 ? 1 : 0;
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

    /** The answer for a weighted sum; the same to the bit on every machine. NaN gives NaN, but for {@link #STEP}. */
    public abstract double of(double z);

    /**
     * The derivative of the answer by the weighted sum.
     *
     * @param z the weighted sum
     * @param answer {@code of(z)}, from which some activations compute their slope more cheaply
     * @throws UnsupportedOperationException of {@link #STEP}
     */
    public abstract double slope(double z, double answer);
}
