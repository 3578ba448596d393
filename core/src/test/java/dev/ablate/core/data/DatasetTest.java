package dev.ablate.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DatasetTest {

    private static final Examples OR =
            Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 1});

    @Test
    void hasOneHashForEqualDataOnEveryMachine() {
        // computed independently, with Python's struct and hashlib
        assertEquals(
                "29622c613f4e67fc34581a8259061c92fd318460b71511bfd4b62a72eb4136c1",
                Dataset.classification(OR, "y", "anyone").contentHash());
    }

    /** More rows than are added to the digest at once, in one array, in several, and in blocks. */
    @Test
    void hasTheHashOfItsNumbersHoweverManyThereAre() throws IOException, NoSuchAlgorithmException {
        int rows = 3 * 4096 + 5;
        double[] values = IntStream.range(0, 3 * rows)
                .mapToDouble(i -> Math.sin(i) * Math.pow(10, i % 600 - 300))
                .toArray();
        double[] targets =
                IntStream.range(0, rows).mapToDouble(i -> 1.0 / (i - 7.5)).toArray();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            for (String word : List.of("REGRESSION", "y")) {
                out.writeUTF(word);
            }
            out.writeInt(rows);
            out.writeInt(3);
            for (String feature : List.of("a", "b", "c")) {
                out.writeUTF(feature);
            }
            for (double number : values) {
                out.writeDouble(number);
            }
            for (double number : targets) {
                out.writeDouble(number);
            }
        }
        String expected = HexFormat.of().formatHex(digest.digest());

        List<String> names = List.of("a", "b", "c");
        List<double[]> parts = IntStream.range(0, 4)
                .mapToObj(part -> Arrays.copyOfRange(values, part * 3 * 4096, Math.min((part + 1) * 4096, rows) * 3))
                .toList();
        Dataset one = Dataset.regression(Examples.of(names, values, targets), "y", Map.of(), "");
        Dataset several = Dataset.regression(Examples.of(names, Matrix.wrap(3, parts), targets), "y", Map.of(), "");
        Dataset blocks = Dataset.of(one.schema(), one.blocks());
        assertEquals(expected, one.contentHash());
        assertEquals(expected, several.contentHash());
        assertEquals(expected, blocks.contentHash());
        assertEquals(one, several);
    }

    @Test
    void leavesUnitsAndSourceOutOfTheHash() {
        assertEquals(
                Dataset.regression(OR, "y", Map.of(), "").contentHash(),
                Dataset.regression(OR, "y", Map.of("x1", "volt"), "someone").contentHash());
    }

    @ParameterizedTest
    @MethodSource("slightlyDifferent")
    void hasAnotherHashWhenAnythingDiffers(Dataset other) {
        assertNotEquals(Dataset.classification(OR, "y", "").contentHash(), other.contentHash());
    }

    static Stream<Dataset> slightlyDifferent() {
        double[] rows = OR.rows().toArray();
        double[] targets = OR.targets();
        double[] oneValue = OR.rows().toArray();
        oneValue[7] = Math.nextUp(1.0);
        return Stream.of(
                Dataset.regression(OR, "y", Map.of(), ""),
                Dataset.classification(OR, "z", ""),
                Dataset.classification(Examples.of(List.of("x1", "x3"), rows, targets), "y", ""),
                Dataset.classification(Examples.of(List.of("x2", "x1"), rows, targets), "y", ""),
                Dataset.classification(Examples.of(OR.features(), oneValue, targets), "y", ""),
                Dataset.classification(Examples.of(OR.features(), rows, new double[] {0, 1, 1, 0}), "y", ""),
                Dataset.classification(OR.take(0, 2, 1, 3), "y", ""),
                Dataset.classification(OR.take(0, 1, 2), "y", ""),
                Dataset.classification(OR.select(List.of("x1")), "y", ""));
    }

    @Test
    void knowsWhatTheDataCallTheirClasses() {
        Dataset named = Dataset.classification(OR, "y", List.of("off", "on"), "");
        assertEquals("off", named.label(0));
        assertEquals("on", named.label(1));
        assertEquals(List.of("0", "1"), Dataset.classification(OR, "y", "").classes());
        assertTrue(named.isCoded());
        assertEquals(named.classes(), named.from("elsewhere").classes());
        assertFalse(Dataset.classification(OR, "y", "").isCoded());
        assertEquals(List.of(), Dataset.regression(OR, "y", Map.of(), "").classes());
        assertThrows(
                IllegalStateException.class,
                () -> Dataset.regression(OR, "y", Map.of(), "").label(0));
    }

    @Test
    void leavesTheNamesOfClassesOutOfTheHash() {
        assertEquals(
                Dataset.classification(OR, "y", "").contentHash(),
                Dataset.classification(OR, "y", List.of("off", "on"), "").contentHash());
    }

    @Test
    void refusesNamesThatAreNotOfDifferentClasses() {
        for (List<String> classes : List.of(List.of("a"), List.of("a", "a"), List.of("a", " "), List.<String>of())) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Dataset.classification(OR, "y", classes, ""),
                    classes.toString());
        }
    }

    @Test
    void refusesATargetWithAFeaturesName() {
        assertThrows(IllegalArgumentException.class, () -> Dataset.classification(OR, "x1", ""));
        assertThrows(IllegalArgumentException.class, () -> Dataset.classification(OR, " ", ""));
    }

    @Test
    void refusesAClassOtherThanZeroAndOne() {
        Examples halves = Examples.of(List.of("x"), new double[] {1, 2}, new double[] {0, 0.5});
        assertThrows(IllegalArgumentException.class, () -> Dataset.classification(halves, "y", ""));
        assertEquals(
                Task.REGRESSION, Dataset.regression(halves, "y", Map.of(), "").task());
    }

    @Test
    void refusesAUnitOfSomethingThatIsNotThere() {
        assertThrows(
                IllegalArgumentException.class, () -> Dataset.regression(OR, "y", Map.of("area", "square feet"), ""));
        assertEquals(
                Map.of("y", "volt"),
                Dataset.regression(OR, "y", Map.of("y", "volt"), "").units());
    }

    @Test
    void keepsItsRemarksApartFromTheData() {
        Dataset plain = Dataset.classification(OR, "y", "");
        Dataset remarked = plain.remarking(List.of("the separator is ;"));
        assertEquals(List.of(), plain.remarks());
        assertEquals(List.of("the separator is ;"), remarked.remarks());
        assertEquals(plain, remarked);
        assertEquals(plain.contentHash(), remarked.contentHash());
        assertEquals(remarked.remarks(), remarked.from("elsewhere").remarks());
        assertEquals(remarked.remarks(), remarked.with(OR.take(0, 1)).remarks());
    }

    @Test
    void anExceptionNamesAllThatIsWrong() {
        DataException wrong = new DataException(
                List.of(
                        new DataException.Fault("a.csv:2:1", "is red"),
                        new DataException.Fault("a.csv:3:1", "is blue")),
                312);
        assertEquals("a.csv:2:1", wrong.place());
        assertEquals("is red", wrong.getMessage());
        assertEquals(List.of("a.csv:3:1: is blue", "and 312 more"), wrong.further());
        assertEquals(List.of(), new DataException("a.csv", "is red").further());
    }
}
