package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.core.data.Column.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every dataset keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * final class CoinFlipsTest extends DatasetContract<CoinOptions> {
 *     @Override
 *     protected DatasetSource<CoinOptions> source() {
 *         return new CoinFlips();
 *     }
 *
 *     @Override
 *     protected CoinOptions options() {
 *         return new CoinOptions(0.3);
 *     }
 * }
 * }</pre>
 *
 * @param <O> the options record
 */
public abstract class DatasetContract<O extends Record> {

    /** A new source. */
    protected abstract DatasetSource<O> source();

    /** Options that the source can open; equal from call to call. */
    protected abstract O options();

    @Test
    final void opensEqualDataTwice() {
        DatasetSource<O> source = source();
        assertSame(open(source), open(source));
    }

    @Test
    final void opensEqualDataFromAnotherSource() {
        assertSame(open(source()), open(source()));
    }

    @Test
    final void opensEqualDataInParallel() {
        DatasetSource<O> source = source();
        // once, as a test may write the file that they name
        O options = options();
        Dataset alone = open(source, options);
        IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> open(source, options))
                .toList()
                .forEach(dataset -> assertSame(alone, dataset));
    }

    @Test
    final void namesItsFeaturesAndTarget() {
        Schema schema = open(source()).schema();
        for (Column column : schema.columns()) {
            String name = column.name();
            assertEquals(name.strip(), name, "blanks around a column's name");
            assertFalse(
                    column.role() == Role.FEATURE && name.contains("/"),
                    "'/' parts the names of layers and units: " + name);
        }
    }

    @Test
    final void hasTheRowsThatItSays() {
        Dataset dataset = open(source());
        long rows = 0;
        for (Block block : dataset.blocks()) {
            assertTrue(block.rows() > 0, "a block without a row");
            rows += block.rows();
        }
        long counted = rows;
        dataset.schema().rows().ifPresent(said -> assertEquals(said, counted, "its rows"));
    }

    @Test
    final void hasValuesOfItsColumns() {
        Dataset dataset = open(source());
        List<Column> columns = dataset.schema().columns();
        for (Block block : dataset.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                for (int index = 0; index < columns.size(); index++) {
                    Column column = columns.get(index);
                    if (column.categories().isEmpty()) {
                        double value = block.number(index, row);
                        assertFalse(Double.isInfinite(value), column.name() + " is infinite");
                    } else {
                        int category = block.category(index, row);
                        assertTrue(
                                category >= -1 && category < column.categories().size(),
                                column.name() + " has the category " + category + " of "
                                        + column.categories().size());
                    }
                }
            }
        }
    }

    @Test
    final void hasTargetsThatDiffer() {
        Dataset dataset = open(source());
        List<Column> columns = dataset.schema().columns();
        Optional<Column> target = dataset.schema().target();
        assumeTrue(target.isPresent(), "has nothing to learn");
        int index = columns.indexOf(target.get());
        Set<Double> values = new HashSet<>();
        for (Block block : dataset.blocks()) {
            for (int row = 0; row < block.rows(); row++) {
                values.add(
                        target.get().categories().isEmpty()
                                ? block.number(index, row)
                                : Double.valueOf(block.category(index, row)));
            }
        }
        assertTrue(values.size() > 1, "all targets are alike: there is nothing to learn");
    }

    private Dataset open(DatasetSource<O> source) {
        return open(source, options());
    }

    private Dataset open(DatasetSource<O> source, O options) {
        Dataset dataset = source.open(options);
        assertNotNull(dataset, "it opened nothing");
        return dataset;
    }

    private static void assertSame(Dataset expected, Dataset actual) {
        assertAll(
                () -> assertEquals(expected, actual), () -> assertEquals(expected.contentHash(), actual.contentHash()));
    }
}
