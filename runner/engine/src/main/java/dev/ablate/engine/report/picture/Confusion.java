package dev.ablate.engine.report.picture;

import dev.ablate.engine.report.Group;
import java.util.List;

/**
 * How often the models of a group took one class for the other, over all of its runs.
 *
 * @param group whose
 * @param part {@code test} where rows are held back, else {@code train}
 * @param runs how many runs there are
 * @param classes what the data call the classes 0 and 1, in this order
 * @param zeroAsZero rows of class 0 that were taken for 0
 * @param zeroAsOne rows of class 0 that were taken for 1
 * @param oneAsZero rows of class 1 that were taken for 0
 * @param oneAsOne rows of class 1 that were taken for 1
 * @param tie what a tie, an answer that is the threshold itself, was taken for: 0 or 1
 * @param zeroTies how many rows of class 0 that is
 * @param oneTies how many rows of class 1 that is
 */
public record Confusion(
        Group group,
        String part,
        int runs,
        List<String> classes,
        long zeroAsZero,
        long zeroAsOne,
        long oneAsZero,
        long oneAsOne,
        int tie,
        long zeroTies,
        long oneTies) {

    /** Copies the list. */
    public Confusion {
        classes = List.copyOf(classes);
    }
}
