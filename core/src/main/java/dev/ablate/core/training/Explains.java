package dev.ablate.core.training;

import java.util.Optional;

/**
 * A trainer that can explain how it makes an update, number by number.
 *
 * @param <O> the options record
 */
public interface Explains<O extends Record> extends Trainer<O> {

    /**
     * Trains as {@link #train} does, and explains how one update was made.
     *
     * <p>It is the same training: it asks {@code training} and reports to it the same, to its end or to where {@link Training#after}
     * returns false. What it gives are the numbers that the update was made of, equal to the bit, and not a calculation beside it.
     *
     * @param update which update, from 1
     * @param row which of the examples is worked through, from 0
     * @return empty if training ended before that update
     */
    Optional<Explanation> explain(O options, Training training, long update, int row);
}
