package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
        Dataset dataset = open(source());
        List<String> features = dataset.examples().features();
        assertFalse(dataset.target().isBlank(), "a target without a name");
        assertFalse(features.contains(dataset.target()), "a feature with the target's name");
        assertEquals(dataset.target().strip(), dataset.target(), "blanks around the target's name");
        for (String name : features) {
            assertEquals(name.strip(), name, "blanks around a feature's name");
            assertFalse(name.contains("/"), "'/' parts the names of layers and units: " + name);
        }
    }

    @Test
    final void hasTargetsThatDiffer() {
        Examples examples = open(source()).examples();
        assertTrue(
                IntStream.range(1, examples.size()).anyMatch(row -> examples.target(row) != examples.target(0)),
                "all targets are alike: there is nothing to learn");
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
