package dev.ablate.engine.compare.significance;

import dev.ablate.engine.compare.significance.SignedSum.Window;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Differences by their values, where many share one: how many of each are flipped is binomial. */
final class FewValues {

    /** Less than this no draw meets. */
    private static final double NOTHING = 1e-12;

    private final double[] values;
    private final Window[] windows;

    private FewValues(double[] values, Window... windows) {
        this.values = values;
        this.windows = windows;
    }

    /** The values of differences on a lattice. */
    static FewValues of(Lattice lattice) {
        Map<Integer, Integer> times = new TreeMap<>();
        for (int multiple : lattice.multiples()) {
            times.merge(multiple, 1, Integer::sum);
        }
        double[] values = times.keySet().stream()
                .mapToDouble(multiple -> multiple * lattice.step())
                .toArray();
        Window[] windows = times.values().stream()
                .map(signs -> Window.of(signs, NOTHING).summed())
                .toArray(Window[]::new);
        return new FewValues(values, windows);
    }

    /** How many values there are. */
    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    /**
     * How many of a value are flipped.
     *
     * @param chance drawn evenly from 0 to 1
     */
    int draw(int index, double chance) {
        Window window = windows[index];
        int place = Arrays.binarySearch(window.shares(), chance);
        int least = place < 0 ? -place - 1 : place;
        return window.first() + Math.min(least, window.shares().length - 1);
    }
}
