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
 * @param answers from left to right and then upwards, {@code [side * side]}
 * @param decision how an answer becomes a class
 * @param classes what the data call the classes 0 and 1, in this order
 * @param ones rows of class 1
 * @param zeros rows of class 0
 * @param bound whether the border passes through (0, 0), whatever the weights: of one neuron without a bias that is where its sum is 0,
 *     and its answer to that is the threshold
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
        List<Double> answers,
        Decision decision,
        List<String> classes,
        Dots ones,
        Dots zeros,
        boolean bound) {

    /** Copies the lists. */
    public Region {
        answers = List.copyOf(answers);
        classes = List.copyOf(classes);
    }
}
