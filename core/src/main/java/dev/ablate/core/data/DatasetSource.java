package dev.ablate.core.data;

/**
 * Opens a dataset.
 *
 * <p>Equal options give equal examples in equal order, today and on every machine: a dataset draws nothing at random.
 *
 * @param <O> the options record; {@link dev.ablate.core.option.NoOptions} where there are none
 */
@FunctionalInterface
public interface DatasetSource<O extends Record> {

    /**
     * Reads or makes the examples.
     *
     * @throws DataException if the input is missing or malformed, with its place
     */
    Dataset open(O options);
}
