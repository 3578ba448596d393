package dev.ablate.datasets.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with cells of a file: the first of it, from above and from the left, and how much there is. */
final class Faults {

    /** More help nobody at once. */
    static final int MOST = 20;

    private final List<Found> found = new ArrayList<>();
    private final Map<Integer, Integer> ofColumns = new HashMap<>();
    private final Set<Integer> misshapen = new HashSet<>();
    private long count;

    /**
     * One thing that is wrong.
     *
     * @param row its index, from 0
     * @param column index of its column in the file
     */
    record Found(int row, int column, String reason) {}

    /** Adds a row that has too many or too few cells, so that nothing is said of them. */
    void addRow(int row, int column, String reason) {
        add(row, column, reason);
        misshapen.add(row);
    }

    /** Whether a row has too many or too few cells. */
    boolean isMisshapen(int row) {
        return misshapen.contains(row);
    }

    /** Adds what is wrong; of one column from above. */
    void add(int row, int column, String reason) {
        if (misshapen.contains(row)) {
            return;
        }
        count++;
        if (ofColumns.merge(column, 1, Integer::sum) <= MOST) {
            found.add(new Found(row, column, reason));
        }
    }

    /** Adds some of which nobody knows more. */
    void addUnnamed(long more) {
        count += more;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The first. */
    List<Found> first() {
        return found.stream()
                .sorted(Comparator.comparingInt(Found::row).thenComparingInt(Found::column))
                .limit(MOST)
                .toList();
    }

    /** How many there are besides the first. */
    long more() {
        return count - first().size();
    }
}
