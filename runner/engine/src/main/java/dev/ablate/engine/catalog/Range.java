package dev.ablate.engine.catalog;

import dev.ablate.core.option.Option;
import dev.ablate.engine.yaml.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/** Which numbers an option takes: the bounds of its {@link Option}. */
final class Range {

    private record Bound(String words, DoublePredicate holds) {}

    private final List<Bound> bounds = new ArrayList<>();

    private Range() {}

    static Range of(Option option) {
        Range range = new Range();
        range.add("greater than", option.above(), value -> value > option.above());
        range.add("at least", option.atLeast(), value -> value >= option.atLeast());
        range.add("less than", option.below(), value -> value < option.below());
        range.add("at most", option.atMost(), value -> value <= option.atMost());
        return range;
    }

    private void add(String words, double limit, DoublePredicate holds) {
        if (!Double.isNaN(limit)) {
            boolean whole = limit == Math.rint(limit) && Math.abs(limit) < 1e15;
            String number = whole ? Long.toString((long) limit) : CanonicalText.number(limit);
            bounds.add(new Bound(words + " " + number, holds));
        }
    }

    /** Whether a number is inside; if not, that is reported. */
    boolean holds(double value, Reading reading) {
        for (Bound bound : bounds) {
            if (!bound.holds().test(value)) {
                reading.refuse("must be " + bound.words() + ", got " + reading.got());
                return false;
            }
        }
        return true;
    }

    /** {@code at least 0, less than 1}; empty if any number will do. */
    String words() {
        return String.join(", ", bounds.stream().map(Bound::words).toList());
    }
}
