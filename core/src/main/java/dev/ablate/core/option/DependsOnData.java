package dev.ablate.core.option;

import dev.ablate.core.data.Task;
import java.util.List;

/** Implemented by an options record with rules about the data, such as one initial weight for each feature. */
public interface DependsOnData {

    /**
     * Checks the options against the data of a run; asked when a spec is planned, before anything runs.
     *
     * @param task what is learned
     * @param features the names of the features that the run will train on, in order; never empty
     * @throws Refused with every reason
     */
    void check(Task task, List<String> features);
}
