package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Batches;

/** Sees how updates are made, by the numbers that they are made of. */
interface Watcher {

    /** Nobody looks. */
    Watcher NOBODY = new Watcher() {
        @Override
        public boolean begins(long update, Batches batch, Neuron neuron) {
            return false;
        }

        @Override
        public void row(int row, double z, double answer, double outer, double inner) {}

        @Override
        public void gradient(double[] sums) {}

        @Override
        public void ends(Neuron neuron) {}
    };

    /**
     * An update, from 1, is about to be made from the rows of this batch.
     *
     * @return whether it is to be seen: else nothing of it is shown but its end
     */
    boolean begins(long update, Batches batch, Neuron neuron);

    /**
     * A row of it was worked through.
     *
     * @param row its index among the examples
     * @param z its weighted sum
     * @param answer what the neuron answers
     * @param outer how the loss rises with the answer; for Rosenblatt's rule target minus answer
     * @param inner how the answer rises with the weighted sum; for Rosenblatt's rule 1
     */
    void row(int row, double z, double answer, double outer, double inner);

    /**
     * The gradient, the sum over the rows. By Rosenblatt's rule, which learns from one row, it is that row's share and is not
     * reported.
     *
     * @param sums one a feature, then that of the bias, {@code [d + 1]}; valid inside this call alone
     */
    void gradient(double[] sums);

    /** The update is made. */
    void ends(Neuron neuron);
}
