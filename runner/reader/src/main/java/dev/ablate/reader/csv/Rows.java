package dev.ablate.reader.csv;

import java.util.List;
import java.util.Map;

/**
 * The rows of a file, as far as they could be read.
 *
 * @param size how many there are; without the badly quoted one and all that follow it
 * @param parts the numbers of all rows, row by row, in arrays as {@link dev.ablate.core.data.Matrix#wrap(int, List)} takes them: the used
 *     columns in the file's order, without the one apart
 * @param apart the numbers of the column apart
 * @param words those of each column of words, by its index, in the order in which rows have them; a row has an index in this list
 * @param texts the columns of numbers that have a cell that is none, and not a missing value; it is NaN
 * @param missed whether a value is missing in a column of numbers or of words
 * @param wrong indices of the first rows, at most 20, that have too many or too few cells, or one that is not UTF-8 or should be empty;
 *     what they lack is missing
 * @param wrongCount how many of them there are
 * @param badlyQuoted whether the row with index {@code size} opens a quote and does not close it, or goes on behind it
 * @param marks where in the file some of the rows begin
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record Rows(
        int size,
        List<double[]> parts,
        double[] apart,
        Map<Integer, List<String>> words,
        List<Integer> texts,
        boolean missed,
        List<Integer> wrong,
        int wrongCount,
        boolean badlyQuoted,
        List<Mark> marks) {

    /** The same without what its cells hold, to find rows again. */
    public Rows withoutCells() {
        return new Rows(
                size, List.of(), new double[0], Map.of(), List.of(), missed, wrong, wrongCount, badlyQuoted, marks);
    }

    /**
     * Where a row begins.
     *
     * @param row its index
     * @param position of its first byte, or of a blank line before it
     */
    record Mark(int row, long position) {}
}
