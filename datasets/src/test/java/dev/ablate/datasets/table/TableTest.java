package dev.ablate.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTest {

    private static final String TWO_HOUSES = "area,age,price\n100,3,250.5\n-80,1e1,.5\n";

    private static final Examples EXPECTED =
            Examples.of(List.of("area", "age"), new double[] {100, 3, -80, 10}, new double[] {250.5, 0.5});

    @TempDir
    private Path folder;

    @Nested
    final class OfAFile extends DatasetContract<TableOptions> {
        @Override
        protected DatasetSource<TableOptions> source() {
            return new TabularData();
        }

        @Override
        protected TableOptions options() {
            return file(write(TWO_HOUSES), "price");
        }
    }

    @Nested
    final class OfRowsInTheSpec extends DatasetContract<TableOptions> {
        @Override
        protected DatasetSource<TableOptions> source() {
            return new TabularData();
        }

        @Override
        protected TableOptions options() {
            return rows(Optional.empty(), List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0));
        }
    }

    @Test
    void readsAFile() {
        Dataset houses = numbers(TWO_HOUSES, "price");
        assertThat(houses.examples()).isEqualTo(EXPECTED);
        assertThat(houses.task()).isEqualTo(Task.REGRESSION);
        assertThat(houses.target()).isEqualTo("price");
        assertThat(houses.source()).isEqualTo("data.csv");
    }

    @Test
    void readsRows() {
        Dataset rows = new TabularData()
                .open(rows(Optional.of(TableTask.REGRESSION), List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)));
        assertThat(rows.examples())
                .isEqualTo(Examples.of(List.of("a", "b"), new double[] {1, 3, 4, 6}, new double[] {2, 5}));
        assertThat(rows.source()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFarea,age,price\n100,3,250.5\n-80,10,0.5",
                "area,age,price\r\n100,3,250.5\r\n-80,10,0.5\r\n",
                "area,age,price\r100,3,250.5\r-80,10,0.5\r",
                "\narea,age,price\n\n100,3,250.5\n-80,10,0.5\n\n\n",
                "\"area\",\"age\",\"price\"\n\"100\",3,\"250.5\"\n-80,\"10\",0.5\n",
                " area , age,price \n 100, 3.,+250.5\n-80.00 ,1E+1, 5e-1\n"
            })
    void readsWhatProgramsWrite(String text) {
        assertThat(numbers(text, "price").examples()).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void readsOtherSeparators(String separator) {
        Path file = write(TWO_HOUSES.replace(",", separator));
        assertThat(new TabularData()
                        .open(file(file, "price", Optional.of(TableTask.REGRESSION), separator))
                        .examples())
                .isEqualTo(EXPECTED);
    }

    @Test
    void takesTheTargetFromAnyColumn() {
        assertThat(numbers(TWO_HOUSES, "area").examples())
                .isEqualTo(Examples.of(
                        List.of("age", "price"), new double[] {3, 250.5, 10, 0.5}, new double[] {100, -80}));
    }

    @Test
    void letsTheTargetBeCalledBias() {
        assertThat(open("x,bias\n1,2\n", "bias").target()).isEqualTo("bias");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 0",
        "1, 1",
        "0, 0",
        "0.0, 1.0",
        "-0, 1e0",
    })
    void takesZeroAndOneForClasses(String one, String other) {
        Dataset data = open("x,y\n1," + one + "\n2," + other + "\n", "y");
        assertThat(data.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(data.classes()).containsExactly("0", "1");
        assertThat(data.isCoded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 1, 2",
        "2, 1, 1, 2",
        "-1, 1, -1, 1",
        "2, 4, 2, 4",
        "0, 100, 0, 100",
        "0.5, 1, 0.5, 1",
        "1.0, 2.00, 1.0, 2.00",
        "1e3, 0, 0, 1e3",
    })
    void codesTwoOtherLabelsAsClassesTheGreaterAsOne(String one, String other, String zero, String greater) {
        Dataset data = open("y,x\n" + one + ",1\n " + other + " ,2\n" + one + ",3\n", "y");
        boolean rising = one.equals(zero);
        assertThat(data.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(data.classes()).containsExactly(zero, greater);
        assertThat(data.isCoded()).isTrue();
        assertThat(data.examples().targets()).containsExactly(rising ? 0 : 1, rising ? 1 : 0, rising ? 0 : 1);
    }

    @Test
    void callsALabelAsItIsWrittenFirst() {
        assertThat(open("x,y\n1,2.0\n2,1\n3,2\n4,1.00\n", "y").classes()).containsExactly("1", "2.0");
    }

    @Test
    void codesTheLabelsOfRowsInTheSpec() {
        Dataset data = new TabularData().open(rows(Optional.empty(), List.of(1.0, 2.5, 3.0), List.of(1.0, -1.0, 3.0)));
        assertThat(data.examples().targets()).containsExactly(1, 0);
        assertThat(data.classes()).containsExactly("-1", "2.5");
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3", "0, 1, 2", "5, 5, 5", "0, 0.5, 1"})
    void takesOtherTargetsForNumbers(String one, String other, String third) {
        Dataset data = open("x,y\n1," + one + "\n2," + other + "\n3," + third + "\n", "y");
        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(data.classes()).isEmpty();
        assertThat(data.examples().target(2)).isEqualTo(Double.parseDouble(third));
    }

    @Test
    void learnsNumbersWhereThatIsAskedFor() {
        assertThat(new TabularData()
                        .open(rows(Optional.of(TableTask.REGRESSION), List.of(1.0, 0.0, 1.0), List.of(1.0, 1.0, 1.0)))
                        .task())
                .isEqualTo(Task.REGRESSION);
        assertThat(numbers("x,y\n1,1\n2,2\n", "y").examples().targets()).containsExactly(1, 2);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("unreadable")
    void reportsPlaceAndReason(String text, String place, String reason) {
        Path file = write(text);
        Tables options = Tables.of(file, "y").separator(",").task(TableTask.REGRESSION);
        // else a feature that is not of numbers is one of categories
        DataException wrong = wrong((text.startsWith("x,y") ? options.number("x") : options).options());
        assertThat(wrong.place()).isEqualTo(file + place);
        assertThat(wrong).hasMessage(reason);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("", "", "the file is empty: its first line must name the columns"),
                Arguments.of("\n\r\n", "", "the file is empty: its first line must name the columns"),
                Arguments.of("\uFEFF", "", "the file is empty: its first line must name the columns"),
                Arguments.of("x,y\n", "", "there is no row below the header"),
                Arguments.of(
                        "1,0\n2,1\n",
                        ":1:1",
                        "no column 'y'; there are column 1, column 2; the first line holds a number, so that it is a row: name the"
                                + " columns, such as columns: [x, y], or put a line above it that names them"),
                Arguments.of("a,b\n1,0\n", ":1:1", "no column 'y'; there are a, b"),
                Arguments.of("y\n1\n", ":1:1", "there is no column besides the target 'y': a feature is needed"),
                Arguments.of(
                        "x;y\n1;0\n",
                        ":1:1",
                        "no column 'y'; there are x;y; if ';' separates the columns, give separator: \";\""),
                Arguments.of(
                        "x\ty\n1\t0\n",
                        ":1:1",
                        "no column 'y'; there are x\ty; if '\\t' separates the columns, give separator: \"\\t\""),
                Arguments.of(
                        "x,y,x\n1,2,3\n",
                        ":1:5",
                        "columns 1 and 3 are both called 'x': rename one, or give all names: columns: [x, y, x_2] with header: true"),
                Arguments.of("x, ,y\n1,2,3\n", ":1:3", "column 2 of 3 has no name: name it"),
                Arguments.of("\uFEFFx,,y\n1,2,3\n", ":1:3", "column 2 of 3 has no name: name it"),
                Arguments.of(
                        "bias,y\n1,2\n",
                        ":1:1",
                        "a feature may not be called 'bias', the name of what is added: rename it, or give all names: columns:"
                                + " [bias_2, y] with header: true"),
                Arguments.of("x,y\n1,0\n2,\n", ":3:3", "y: the value is missing: fill it in, or remove the row"),
                Arguments.of(
                        "x,y\n1,0\n1,NA\n",
                        ":3:3",
                        "y: 'NA' stands for a missing value: fill it in, or remove the row"),
                Arguments.of(
                        "x,y\n1,0\n-,1\n", ":3:1", "x: '-' stands for a missing value: fill it in, or remove the row"),
                Arguments.of(
                        "x,y\n1,0\n2,red\n",
                        ":3:3",
                        "y: 'red' is not a number: code the column as numbers, or remove it"),
                Arguments.of(
                        "x,y\n1,0x10\n", ":2:3", "y: '0x10' is not a number: code the column as numbers, or remove it"),
                Arguments.of(
                        "x,y\n1,2d\n", ":2:3", "y: '2d' is not a number: code the column as numbers, or remove it"),
                Arguments.of("x,y\n1,NaN\n", ":2:3", "y: 'NaN' is not a finite number: fill it in, or remove the row"),
                Arguments.of(
                        "x,y\n1,-inf\n", ":2:3", "y: '-inf' is not a finite number: fill it in, or remove the row"),
                Arguments.of(
                        "x,y\n1e999,1\n", ":2:1", "x: '1e999' is greater than a double can hold: use a larger unit"),
                Arguments.of(
                        "x,y\n\"1,5\",1\n",
                        ":2:1",
                        "x: '1,5' has a comma: give decimal: ',', or write decimals with a point"),
                Arguments.of(
                        "x,y\n1,5,1\n",
                        ":2:5",
                        "3 values for 2 columns: remove what is too much; a number with a comma looks like two: write a point"),
                Arguments.of("x,z,y\n1,2,3\n\n1,2\n", ":4:3", "2 values for 3 columns: a value or a ',' is missing"),
                Arguments.of("x,y\n  \n", "", "there is no row below the header"),
                // places behind quotes, line ends of all kinds, and characters of two chars
                Arguments.of(
                        "x,y\r1,2\r3,red",
                        ":3:3",
                        "y: 'red' is not a number: code the column as numbers, or remove it"),
                Arguments.of(
                        "\"a\n,b\",y\n1,2\r\n3,red\r4,5",
                        ":4:3",
                        "y: 'red' is not a number: code the column as numbers, or remove it"),
                Arguments.of(
                        "x,z,y\n\"1\n\",2,red\n",
                        ":3:5",
                        "y: 'red' is not a number: code the column as numbers, or remove it"),
                Arguments.of(
                        "x,y\n\u00e9\ud83d\ude00,1\n",
                        ":2:1",
                        "x: '\u00e9\ud83d\ude00' is not a number: code the column as numbers, or remove it"),
                Arguments.of("\ud83d\ude00,,y\n1,2,3\n", ":1:3", "column 2 of 3 has no name: name it"));
    }

    @Test
    void hintsAtDecimalCommasBesideAnotherSeparator() {
        Path file = write("x;y\n1,5;0\n");
        DataException wrong = wrong(file(file, "y", Optional.empty(), ";"));
        assertThat(wrong.place()).isEqualTo(file + ":2:1");
        assertThat(wrong)
                .hasMessage(
                        "x: '1,5' has a comma: give decimal: ',', or write decimals with a point (';' separates the columns)");
    }

    @Test
    void codesTheLabelsOfAClassificationThatIsAskedFor() {
        Path file = write("x,y\n1,1\n2,2\n");
        assertThat(new TabularData()
                        .open(file(file, "y", Optional.of(TableTask.BINARY_CLASSIFICATION), ","))
                        .classes())
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x,y;1,1;2,2;3,1;4,3.0;5,4 | :5:3 | '3.0' is a third class, after '1' and '2': there must be two, so"
                        + " recode it, or give task: regression",
                "x,y;1,5;2,5.0 | :2:3 | the class is '5' in every row: there must be two, so code it as 0 or 1, or give"
                        + " task: regression",
            })
    void refusesAClassificationOfMoreOrLessThanTwoLabels(String text, String place, String reason) {
        Path file = write(text.replace(';', '\n'));
        DataException wrong = wrong(file(file, "y", Optional.of(TableTask.BINARY_CLASSIFICATION), ","));
        assertThat(wrong.place()).isEqualTo(file + place);
        assertThat(wrong).hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,y\n0,1\n\"1,2\n3,4\n", "x,y\n0,1\n\"1\"5,2\n"})
    void refusesQuotesThatDoNotMatch(String text) {
        Path file = write(text);
        DataException wrong = wrong(file(file, "y"));
        assertThat(wrong.place()).isEqualTo(file + ":3:1");
        assertThat(wrong)
                .hasMessage(
                        "a value in this row opens a quote and does not close it, or goes on behind it: mend its quotes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {"; ~ ;", "| ~ |", "`\t` ~ \\t", "` ` ~ ` `"})
    void asksForTheSeparatorOfAQuotedHeader(String separator, String named) {
        String header = "\"fixed acidity\"" + separator + "\"b, c\"" + separator + "\"y\"\n";
        DataException wrong = wrong(file(write(header + "7.4" + separator + "0.7" + separator + "5\n"), "y"));
        assertThat(wrong)
                .hasMessageEndingWith("; if '" + named + "' separates the columns, give separator: \"" + named + "\"")
                .hasMessageNotContaining("mend");
    }

    @Test
    void asksForTheSeparatorWhereOnlyARowIsQuoted() {
        DataException wrong = wrong(file(write("x;y\n\"1\";\"0\"\n"), "y"));
        assertThat(wrong).hasMessageEndingWith("; if ';' separates the columns, give separator: \";\"");
    }

    @Test
    void asksForDoubleQuotesAroundNames() {
        DataException wrong = wrong(file(write("'a','b','y'\n1,2,1\n"), "y"));
        assertThat(wrong)
                .hasMessage("no column 'y'; there are 'a', 'b', 'y'; quotes around a name must be double quotes");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path missing = folder.resolve("missing.csv");
        DataException wrong = wrong(file(missing, "y"));
        assertThat(wrong.place()).isEqualTo(missing.toString());
        assertThat(wrong).hasMessage("there is no such file; a path is relative to the file in which it is written");
    }

    @Test
    void refusesAFileThatNoArrayHolds() throws IOException {
        Path file = folder.resolve("huge.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3_000_000_000L);
        }
        assertThat(wrong(file(file, "y"))).hasMessage("is larger than 2 GB: take a part of its rows");
    }

    @Test
    void refusesAFolder() {
        assertThat(wrong(file(folder, "y"))).hasMessage("is a folder: a CSV file is needed");
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, :2:2"})
    void refusesAnotherEncoding(String charset, String place) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, "x,y\n1\u00e9,2\n".getBytes(charset));
        DataException wrong = wrong(file(file, "y"));
        assertThat(wrong.place()).isEqualTo(file + place);
        assertThat(wrong)
                .hasMessage(
                        "is not UTF-8 from here on: give encoding: latin-1 if it is that, or save the file in UTF-8");
    }

    @Test
    void refusesAFileThatEndsWithinACharacter() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, new byte[] {'x', ',', 'y', '\n', '1', ',', '2', (byte) 0xC3});
        assertThat(wrong(file(file, "y")).place()).isEqualTo(file + ":2:4");
    }

    @Test
    void readsALargeFile() {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 100_000; row++) {
            text.append(row).append(".25,").append(row % 2).append('\n');
        }
        Examples examples = open(text.toString(), "y").examples();
        assertThat(examples.size()).isEqualTo(100_000);
        assertThat(examples.row(99_999)).containsExactly(99_999.25);
        assertThat(wrong(file(write(text + "1,x\n"), "y", Optional.of(TableTask.REGRESSION), ","))
                        .place())
                .endsWith("data.csv:100002:3");
    }

    private Dataset numbers(String text, String target) {
        return new TabularData().open(file(write(text), target, Optional.of(TableTask.REGRESSION), ","));
    }

    private Dataset open(String text, String target) {
        return new TabularData().open(file(write(text), target));
    }

    private static DataException wrong(TableOptions options) {
        return catchThrowableOfType(DataException.class, () -> new TabularData().open(options));
    }

    private Path write(String text) {
        try {
            return Files.write(folder.resolve("data.csv"), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TableOptions file(Path file, String target) {
        return file(file, target, Optional.empty(), ",");
    }

    private static TableOptions file(Path file, String target, Optional<TableTask> task, String separator) {
        Tables options = Tables.of(file, target).separator(separator);
        return task.map(options::task).orElse(options).options();
    }

    private static TableOptions rows(Optional<TableTask> task, List<Double> first, List<Double> second) {
        return Tables.rows(task, "target", List.of("a", "target", "b"), List.of(first, second));
    }
}
