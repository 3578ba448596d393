package dev.ablate.engine.report.picture;

import dev.ablate.engine.report.Group;
import java.util.List;

/**
 * What one model predicts of a number, beside what it is.
 *
 * @param group whose
 * @param seed of which run
 * @param runs how many runs the group has
 * @param part {@code test} where rows are held back, else {@code train}
 * @param rows how many rows the part has
 * @param shown actual and predicted value of some of them, in the target's raw unit
 */
public record Fit(Group group, long seed, int runs, String part, int rows, List<Dot> shown) {

    /** Copies the list. */
    public Fit {
        shown = List.copyOf(shown);
    }
}
