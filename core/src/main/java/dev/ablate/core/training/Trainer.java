package dev.ablate.core.training;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import java.io.IOException;
import java.io.InputStream;

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
     * Whether its models answer what a task asks for; a spec of another one is refused when it is planned. Unless a trainer says so, its
     * models do not answer a number for each of three classes and more.
     */
    default boolean fits(Task task) {
        return task != Task.CLASSES;
    }

    /**
     * Whether it learns from rows; a spec with the dataset of no rows is refused when it is planned. Otherwise it brings its own data,
     * and may find none in its training: {@link Training#examples} throws then.
     */
    default boolean needsRows() {
        return true;
    }

    /**
     * Trains one model.
     *
     * <p>Calls {@link Training#after} whenever there is a model to look at, with rising numbers of updates, and at last with the
     * total; it stops at once where that returns false. One that makes updates calls it for update 0 (the untrained model), and then
     * after every update. One that learns in one go may call it once, for update 1 of 1. An interrupt of the thread is honoured at the
     * next call of {@code after}, which throws; the trainer lets that pass.
     *
     * @return the trained model, which never changes afterwards; {@link Model#none} if there is none
     * @throws DataException if nothing can be learned from these rows; its words are reported as they are
     */
    Model train(O options, Training training);

    /**
     * Reads the model that one of such options wrote; it predicts equal to the bit.
     *
     * @param schema what {@link Training#schema()} was: the columns of a row that the model answers, and what it answers
     * @param in what {@link Model#write} wrote, and nothing else
     * @throws IOException if the stream does, or ends too early
     * @throws IllegalArgumentException if that is not a model of such options and columns
     */
    Model restore(O options, Schema schema, InputStream in) throws IOException;
}
