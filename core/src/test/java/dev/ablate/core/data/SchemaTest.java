package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.data.Column.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SchemaTest {

    private static final Column SIZE = Column.numbers("size", "cm");
    private static final Column COLOUR = Column.categories("colour", List.of("red", "green", "blue"));
    private static final Column PRICE = Column.numbers("price", "euro").as(Role.TARGET);

    /** Two rows a block, of size, colour and price. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pair(double[] numbers, int[] colours, double[] prices) implements Block {
        @Override
        public int rows() {
            return numbers.length;
        }

        @Override
        public double number(int column, int row) {
            return column == 0 ? numbers[row] : prices[row];
        }

        @Override
        public int category(int column, int row) {
            return colours[row];
        }
    }

    private static Schema schema(Column... columns) {
        return new Schema(List.of(columns), OptionalLong.empty(), "");
    }

    @Test
    void saysWhatIsLearned() {
        assertEquals(Optional.of(Task.REGRESSION), schema(SIZE, PRICE).task());
        Schema twoClasses =
                schema(SIZE, Column.categories("sold", List.of("no", "yes")).as(Role.TARGET));
        assertEquals(Optional.of(Task.BINARY_CLASSIFICATION), twoClasses.task());
        assertEquals(List.of("no", "yes"), twoClasses.classes());
        assertEquals(1, twoClasses.outputs());
        Schema three = schema(SIZE, COLOUR.as(Role.TARGET));
        assertEquals(Optional.of(Task.CLASSES), three.task());
        assertEquals(3, three.outputs());
        assertEquals(Optional.empty(), schema(SIZE).target());
        assertEquals(Optional.empty(), schema().task());
    }

    @Test
    void leavesGroupsOutOfTheFeatures() {
        Schema schema =
                schema(SIZE, Column.categories("family", List.of("a", "b")).as(Role.GROUP), PRICE);
        assertEquals(List.of("size"), schema.featureNames());
        assertEquals(List.of(SIZE), schema.features());
    }

    @Test
    void selectsFeaturesWithTheTarget() {
        Schema schema = schema(SIZE, COLOUR, PRICE);
        assertEquals(List.of(COLOUR, PRICE), schema.select(List.of("colour")).columns());
        assertThrows(IllegalArgumentException.class, () -> schema.select(List.of("price")));
        assertThrows(IllegalArgumentException.class, () -> schema.select(List.of("size", "size")));
    }

    @Test
    void refusesWhatIsNotASchema() {
        assertThrows(IllegalArgumentException.class, () -> schema(SIZE, SIZE));
        assertThrows(IllegalArgumentException.class, () -> schema(Column.numbers("bias")));
        assertThrows(IllegalArgumentException.class, () -> schema(SIZE.as(Role.TARGET), PRICE));
        assertThrows(
                IllegalArgumentException.class,
                () -> schema(Column.categories("sold", List.of("yes")).as(Role.TARGET)));
        assertThrows(IllegalArgumentException.class, () -> Column.categories("colour", List.of("red", "red")));
        assertThrows(IllegalArgumentException.class, () -> Column.categories("colour", List.of()));
        assertThrows(IllegalArgumentException.class, () -> Column.categories("colour", List.of("red", " ")));
        assertThrows(IllegalArgumentException.class, () -> Column.numbers(" "));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Column("colour", Role.FEATURE, new Column.Categories(List.of("red")), "cm"));
    }

    private static Dataset toys(Block... blocks) {
        return Dataset.of(schema(SIZE, COLOUR, PRICE), List.of(blocks));
    }

    private static Block pair(double one, int colour, double price, double other, int secondColour, double second) {
        return new Pair(new double[] {one, other}, new int[] {colour, secondColour}, new double[] {price, second});
    }

    private static Block single(double size, int colour, double price) {
        return new Pair(new double[] {size}, new int[] {colour}, new double[] {price});
    }

    @Test
    void dataHaveOneHashHoweverTheirRowsAreCut() {
        Dataset together = toys(pair(1, 0, 10, 2, 1, 20));
        Dataset apart = toys(single(1, 0, 10), single(2, 1, 20));
        assertEquals(together.contentHash(), apart.contentHash());
        assertEquals(together, apart);
        assertNotEquals(
                together.contentHash(), toys(single(1, 0, 10), single(2, 2, 20)).contentHash());
        assertNotEquals(
                together.contentHash(),
                toys(single(1, 0, 10), single(2, -1, 20)).contentHash());
        assertNotEquals(
                together.contentHash(),
                Dataset.of(
                                schema(SIZE, Column.categories("colour", List.of("red", "lime", "blue")), PRICE),
                                List.of(pair(1, 0, 10, 2, 1, 20)))
                        .contentHash());
    }

    @Test
    void numbersHaveTheHashOfTheirExamples() {
        Schema schema = new Schema(List.of(SIZE, PRICE), OptionalLong.empty(), "");
        Block block = new Block() {
            @Override
            public int rows() {
                return 2;
            }

            @Override
            public double number(int column, int row) {
                return column == 0 ? row : 10.0 * row;
            }

            @Override
            public int category(int column, int row) {
                throw new IllegalArgumentException();
            }
        };
        Examples examples = Examples.of(List.of("size"), new double[] {0, 1}, new double[] {0, 10});
        assertEquals(
                Dataset.regression(examples, "price", Map.of(), "").contentHash(),
                Dataset.of(schema, List.of(block)).contentHash());
        assertEquals(examples, Dataset.of(schema, List.of(block)).examples());
    }

    @Test
    void examplesNeedNumbersWithoutAGap() {
        DataException categories =
                assertThrows(DataException.class, () -> toys(single(1, 0, 10)).examples());
        assertEquals("colour", categories.place());
        Schema numbers = schema(SIZE, PRICE);
        DataException gap = assertThrows(
                DataException.class,
                () -> Dataset.of(numbers, List.of(new Pair(new double[] {1, Double.NaN}, new int[2], new double[2])))
                        .examples());
        assertEquals("size", gap.place());
        assertEquals("has no value in row 2, and nothing fills it in: leave out that row", gap.getMessage());
        assertThrows(DataException.class, () -> Dataset.of(numbers, List.of()).examples());
        assertEquals(true, Dataset.none().isNone());
        assertEquals(false, Dataset.of(numbers, List.of()).isNone());
        assertEquals(0, Dataset.none().examples().size());
        assertEquals(List.of(), Dataset.none().examples().features());
        assertThrows(IllegalStateException.class, () -> Dataset.none().task());
    }
}
