package dev.ablate.reader.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All rows of a file as arrays that grow by adding arrays, so that none is copied and nobody needs to know how many rows there are.
 *
 * <p>Space is reserved by one thread at a time, in the file's order. Each thread then fills in its own rows, while others do the same.
 */
final class RowStore {

    /** About so many numbers in an array. */
    private static final int PART = 1 << 16;

    private final int width;
    private final int rowsOfPart;
    private final List<double[]> parts = new ArrayList<>();
    private final List<double[]> apart = new ArrayList<>();
    private int rows;

    /**
     * @param width cells of a row, without the one apart
     */
    RowStore(int width) {
        this.width = width;
        this.rowsOfPart = Integer.highestOneBit(Math.max(1, PART / Math.max(1, width)));
    }

    /**
     * Space for some rows.
     *
     * @param first index of the first of them
     * @param parts the arrays in which they lie, whose first row has the index {@code partsFrom}
     * @param apart the cells that are stored apart, likewise
     */
    record Space(int first, int count, int partsFrom, List<double[]> parts, List<double[]> apart) {}

    /** Space for rows behind those that have some. */
    Space reserve(int count) {
        int first = rows;
        rows = Math.addExact(rows, count);
        while ((long) parts.size() * rowsOfPart < rows) {
            parts.add(new double[rowsOfPart * width]);
            apart.add(new double[rowsOfPart]);
        }
        int part = first / rowsOfPart;
        return new Space(
                first,
                count,
                part * rowsOfPart,
                List.copyOf(parts.subList(part, parts.size())),
                List.copyOf(apart.subList(part, apart.size())));
    }

    /**
     * Fills in the rows of a space.
     *
     * @param cells row-major; the last of each row is the one apart
     */
    void fill(Space space, double[] cells) {
        for (int row = 0; row < space.count(); row++) {
            int to = space.first() - space.partsFrom() + row;
            int within = to % rowsOfPart;
            int from = row * (width + 1);
            System.arraycopy(cells, from, space.parts().get(to / rowsOfPart), within * width, width);
            space.apart().get(to / rowsOfPart)[within] = cells[from + width];
        }
    }

    /** The cells of all rows, row-major, without those apart: arrays of equally many rows, the last shorter. */
    List<double[]> parts() {
        int last = parts.size() - 1;
        if (last >= 0) {
            parts.set(last, Arrays.copyOf(parts.get(last), (rows - last * rowsOfPart) * width));
        }
        return List.copyOf(parts);
    }

    /** The cells that are stored apart. */
    double[] apart() {
        double[] all = new double[rows];
        for (int part = 0; part < apart.size(); part++) {
            int from = part * rowsOfPart;
            System.arraycopy(apart.get(part), 0, all, from, Math.min(rowsOfPart, rows - from));
        }
        return all;
    }
}
