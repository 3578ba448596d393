package dev.ablate.datasets.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One column of a file as it was read: numbers, or indices of its words. */
final class ReadColumn {

    private final List<double[]> parts;
    private final int width;
    private final int slot;
    private final int rowsOfPart;
    private final int size;
    private final boolean text;
    private final List<String> words;

    /**
     * @param parts rows of cells, in arrays of equally many rows but for the last
     * @param width cells of a row
     * @param slot index of this column's cell in a row
     * @param size how many rows there are
     * @param words what a cell is the index of; empty if it is a number
     */
    ReadColumn(List<double[]> parts, int width, int slot, int size, Optional<List<String>> words) {
        this.parts = parts;
        this.width = width;
        this.slot = slot;
        this.rowsOfPart = parts.isEmpty() ? 1 : Math.max(1, parts.get(0).length / width);
        this.size = size;
        this.text = words.isPresent();
        this.words = words.orElse(List.of());
    }

    /** How many rows there are. */
    int size() {
        return size;
    }

    /** Whether no row has a value. */
    boolean isEmpty() {
        return text ? words.isEmpty() : IntStream.range(0, size).allMatch(row -> Double.isNaN(cell(row)));
    }

    /** The words that its cells are indices of, in the order in which rows have them. */
    List<String> words() {
        return words;
    }

    /** A number, NaN where it is missing; or the index of a word, -1 where it is missing. */
    double cell(int row) {
        return parts.get(row / rowsOfPart)[row % rowsOfPart * width + slot];
    }

    /** Whether a row has no value. */
    boolean isMissing(int row) {
        double cell = cell(row);
        return text ? cell < 0 : Double.isNaN(cell);
    }

    /** The first row that has a word. */
    int firstRow(int word) {
        return IntStream.range(0, size)
                .filter(row -> cell(row) == word)
                .findFirst()
                .orElse(0);
    }

    /** How many rows have each word. */
    int[] counts() {
        int[] counts = new int[words.size()];
        for (int row = 0; row < size; row++) {
            int word = (int) cell(row);
            if (word >= 0) {
                counts[word]++;
            }
        }
        return counts;
    }
}
