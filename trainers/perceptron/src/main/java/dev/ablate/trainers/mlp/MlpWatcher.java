package dev.ablate.trainers.mlp;

import dev.ablate.core.training.Batches;

/** Sees how updates are made, by the numbers that they are made of. Arrays are valid inside a call alone; what they hold changes with the next row. */
interface MlpWatcher {

    /** Nobody looks. */
    MlpWatcher NOBODY = new MlpWatcher() {
        @Override
        public boolean begins(long update, Batches batch, MlpNetwork network) {
            return false;
        }

        @Override
        public void row(int row, Forward forward, Slopes slopes) {}

        @Override
        public void sums(Sums sums) {}

        @Override
        public void ends(MlpNetwork network) {}
    };

    /**
     * An update, from 1, is about to be made from the rows of this batch.
     *
     * @return whether it is to be seen: else nothing of it is shown but its end
     */
    boolean begins(long update, Batches batch, MlpNetwork network);

    /**
     * A row of it went forward and back.
     *
     * @param row its index among the examples
     * @param forward what every neuron weighed and answered
     * @param slopes the factors of every neuron
     */
    void row(int row, Forward forward, Slopes slopes);

    /** The sums over the rows of the batch. */
    void sums(Sums sums);

    /** The update is made. */
    void ends(MlpNetwork network);
}
