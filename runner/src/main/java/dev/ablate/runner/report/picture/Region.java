package dev.ablate.runner.report.picture;

import dev.ablate.core.training.Decision;
import dev.ablate.runner.report.Group;
import java.util.List;

/**
 * What one model with two features answers all over the plane of its data.
 *
 * @param group whose
 * @param seed of which run
 * @param x the feature to the right
 * @param y the feature upwards
 * @param from where the plane begins
 * @param to where it ends
 * @param side how many squares it has in each direction
 * @param answers in the middle of each square, from left to right and then upwards
 * @param decision how an answer becomes a class
 * @param ones examples of class 1
 * @param zeros examples of class 0
 */
public record Region(
        Group group,
        long seed,
        String x,
        String y,
        Dot from,
        Dot to,
        int side,
        List<Double> answers,
        Decision decision,
        List<Dot> ones,
        List<Dot> zeros) {

    /** Copies the lists. */
    public Region {
        answers = List.copyOf(answers);
        ones = List.copyOf(ones);
        zeros = List.copyOf(zeros);
    }
}
