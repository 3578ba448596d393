package dev.ablate.trainers.perceptron;

import dev.ablate.core.training.Batches;

/** How a neuron learns from the rows of one update. */
interface Rule {

    /** Changes the neuron's weights and bias once, by the rows of the present batch. */
    void learnFrom(Batches batch);
}
