package dev.ablate.reader.csv;

import java.util.ArrayList;
import java.util.List;

/** Rows that are not as they should be: which the first are, and how many there are. */
final class WrongRows {

    /** More help nobody at once. */
    static final int MOST = 20;

    private final List<Integer> first = new ArrayList<>();
    private int count;

    void add(int row) {
        if (first.size() < MOST) {
            first.add(row);
        }
        count++;
    }

    /** Adds those of rows that follow; the first of these rows has an index. */
    void addAll(WrongRows others, int from) {
        others.first.forEach(row -> add(from + row));
        count += others.count - others.first.size();
    }

    void clear() {
        first.clear();
        count = 0;
    }

    /** The indices of the first, at most {@link #MOST}. */
    List<Integer> first() {
        return List.copyOf(first);
    }

    /** How many there are. */
    int count() {
        return count;
    }
}
