package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Batches;

/** How a neuron learns from the rows of one update. */
interface Rule extends AutoCloseable {

    /**
     * Changes the neuron's weights and bias once, by the rows of the present batch.
     *
     * @param watched whether the watcher wants to see how
     */
    void learnFrom(Batches batch, boolean watched);

    @Override
    void close();
}
