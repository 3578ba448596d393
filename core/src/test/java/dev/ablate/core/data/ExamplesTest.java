package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ExamplesTest {

    private static final Examples PEOPLE =
            Examples.of(List.of("age", "height"), new double[] {30, 1.8, 40, 1.7, 50, 1.6}, new double[] {7, 8, 9});

    @Test
    void knowsItsShape() {
        assertEquals(3, PEOPLE.size());
        assertEquals(2, PEOPLE.width());
        assertArrayEquals(new double[] {40, 1.7}, PEOPLE.row(1));
        assertEquals(8, PEOPLE.target(1));
    }

    @Test
    void neverChanges() {
        double[] rows = {1, 2};
        double[] targets = {3};
        Examples examples = Examples.of(List.of("a", "b"), rows, targets);
        rows[0] = 99;
        targets[0] = 99;
        examples.rows().toArray()[0] = 99;
        examples.rows().row(0)[0] = 99;
        examples.targets()[0] = 99;
        examples.row(0)[0] = 99;
        assertArrayEquals(new double[] {1, 2}, examples.rows().toArray());
        assertArrayEquals(new double[] {3}, examples.targets());
    }

    @Test
    void selectsFeaturesInTheOrderAskedFor() {
        assertEquals(
                Examples.of(List.of("height", "age"), new double[] {1.8, 30, 1.7, 40, 1.6, 50}, new double[] {7, 8, 9}),
                PEOPLE.select(List.of("height", "age")));
        assertEquals(
                Examples.of(List.of("height"), new double[] {1.8, 1.7, 1.6}, new double[] {7, 8, 9}),
                PEOPLE.select(List.of("height")));
    }

    @Test
    void takesRowsInTheOrderAskedFor() {
        assertEquals(
                Examples.of(PEOPLE.features(), new double[] {50, 1.6, 30, 1.8, 50, 1.6}, new double[] {9, 7, 9}),
                PEOPLE.take(2, 0, 2));
        assertThrows(IllegalArgumentException.class, PEOPLE::take);
    }

    @Test
    void namesTheFeaturesThatThereAreWhenOneIsUnknown() {
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> PEOPLE.select(List.of("weight")));
        assertEquals("no feature 'weight'; there are age, height", unknown.getMessage());
    }

    @Test
    void showsItsFirstRows() {
        assertEquals(
                "3 rows of [age, height]: [30.0, 1.8] -> 7.0, [40.0, 1.7] -> 8.0, [50.0, 1.6] -> 9.0",
                PEOPLE.toString());
    }

    @Test
    void equalsWhatHasTheSameNamesRowsAndTargets() {
        Examples same = PEOPLE.take(0, 1, 2);
        assertEquals(PEOPLE, same);
        assertEquals(PEOPLE.hashCode(), same.hashCode());
        assertNotEquals(PEOPLE, PEOPLE.take(0, 2, 1));
        assertNotEquals(PEOPLE, Examples.of(List.of("age", "size"), PEOPLE.rows(), PEOPLE.targets()));
        assertNotEquals(PEOPLE, Examples.of(PEOPLE.features(), PEOPLE.rows(), new double[] {7, 8, 10}));
    }

    @Test
    void makeAnotherFormOfThemOnceForAllWhoUseIt() {
        Examples some = PEOPLE.take(0, 1);
        double[] targets = some.derived(double[].class, Examples::targets);
        assertArrayEquals(new double[] {7, 8}, targets);
        assertSame(targets, some.derived(double[].class, Examples::targets));
        assertEquals("[age, height]", some.derived(String.class, examples -> String.valueOf(examples.features())));
        assertNotSame(targets, PEOPLE.take(0, 1).derived(double[].class, Examples::targets));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses(List<String> features, double[] rows, double[] targets, String reason) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Examples.of(features, rows, targets));
        assertEquals(reason, refused.getMessage());
    }

    static Stream<Arguments> malformed() {
        double[] one = {1};
        double[] two = {1, 2};
        double[] none = {};
        return Stream.of(
                Arguments.of(List.of(), none, one, "examples need at least one feature and one row"),
                Arguments.of(List.of("a"), none, none, "examples need at least one feature and one row"),
                Arguments.of(List.of("a", "a"), two, one, "two features have one name: [a, a]"),
                Arguments.of(List.of("a", " "), two, one, "a feature may not be called ' '"),
                Arguments.of(List.of("a", "bias"), two, one, "a feature may not be called 'bias'"),
                Arguments.of(List.of("a", "b"), one, one, "1 values are not 1 rows of 2 features"),
                Arguments.of(List.of("a"), new double[] {Double.NaN}, one, "a feature value is not finite: NaN"),
                Arguments.of(
                        List.of("a"),
                        one,
                        new double[] {Double.NEGATIVE_INFINITY},
                        "a target is not finite: -Infinity"));
    }
}
