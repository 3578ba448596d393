package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Model;

/** Sees how updates are made, by the numbers that they are made of. */
interface Watcher {

    /** Nobody looks. */
    Watcher NOBODY = new Watcher() {
        @Override
        public boolean begins(long update, Batches batch, Model model) {
            return false;
        }

        @Override
        public void row(int row, double z, double answer, double outer, double inner) {}

        @Override
        public void classes(int row, double[] sums, double[] shares, double[] pulls) {}

        @Override
        public void gradient(double[] sums) {}

        @Override
        public void ends(Model model) {}
    };

    /**
     * An update, from 1, is about to be made from the rows of this batch.
     *
     * @return whether it is to be seen: else nothing of it is shown but its end
     */
    boolean begins(long update, Batches batch, Model model);

    /**
     * A row of it was worked through.
     *
     * @param row its index among the examples
     * @param z its weighted sum
     * @param answer what the neuron answers
     * @param outer how the loss rises with the answer, or if its slope is so with the weighted sum; for Rosenblatt's rule target minus answer
     * @param inner how the answer rises with the weighted sum; for Rosenblatt's rule and a slope by the weighted sum 1
     */
    void row(int row, double z, double answer, double outer, double inner);

    /**
     * A row of it was worked through by a neuron for each class; the arrays, one a class, are valid inside this call alone.
     *
     * @param row its index among the examples
     * @param sums its weighted sums
     * @param shares what softmax answers to them
     * @param pulls how the loss rises with each sum
     */
    void classes(int row, double[] sums, double[] shares, double[] pulls);

    /**
     * The gradient, the sum over the rows. By Rosenblatt's rule, which learns from one row, it is that row's share and is not
     * reported.
     *
     * @param sums one a feature, then that of the bias, {@code [d + 1]}, whether there is one or not; of classes {@code [(d + 1) * k]},
     *     feature by feature; valid inside this call alone
     */
    void gradient(double[] sums);

    /** The update is made. */
    void ends(Model model);
}
