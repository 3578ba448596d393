package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Task;
import java.util.Map;

/**
 * A table of numbers, and what is learned from it.
 *
 * @param features the numbers of all columns but the target, {@code [n, d]}
 * @param targets the numbers of that column, {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // lives from the reading to the dataset, and is never compared
record NumberTable(Header header, Matrix features, double[] targets, Target target) {

    /**
     * The dataset.
     *
     * @param source where the table is from, for a person
     */
    Dataset dataset(String source) {
        Examples examples = Examples.of(header.features(), features, target.coded(targets));
        if (target.task() == Task.REGRESSION) {
            return Dataset.regression(examples, header.target(), Map.of(), source);
        }
        return target.classes().isEmpty()
                ? Dataset.classification(examples, header.target(), source)
                : Dataset.classification(examples, header.target(), target.classes(), source);
    }
}
