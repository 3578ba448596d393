package dev.ablate.datasets.table;

import java.util.Optional;

/**
 * What a person said of the target.
 *
 * @param name of its column
 * @param task what is to be learned; empty: what its values look like
 * @param positive the class of two that counts as 1; empty: the second in order
 */
record TargetChoice(String name, Optional<TableTask> task, Optional<String> positive) {

    boolean asksFor(TableTask wanted) {
        return task.equals(Optional.of(wanted));
    }

    /** That no class is the one that is to count as 1. */
    String unknownPositive(String zero, String one) {
        return "'" + positive.orElse("") + "' is not a class of " + name + ", which has " + zero + " and " + one;
    }

    /** That there are not two classes, of which one could count as 1. */
    String needlessPositive() {
        return "there are not two classes, of which one counts as 1: leave this out";
    }
}
