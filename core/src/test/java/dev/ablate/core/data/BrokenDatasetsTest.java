package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.option.NoOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link DatasetContract} catches each way to break it, and lets a dataset pass that keeps to it. */
class BrokenDatasetsTest {

    /** Over all sources. */
    private static final AtomicInteger OPENED = new AtomicInteger();

    private static final AtomicInteger MADE = new AtomicInteger();

    private static Dataset dataset(String feature, String target, double... targets) {
        return Dataset.regression(
                Examples.of(List.of(feature), new double[] {1, 2, 3}, targets), target, Map.of(), "a test");
    }

    private static Dataset sound(double first) {
        return dataset("x", "y", first, 2, 3);
    }

    private static final Schema SIZE = new Schema(List.of(Column.numbers("size")), OptionalLong.of(1), "");

    private record OneColumn(double value) implements Block {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public double number(int column, int row) {
            return value;
        }

        @Override
        public int category(int column, int row) {
            return (int) value;
        }
    }

    /** Rows of a feature of two categories, and whether they differ; it says how many there are. */
    private static Dataset coloured(long rows, int... colours) {
        Schema schema = new Schema(
                List.of(
                        Column.categories("colour", List.of("red", "green")),
                        Column.numbers("price").as(Column.Role.TARGET)),
                OptionalLong.of(rows),
                "");
        List<Block> blocks = new ArrayList<>();
        for (int colour : colours) {
            blocks.add(new OneColumn(colour));
        }
        return Dataset.of(schema, blocks);
    }

    private static Arguments way(String name, IntFunction<DatasetSource<NoOptions>> source, Consumer<Contract> check) {
        return Arguments.of(name, source, check);
    }

    /** A source for each instance that a contract asks for, by its number. */
    static Stream<Arguments> ways() {
        IntFunction<DatasetSource<NoOptions>> drawn = made -> options -> sound(OPENED.incrementAndGet());
        return Stream.of(
                way("differs each time", drawn, DatasetContract::opensEqualDataTwice),
                way(
                        "differs by source",
                        made -> options -> sound(made),
                        DatasetContract::opensEqualDataFromAnotherSource),
                way("differs in parallel", drawn, DatasetContract::opensEqualDataInParallel),
                way(
                        "has a blank beside a name",
                        made -> options -> dataset(" x", "y", 1, 2, 3),
                        DatasetContract::namesItsFeaturesAndTarget),
                way(
                        "has a name that parts units",
                        made -> options -> dataset("x/1", "y", 1, 2, 3),
                        DatasetContract::namesItsFeaturesAndTarget),
                way(
                        "has a blank beside its target",
                        made -> options -> dataset("x", "y ", 1, 2, 3),
                        DatasetContract::namesItsFeaturesAndTarget),
                way(
                        "has fewer rows than it says",
                        made -> options -> coloured(3, 0, 1),
                        DatasetContract::hasTheRowsThatItSays),
                way(
                        "has a category that there is not",
                        made -> options -> coloured(2, 0, 2),
                        DatasetContract::hasValuesOfItsColumns),
                way(
                        "is infinite",
                        made -> options -> Dataset.of(SIZE, List.of(new OneColumn(Double.POSITIVE_INFINITY))),
                        DatasetContract::hasValuesOfItsColumns),
                way(
                        "has nothing to learn",
                        made -> options -> dataset("x", "y", 2, 2, 2),
                        DatasetContract::hasTargetsThatDiffer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void isCaught(String name, IntFunction<DatasetSource<NoOptions>> source, Consumer<Contract> check) {
        check.accept(new Contract(made -> options -> sound(1)));
        assertThrows(AssertionError.class, () -> check.accept(new Contract(source)));
    }

    /** One that keeps to all of it. */
    @Nested
    class ASoundDataset extends Contract {
        ASoundDataset() {
            super(made -> options -> sound(1));
        }
    }

    /** One with categories. */
    @Nested
    class ADatasetWithCategories extends Contract {
        ADatasetWithCategories() {
            super(made -> options -> coloured(2, 0, 1));
        }
    }

    private static class Contract extends DatasetContract<NoOptions> {

        private final IntFunction<DatasetSource<NoOptions>> sources;

        Contract(IntFunction<DatasetSource<NoOptions>> sources) {
            this.sources = sources;
        }

        @Override
        protected DatasetSource<NoOptions> source() {
            return sources.apply(MADE.incrementAndGet());
        }

        @Override
        protected NoOptions options() {
            return new NoOptions();
        }
    }
}
