package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
    void liesInOneArrayOrInSeveral() {
        Matrix parts = Matrix.wrap(2, List.of(new double[] {1, 2, 3, 4}, new double[] {5, 6}));
        assertEquals(MATRIX, parts);
        assertEquals(parts, MATRIX);
        assertEquals(MATRIX.hashCode(), parts.hashCode());
        assertEquals(MATRIX.toString(), parts.toString());
        assertEquals(3, parts.size());
        assertArrayEquals(MATRIX.toArray(), parts.toArray());
        assertEquals(MATRIX.take(2, 0, 2), parts.take(2, 0, 2));
        assertNotEquals(MATRIX, Matrix.wrap(2, List.of(new double[] {1, 2, 3, 4}, new double[] {5, 7})));
        assertNotEquals(MATRIX, Matrix.wrap(2, List.of(new double[] {1, 2, 3, 4})));
        assertEquals(MATRIX, Matrix.wrap(2, List.of(MATRIX.toArray())));
        for (int row = 0; row < 3; row++) {
            double[] copied = new double[2];
            parts.copyRow(row, copied);
            assertArrayEquals(MATRIX.row(row), copied);
            assertArrayEquals(MATRIX.row(row), parts.row(row));
            assertEquals(MATRIX.value(row, 1), parts.value(row, 1));
            assertEquals(MATRIX.weightedSum(row, copied, 2), parts.weightedSum(row, copied, 2));
            double[] sums = {1, 1};
            double[] expected = {1, 1};
            parts.addRow(row, 3, sums);
            MATRIX.addRow(row, 3, expected);
            assertArrayEquals(expected, sums);
        }
        double[] column = new double[3];
        parts.copyColumn(1, 0, column);
        assertArrayEquals(new double[] {parts.value(0, 1), parts.value(1, 1), parts.value(2, 1)}, column);
        double[] end = new double[2];
        parts.copyColumn(0, 1, end);
        assertArrayEquals(new double[] {parts.value(1, 0), parts.value(2, 0)}, end);
        for (Matrix matrix : List.of(MATRIX, parts)) {
            double[] some = new double[5];
            assertEquals(2, matrix.copyRows(0, some));
            assertArrayEquals(new double[] {1, 2, 3, 4, 0}, some);
            double[] rest = new double[6];
            assertEquals(2, matrix.copyRows(1, rest));
            assertArrayEquals(new double[] {3, 4, 5, 6, 0, 0}, rest);
            assertEquals(0, matrix.copyRows(3, rest));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> parts.value(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> parts.value(-1, 0));
    }

    @Test
    void refusesPartsInWhichARowIsNotFoundByItsIndex() {
        double[] three = new double[3];
        double[] two = new double[2];
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(1, List.of(three, three)));
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(1, List.of(two, three)));
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(1, List.of(two, new double[1], two)));
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(2, List.of(two, new double[1])));
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(2, List.of(three, two)));
        assertThrows(IllegalArgumentException.class, () -> Matrix.wrap(0, List.of(two, two)));
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
