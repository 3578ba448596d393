package dev.ablate.engine.compare.significance;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/** Quantiles of Student's t, each computed once: thousands of comparisons ask for the same ones. One thread at a time. */
public final class Quantiles {

    private final Map<Asked, Double> known = new HashMap<>();

    private record Asked(int degrees, double p) {}

    /** What {@code t} exceeds with probability {@code p}, of so many degrees of freedom. */
    double exceededWith(double p, int degrees) {
        return known.computeIfAbsent(
                new Asked(degrees, p), asked -> TDistribution.of(asked.degrees).inverseSurvivalProbability(asked.p));
    }
}
