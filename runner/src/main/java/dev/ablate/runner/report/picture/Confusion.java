package dev.ablate.runner.report.picture;

import dev.ablate.runner.report.Group;

/**
 * How often the models of a group took one class for the other, over all of its runs.
 *
 * @param group whose
 * @param part {@code test} where rows are held back, else {@code train}
 * @param runs how many runs there are
 * @param zeroAsZero rows of class 0 that were taken for 0
 * @param zeroAsOne rows of class 0 that were taken for 1
 * @param oneAsZero rows of class 1 that were taken for 0
 * @param oneAsOne rows of class 1 that were taken for 1
 */
public record Confusion(
        Group group, String part, int runs, long zeroAsZero, long zeroAsOne, long oneAsZero, long oneAsOne) {}
