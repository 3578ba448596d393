package dev.ablate.datasets.table;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Categories;
import dev.ablate.core.data.Column.Numbers;
import dev.ablate.core.data.Column.Role;
import java.util.List;

/**
 * A target as it is learned.
 *
 * @param name of its column
 * @param classes what the data call its classes, in the order of their codes; empty for numbers
 * @param values one a row: numbers, or codes of classes
 * @param remarks what a person should know of it
 */
@SuppressWarnings("ArrayRecordComponent") // lives from the reading to the dataset, and is never compared
record LearnedTarget(String name, List<String> classes, double[] values, List<String> remarks) {

    /** The column of a schema. */
    Column column() {
        return new Column(name, Role.TARGET, classes.isEmpty() ? new Numbers() : new Categories(classes), "");
    }

    /**
     * Why a target cannot be learned.
     *
     * @param row its index from 0; -1 if it is the choice of what counts as 1
     * @param reason what is wrong and what to do
     */
    record Misfit(int row, String reason) {}
}
