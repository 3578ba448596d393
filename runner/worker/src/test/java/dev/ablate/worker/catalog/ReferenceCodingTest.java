package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReferenceCodingTest {

    private static final Column SIZE = Column.numbers("size", "cm");
    private static final Column COLOUR = Column.categories("colour", List.of("red", "green", "blue"));
    private static final Column SOLD =
            Column.categories("sold", List.of("no", "yes")).as(Role.TARGET);
    private static final Column FAMILY =
            Column.categories("family", List.of("a", "b")).as(Role.GROUP);

    /** Cells by row; a category by its index. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Cells(double[][] cells) implements Block {
        @Override
        public int rows() {
            return cells.length;
        }

        @Override
        public double number(int column, int row) {
            return cells[row][column];
        }

        @Override
        public int category(int column, int row) {
            return (int) cells[row][column];
        }
    }

    private static Dataset data(List<Column> columns, double[]... cells) {
        return Dataset.of(new Schema(columns, OptionalLong.empty(), "toys"), List.of(new Cells(cells)));
    }

    @Test
    void makesAFeatureOfEachCategoryButTheFirst() {
        Dataset coded = ReferenceCoding.coded(data(
                List.of(COLOUR, SOLD, SIZE, FAMILY),
                new double[] {0, 1, 3.5, 0},
                new double[] {1, 0, 4.5, 1},
                new double[] {2, 1, 5.5, 1}));
        assertThat(coded.examples())
                .isEqualTo(Examples.of(
                        List.of("colour=green", "colour=blue", "size"),
                        new double[] {0, 0, 3.5, 1, 0, 4.5, 0, 1, 5.5},
                        new double[] {1, 0, 1}));
        assertThat(coded.classes()).containsExactly("no", "yes");
        assertThat(coded.units()).containsEntry("size", "cm");
        assertThat(coded.source()).isEqualTo("toys");
    }

    @Test
    void leavesNumbersAlone() {
        Dataset numbers = data(List.of(SIZE, SOLD), new double[] {1, 0}, new double[] {2, 1});
        assertThat(ReferenceCoding.coded(numbers)).isSameAs(numbers);
    }

    @Test
    void refusesWhatCannotBeLearned() {
        Column species = Column.categories("species", List.of("a", "b", "c")).as(Role.TARGET);
        assertThatThrownBy(() -> ReferenceCoding.coded(data(List.of(SIZE, species), new double[] {1, 0})))
                .isInstanceOf(DataException.class)
                .hasMessage("has 3 classes (a, b, c), and two can be learned: gather them into two");
        assertThatThrownBy(() -> ReferenceCoding.coded(data(List.of(SIZE), new double[] {1})))
                .isInstanceOf(DataException.class)
                .hasMessage("the data have no column to learn");
        assertThatThrownBy(() -> ReferenceCoding.coded(data(List.of(COLOUR, SOLD), new double[] {-1, 0})))
                .isInstanceOf(DataException.class)
                .hasMessage("has no value in row 1, and nothing fills it in: leave out that row");
    }
}
