package dev.ablate.core.data;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Rows of features with their targets; immutable.
 *
 * <p>Shapes: {@code n} rows, {@code d} features; {@link #rows()} is {@code [n, d]}, {@link #targets()} is {@code [n]}. {@code n} and
 * {@code d} are at least 1, but for those of {@link Dataset#none}. All values are finite.
 */
public final class Examples {

    /** No rows of no features. */
    static final Examples NONE = new Examples(List.of(), Matrix.none(), new double[0]);

    private static final WeakReference<Object> NOTHING = new WeakReference<>(null);

    private final List<String> features;
    private final Matrix rows;
    private final double[] targets;

    /** Found when they are first asked for. */
    private final Map<Task, Contradictions> contradictions = new ConcurrentHashMap<>(2);

    private final Map<Class<?>, WeakReference<Object>> derived = new HashMap<>(2);

    private Examples(List<String> features, Matrix rows, double[] targets) {
        this.features = features;
        this.rows = rows;
        this.targets = targets;
    }

    /**
     * Examples of the given values, which are copied.
     *
     * @param features the names, all different, not blank, none of them {@code bias}; {@code [d]}
     * @param rows row-major values, {@code [n * d]}
     * @param targets {@code [n]}
     * @throws IllegalArgumentException if a name, a length or a value is not as said
     */
    public static Examples of(List<String> features, double[] rows, double[] targets) {
        requireLengths(features, rows.length, targets.length);
        return of(features, Matrix.of(features.size(), rows), targets);
    }

    /**
     * Examples of a matrix, which is not copied, and its targets, which are.
     *
     * @param features the names, all different, not blank, none of them {@code bias}; {@code [d]}
     * @param rows {@code [n, d]}
     * @param targets {@code [n]}
     * @throws IllegalArgumentException if a name, a length or a value is not as said
     */
    public static Examples of(List<String> features, Matrix rows, double[] targets) {
        List<String> names = List.copyOf(features);
        requireLengths(names, Math.multiplyExact(rows.size(), rows.width()), targets.length);
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("two features have one name: " + names);
        }
        for (String name : names) {
            if (name.isBlank() || name.equals("bias")) {
                throw new IllegalArgumentException("a feature may not be called '" + name + "'");
            }
        }
        rows.parts().forEach(part -> requireFinite(part, "feature value"));
        requireFinite(targets, "target");
        return new Examples(names, rows, targets.clone());
    }

    private static void requireLengths(List<String> names, int values, int targets) {
        if (names.isEmpty() || targets == 0) {
            throw new IllegalArgumentException("examples need at least one feature and one row");
        }
        if (values != Math.multiplyExact(names.size(), targets)) {
            throw new IllegalArgumentException(
                    values + " values are not " + targets + " rows of " + names.size() + " features");
        }
    }

    private static void requireFinite(double[] values, String what) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a " + what + " is not finite: " + value);
            }
        }
    }

    /** Names of the features, {@code [d]}, in the order of a row's values. */
    public List<String> features() {
        return features;
    }

    /** The values of all rows, {@code [n, d]}. */
    public Matrix rows() {
        return rows;
    }

    /** One target a row, {@code [n]}; a copy. */
    public double[] targets() {
        return targets.clone();
    }

    /** The targets of all rows, one by one; not a copy. */
    public DoubleStream targetStream() {
        return Arrays.stream(targets);
    }

    /** Number of rows, {@code n}. */
    public int size() {
        return targets.length;
    }

    /** Number of features, {@code d}. */
    public int width() {
        return features.size();
    }

    /** The values of row {@code index} (from 0), {@code [d]}; a copy. */
    public double[] row(int index) {
        return rows.row(index);
    }

    /** The target of row {@code index} (from 0). */
    public double target(int index) {
        return targets[index];
    }

    /**
     * Another form of them that a trainer works with, such as their columns one by one: made once for all runs that learn from the same
     * examples, and kept as long as one of them uses it. Safe for several threads.
     *
     * @param form its type, which no other form of these examples has
     * @param make makes it; a pure function
     * @return shared with other runs, so not to be changed
     */
    public <T> T derived(Class<T> form, Function<Examples, T> make) {
        synchronized (derived) {
            Object known = derived.getOrDefault(form, NOTHING).get();
            if (known == null) {
                T made = make.apply(this);
                derived.put(form, new WeakReference<>(made));
                return made;
            }
            return form.cast(known);
        }
    }

    Contradictions contradictions(Task task) {
        return contradictions.computeIfAbsent(task, kind -> Contradictions.find(this, kind));
    }

    /**
     * The same rows with these features alone, in this order.
     *
     * @throws IllegalArgumentException if there is no feature of such a name, or a name is given twice
     */
    public Examples select(List<String> names) {
        if (names.equals(features)) {
            return this;
        }
        int[] columns = names.stream().mapToInt(this::column).toArray();
        double[] chosen = new double[Math.multiplyExact(size(), columns.length)];
        for (int row = 0; row < size(); row++) {
            for (int k = 0; k < columns.length; k++) {
                chosen[row * columns.length + k] = rows.value(row, columns[k]);
            }
        }
        return of(names, Matrix.wrap(columns.length, chosen), targets);
    }

    /**
     * The rows with these indices (from 0), in this order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Examples take(int... indices) {
        requireLengths(features, Math.multiplyExact(indices.length, width()), indices.length);
        double[] answers = new double[indices.length];
        for (int k = 0; k < indices.length; k++) {
            answers[k] = targets[indices[k]];
        }
        // names and values were looked at when these were made
        return new Examples(features, rows.take(indices), answers);
    }

    private int column(String name) {
        int column = features.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("no feature '" + name + "'; there are " + String.join(", ", features));
        }
        return column;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Examples that
                && features.equals(that.features)
                && rows.equals(that.rows)
                && Arrays.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * features.hashCode() + rows.hashCode()) + Arrays.hashCode(targets);
    }

    /** The first rows, for a person; at most five of them. */
    @Override
    public String toString() {
        List<String> first = IntStream.range(0, Math.min(size(), 5))
                .mapToObj(i -> Arrays.toString(row(i)) + " -> " + targets[i])
                .toList();
        return size() + " rows of " + features + ": " + String.join(", ", first) + (size() > 5 ? ", ..." : "");
    }
}
