package dev.ablate.datasets;

import dev.ablate.core.option.Option;

/** Options of the points. */
public record PointsOptions(
        @Option(help = "which points: the two that are worked by hand, or the eight that are learned from")
        Set set) {

    /** The tutorial's points. */
    public enum Set {
        /** One of each class. */
        TWO,
        /** Four of each class; no straight line gets more than six of them right. */
        EIGHT
    }
}
