package dev.ablate.engine.kinds;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import java.util.List;
import java.util.OptionalLong;

/** Toys by size and colour, and what they cost: a dataset with a column of categories, in two blocks. */
final class Toys implements DatasetSource<NoOptions> {

    private static final Schema SCHEMA = new Schema(
            List.of(
                    Column.numbers("size", "cm"),
                    Column.categories("colour", List.of("red", "green", "blue")),
                    Column.numbers("price", "euro").as(Column.Role.TARGET)),
            OptionalLong.of(6),
            "a test");

    /** One toy. */
    private record Toy(double size, int colour, double price) {}

    private record Shelf(List<Toy> toys) implements Block {

        @Override
        public int rows() {
            return toys.size();
        }

        @Override
        public double number(int column, int row) {
            return column == 0 ? toys.get(row).size() : toys.get(row).price();
        }

        @Override
        public int category(int column, int row) {
            return toys.get(row).colour();
        }
    }

    @Override
    public Dataset open(NoOptions options) {
        return Dataset.of(
                SCHEMA,
                List.of(
                        new Shelf(List.of(new Toy(1, 0, 3), new Toy(2, 1, 5), new Toy(3, 2, 4), new Toy(1, 1, 4))),
                        new Shelf(List.of(new Toy(2, 0, 6), new Toy(3, 1, 8)))));
    }
}
