package dev.ablate.core.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** Which numbers an option takes: the bounds of its {@link Option}. */
public final class Range {

    private record Bound(String words, DoublePredicate holds) {}

    private final List<Bound> bounds = new ArrayList<>();

    private Range() {}

    /** The bounds of an option. */
    public static Range of(Option option) {
        Range range = new Range();
        range.add("greater than", option.above(), value -> value > option.above());
        range.add("at least", option.atLeast(), value -> value >= option.atLeast());
        range.add("less than", option.below(), value -> value < option.below());
        range.add("at most", option.atMost(), value -> value <= option.atMost());
        return range;
    }

    /** Every number. */
    public static Range all() {
        return new Range();
    }

    private void add(String words, double limit, DoublePredicate holds) {
        if (!Double.isNaN(limit)) {
            boolean whole = limit == Math.rint(limit) && Math.abs(limit) < 1e15;
            bounds.add(new Bound(words + " " + (whole ? Long.toString((long) limit) : Double.toString(limit)), holds));
        }
    }

    /** The bound that a number breaks, {@code greater than 0}; empty if it is inside. */
    public Optional<String> brokenBy(double value) {
        return bounds.stream()
                .filter(bound -> !bound.holds().test(value))
                .map(Bound::words)
                .findFirst();
    }

    /** {@code at least 0, less than 1}; empty if any number will do. */
    public String words() {
        return String.join(", ", bounds.stream().map(Bound::words).toList());
    }
}
