package dev.ablate.core.training;

import java.util.List;
import java.util.Map;

/**
 * Learns from examples.
 *
 * <p>A trainer keeps nothing between runs and may be used by several threads at once, unless it was registered as
 * {@code oneAtATime()}. What it returns depends on its two arguments alone: equal options, examples and random streams give
 * a model that is equal to the bit. It measures nothing: it calls {@link Training#after} and the runner measures.
 *
 * @param <O> the options record; {@link dev.ablate.core.option.NoOptions} where there are none
 */
public interface Trainer<O extends Record> {

    /**
     * Trains one model.
     *
     * <p>Calls {@link Training#after} for update 0 (the untrained model), then after every update up to the total, and stops
     * at once where that returns false. One that learns in one go calls it twice: for update 0, and for update 1 of 1. An
     * interrupt of the thread is honoured at the next call of {@code after}, which throws; the trainer lets that pass.
     *
     * @return the trained model, which never changes afterwards
     */
    Model train(O options, Training training);

    /**
     * The model that has these parameters; it predicts equal to the bit.
     *
     * @param features names of the features in the order of a row, {@code [d]}
     * @param parameters what {@link Model#parameters()} of a model of such options returned
     * @param decision what {@link Training#decision()} was: a neuron that steps answers by its tie
     * @throws IllegalArgumentException if parameters are missing or unknown
     */
    Model restore(O options, List<String> features, Map<String, Double> parameters, Decision decision);
}
