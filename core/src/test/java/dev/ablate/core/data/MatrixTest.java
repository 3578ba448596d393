package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class MatrixTest {

    private static final Matrix MATRIX = Matrix.of(2, 1, 2, 3, 4, 5, 6);

    @Test
    void isReadByRowAndColumn() {
        assertEquals(3, MATRIX.size());
        assertEquals(2, MATRIX.width());
        assertEquals(4, MATRIX.value(1, 1));
        assertArrayEquals(new double[] {5, 6}, MATRIX.row(2));
        double[] row = new double[2];
        MATRIX.copyRow(1, row);
        assertArrayEquals(new double[] {3, 4}, row);
        assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.value(0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.value(0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.value(3, 0));
    }

    @Test
    void weighsAndAddsRows() {
        assertEquals(3 * 10 + 4 * 0.5 - 7, MATRIX.weightedSum(1, new double[] {10, 0.5}, -7));
        double[] sums = {1, 1};
        MATRIX.addRow(2, -2, sums);
        assertArrayEquals(new double[] {-9, -11}, sums);
        assertThrows(IllegalArgumentException.class, () -> MATRIX.weightedSum(0, new double[3], 0));
        assertThrows(IllegalArgumentException.class, () -> MATRIX.addRow(0, 1, new double[1]));
    }

    @Test
    void copiesAColumnFromARowOn() {
        double[] column = new double[2];
        MATRIX.copyColumn(1, 1, column);
        assertArrayEquals(new double[] {4, 6}, column);
        assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.copyColumn(2, 0, column));
        assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.copyColumn(0, 2, column));
    }

    @Test
    void takesRowsInTheOrderAskedFor() {
        assertEquals(Matrix.of(2, 5, 6, 1, 2, 5, 6), MATRIX.take(2, 0, 2));
        assertEquals(0, MATRIX.take().size());
    }

    @Test
    void neverChanges() {
        double[] values = {1, 2};
        Matrix matrix = Matrix.of(2, values);
        values[0] = 99;
        matrix.toArray()[0] = 99;
        matrix.row(0)[0] = 99;
        assertEquals(Matrix.of(2, 1, 2), matrix);
        assertNotEquals(Matrix.of(1, 1, 2), matrix);
    }

    @Test
    void refusesWhatDoesNotMakeWholeRows() {
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(2, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(0));
    }
}
