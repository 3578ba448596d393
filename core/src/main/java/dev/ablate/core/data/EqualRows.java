package dev.ablate.core.data;

import java.util.SplittableRandom;

/**
 * Which rows of a matrix are equal.
 *
 * <p>Most tables have few such rows or none, and then a table of all rows costs more than all else: each look into it waits for memory.
 * So each row first leaves one mark, by its hash, in a set of bits that a processor's cache holds. Only rows that meet a mark, and those
 * that left it, are looked up. A row costs some bytes and no object.
 */
public final class EqualRows {

    private final Matrix rows;
    private final int[] hashes;

    /** One a column, odd and without a pattern. */
    private final long[] factors;

    /** A bit for each hash, cut to a power of two of at least 8 bits a row. */
    private final long[] met;

    /** Those bits that more than one row has met. */
    private final long[] metAgain;

    private EqualRows(Matrix rows) {
        this.rows = rows;
        this.hashes = new int[rows.size()];
        this.factors = new SplittableRandom(rows.width())
                .longs(rows.width())
                .map(factor -> factor | 1)
                .toArray();
        this.met = new long[powerAbove(rows.size() / 8)];
        this.metAgain = new long[met.length];
    }

    /**
     * The index of the first row that equals a row, for each row; its own where none before it does. Numbers are compared, so that 0
     * equals -0.
     */
    public static int[] firsts(Matrix rows) {
        EqualRows equal = new EqualRows(rows);
        equal.mark();
        return equal.find();
    }

    private void mark() {
        int row = 0;
        for (double[] part : rows.parts()) {
            for (int from = 0; from < part.length; from += rows.width()) {
                int hash = hash(part, from);
                hashes[row++] = hash;
                int word = word(hash);
                metAgain[word] |= met[word] & bit(hash);
                met[word] |= bit(hash);
            }
        }
    }

    /** {@code 1 << hash} looks at the lowest 6 digits alone. */
    private static long bit(int hash) {
        return 1L << hash;
    }

    private int word(int hash) {
        return (hash >>> 6) & (met.length - 1);
    }

    private int[] find() {
        int[] firsts = new int[hashes.length];
        int candidates = 0;
        for (int row = 0; row < firsts.length; row++) {
            firsts[row] = row;
            candidates += isCandidate(row) ? 1 : 0;
        }
        // open addressing: a row's index + 1, or 0
        int[] slots = new int[powerAbove(candidates) << 1];
        for (int row = 0; candidates > 0 && row < firsts.length; row++) {
            if (isCandidate(row)) {
                firsts[row] = first(row, slots);
            }
        }
        return firsts;
    }

    private boolean isCandidate(int row) {
        return (metAgain[word(hashes[row])] & bit(hashes[row])) != 0;
    }

    private int first(int row, int[] slots) {
        int slot = hashes[row] & (slots.length - 1);
        while (slots[slot] != 0) {
            int other = slots[slot] - 1;
            if (hashes[other] == hashes[row] && areEqual(other, row)) {
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

    /**
     * The upper half of a sum of products, as in multilinear hashing (Carter and Wegman, Universal classes of hash functions, 1979): no
     * product waits for another.
     */
    private int hash(double[] part, int from) {
        long hash = 0;
        for (int column = 0; column < factors.length; column++) {
            // -0 + 0 is 0; whole numbers have their digits at the upper end, where a product would lose them
            long bits = Double.doubleToRawLongBits(part[from + column] + 0.0);
            hash += (bits ^ (bits >>> 32)) * factors[column];
        }
        return (int) (hash >>> 32);
    }

    /** A power of two greater than a number, and at most 2^29. */
    private static int powerAbove(int number) {
        return Integer.highestOneBit(Math.max(1, Math.min(number, 1 << 28))) << 1;
    }
}
