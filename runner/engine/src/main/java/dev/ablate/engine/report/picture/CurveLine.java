package dev.ablate.engine.report.picture;

import dev.ablate.engine.report.Group;
import java.util.List;
import java.util.Objects;

/**
 * The runs of a group along an axis.
 *
 * @param group whose
 * @param name what is shown: a metric, {@code test/mse}, or the feature that is answered to
 * @param runs how many runs there are
 * @param points at rising places, at least one
 */
public record CurveLine(Group group, String name, int runs, List<Band> points) {

    /** Copies the list. */
    public CurveLine {
        points = List.copyOf(points);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurveLine that
                && group.equals(that.group)
                && name.equals(that.name)
                && runs == that.runs
                && points.equals(that.points);
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, name, runs, points);
    }
}
