package dev.ablate.engine.report.picture;

import dev.ablate.core.training.Decision;
import dev.ablate.engine.report.Group;
import java.util.List;

/**
 * What one model with two features answers all over the plane of its data.
 *
 * @param group whose
 * @param seed of which run
 * @param runs how many runs the group has
 * @param x the feature to the right
 * @param y the feature upwards
 * @param from where the plane begins
 * @param to where it ends
 * @param side how many answers there are in each direction, from edge to edge
 * @param answers from left to right and then upwards, {@code [side * side]}: one number, or one for each of three classes and more
 * @param decision how an answer becomes a class
 * @param classes what the data call the classes, in the order of their codes, {@code [k]}
 * @param rows the rows of each class, {@code [k]}
 * @param bound whether all borders pass through (0, 0), whatever the weights: of one neuron without a bias, or one for each class, that is
 *     where the sums are 0, and their answer to that decides nothing
 */
public record Region(
        Group group,
        long seed,
        int runs,
        String x,
        String y,
        Dot from,
        Dot to,
        int side,
        List<List<Double>> answers,
        Decision decision,
        List<String> classes,
        List<Dots> rows,
        boolean bound) {

    /** Copies the lists. */
    public Region {
        answers = answers.stream().map(List::copyOf).toList();
        classes = List.copyOf(classes);
        rows = List.copyOf(rows);
    }
}
