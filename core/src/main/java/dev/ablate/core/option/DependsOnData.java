package dev.ablate.core.option;

import dev.ablate.core.data.Schema;

/** Implemented by an options record with rules about the data, such as one initial weight for each feature. */
public interface DependsOnData {

    /**
     * Checks the options against the data of a run; asked when a spec is planned, before anything runs.
     *
     * @param schema what {@code Training.schema()} will be: the features that the run will train on, in order and never none unless
     *     the data have no rows, and the
     *     target, by which it is known what is learned
     * @throws Refused with every reason
     */
    void check(Schema schema);
}
