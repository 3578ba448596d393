package dev.ablate.core.data;

/**
 * Which rows of a matrix are equal.
 *
 * <p>A hash table with open addressing over the rows as they lie in the matrix: a million of them cost some bytes each and no objects.
 */
final class EqualRows {

    /** Odd, and without a pattern in its digits: 2^64 divided by the golden ratio. */
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private final Matrix rows;
    private final int[] hashes;

    /** A row's index + 1, or 0. At least twice as many as rows. */
    private final int[] slots;

    private EqualRows(Matrix rows) {
        this.rows = rows;
        this.hashes = new int[rows.size()];
        this.slots = new int[Integer.highestOneBit(Math.max(1, Math.min(rows.size(), 1 << 28))) << 2];
    }

    /**
     * The index of the first row that equals a row, for each row; its own where none before it does. Numbers are compared, so that 0
     * equals -0.
     */
    static int[] firsts(Matrix rows) {
        EqualRows equal = new EqualRows(rows);
        int[] firsts = new int[rows.size()];
        for (int row = 0; row < firsts.length; row++) {
            firsts[row] = equal.first(row);
        }
        return firsts;
    }

    private int first(int row) {
        int hash = hash(row);
        hashes[row] = hash;
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int other = slots[slot] - 1;
            if (hashes[other] == hash && areEqual(other, row)) {
                return other;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = row + 1;
        return row;
    }

    private boolean areEqual(int one, int other) {
        for (int column = 0; column < rows.width(); column++) {
            if (rows.value(one, column) != rows.value(other, column)) {
                return false;
            }
        }
        return true;
    }

    private int hash(int row) {
        long hash = 0;
        long factor = MIXER;
        for (int column = 0; column < rows.width(); column++) {
            // -0 + 0 is 0
            long bits = Double.doubleToRawLongBits(rows.value(row, column) + 0.0);
            // whole numbers have their digits at the upper end, where a product would lose them
            hash += (bits ^ (bits >>> 32)) * factor;
            // twice, so that it stays odd
            factor += MIXER;
            factor += MIXER;
        }
        hash = (hash ^ (hash >>> 29)) * MIXER;
        return (int) (hash >>> 32);
    }
}
