package dev.ablate.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.reader.csv.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole tables as people have them; what must come is in their {@code README.md} and {@code figures.json}. */
class TablesTest {

    @TempDir
    Path folder;

    @Test
    void readsPassengers() {
        Path file = file("passengers.csv");
        Dataset data = open(Tables.of(file, "survived").ignore("id", "name"));
        assertThat(data.schema().featureNames()).containsExactly("class", "sex", "age", "fare", "port");
        assertThat(data.schema().columns().get(1).categories()).containsExactly("female", "male");
        assertThat(data.schema().columns().get(4).categories()).containsExactly("C", "Q", "S");
        assertThat(data.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
        assertThat(data.classes()).containsExactly("no", "yes");
        Block rows = block(data);
        assertThat(rows.rows()).isEqualTo(120);
        assertThat(missing(data, 0)).isZero();
        assertThat(missing(data, 2)).isEqualTo(13);
        assertThat(missing(data, 3)).isZero();
        assertThat(missing(data, 4)).isEqualTo(5);
        assertThat(rows.place(2, 4)).isEqualTo(file + ":6:30");
        assertThat(counts(data, 4)).containsExactly(21, 16, 78);
        assertThat(counts(data, 5).get(1)).isEqualTo(68);
        assertThat(data.remarks()).isEmpty();
    }

    @Test
    void saysThatPassengersHaveIdentifiers() {
        Dataset data = open(Tables.of(file("passengers.csv"), "survived").category("class"));
        assertThat(data.schema().columns().get(2).categories()).containsExactly("1", "2", "3");
        assertThat(data.remarks())
                .containsExactly(
                        "name is different in every row, as an identifier is: give ignore: [name] to leave it out",
                        "id counts the rows, as an identifier does: give ignore: [id] to leave it out");
    }

    @Test
    void readsFlowersWithTwoWords() {
        Path file = file("flowers.csv");
        DataException wrong = catchThrowableOfType(DataException.class, () -> open(Tables.of(file, "art")));
        assertThat(wrong.place()).isEqualTo(file + ":1:2");
        assertThat(wrong).hasMessageContaining("encoding: latin-1");
        assertThat(wrong.further()).hasSize(3).allMatch(line -> line.contains("decimal: ','"));
        assertThat(wrong.further().get(0)).startsWith(file + ":2:1: l\u00e4nge: '5,01'");
        Dataset data = open(Tables.of(file, "art").encoding(Encoding.LATIN_1).decimal(","));
        assertThat(data.schema().featureNames()).containsExactly("l\u00e4nge", "bl\u00fcte", "breite");
        assertThat(data.classes()).containsExactly("alba", "grandis", "minor");
        assertThat(counts(data, 3)).containsExactly(30, 30, 30);
        assertThat(data.examples().row(0)).containsExactly(5.01, 1.61, 0.10);
        assertThat(data.remarks()).containsExactly("the columns are separated by ';'");
    }

    @Test
    void leavesTheIndexOfCarsOut() {
        Dataset data = open(Tables.of(file("cars.csv"), "mpg"));
        assertThat(data.schema().featureNames()).containsExactly("weight", "horsepower", "origin", "model");
        assertThat(missing(data, 1)).isEqualTo(4);
        assertThat(data.schema().columns().get(2).categories()).containsExactly("europe", "japan", "usa");
        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(block(data).rows()).isEqualTo(80);
        assertThat(data.remarks())
                .containsExactly(
                        "model is different in every row, as an identifier is: give ignore: [model] to leave it out",
                        "the first column has no name and another whole number in every row, as an identifier has: it is"
                                + " left out");
    }

    @Test
    void readsASensorWithoutAHeader() {
        Path file = file("sensor.txt");
        Dataset named = open(Tables.of(file, "y").names("a", "b", "y"));
        assertThat(named.schema().featureNames()).containsExactly("a", "b");
        assertThat(named.classes()).containsExactly("-1", "1");
        assertThat(named.examples().size()).isEqualTo(200);
        assertThat(counts(named, 2)).containsExactly(189, 11);
        assertThat(named.examples().row(1)).containsExactly(-1.1839, 0.2128);
        String first =
                "the first line was taken for a row, as it holds a number: give header: true if it names the columns";
        assertThat(named.remarks()).containsExactly("the columns are separated by runs of blanks", first);
        Dataset numbered = open(Tables.of(file, "column 3"));
        assertThat(numbered.examples().targets()).isEqualTo(named.examples().targets());
        assertThat(numbered.remarks()).contains(first);
        DataException wrong = catchThrowableOfType(DataException.class, () -> open(Tables.of(file, "y")));
        assertThat(wrong).hasMessageContaining("columns: [x, y]");
    }

    @Test
    void roundsNoGrades() {
        Path file = file("grades.csv");
        DataException wrong = catchThrowableOfType(DataException.class, () -> open(Tables.of(file, "grade")));
        assertThat(wrong.place()).isEqualTo(file + ":2:1");
        assertThat(wrong).hasMessageContaining("above 2^53").hasMessageContaining("columns: { student: category }");
        Dataset data = open(Tables.of(file, "grade").ignore("student"));
        assertThat(data.task()).isEqualTo(Task.REGRESSION);
        assertThat(data.remarks()).hasSize(2);
        assertThat(data.remarks().get(0)).contains("day looks like a date", "ignore: [day]");
        assertThat(data.remarks().get(1)).contains("grade has 3 values (0, 1, 2)", "task: classes", "task: regression");
        Dataset classes = open(Tables.of(file, "grade").ignore("student", "day").task(TableTask.CLASSES));
        assertThat(classes.classes()).containsExactly("0", "1", "2");
        assertThat(counts(classes, 1)).containsExactly(12, 24, 24);
        assertThat(classes.remarks()).isEmpty();
    }

    @Test
    void advisesToLeaveOutFeaturesAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a,name,y\n1,p,u\n2,q,v\n3,r,w\n");
        assertThat(open(Tables.of(file, "y")).remarks())
                .containsExactly(
                        "name is different in every row, as an identifier is: give ignore: [name] to leave it out");
        Path dated = Files.writeString(folder.resolve("dated.csv"), "a,y\n1,2026-03-01\n2,2026-03-02\n3,2026-03-01\n");
        assertThat(open(Tables.of(dated, "y")).remarks()).isEmpty();
    }

    @Test
    void takesFewCodesOfDigitsForText() throws IOException {
        Path file = Files.writeString(
                folder.resolve("data.csv"),
                "drive,model,age,y\n4,a4,7,1.5\nf,100,x,2.5\nr,sl,8,3.5\nf,tt,9,4.5\nr,z,7,5.5\n");
        assertThat(open(Tables.of(file, "y")).remarks())
                .containsExactly(
                        "model is different in every row, as an identifier is: give ignore: [model] to leave it out",
                        "age is read as text, as 'x' in line 3 is not a number; 4 of 5 values are: give columns: { age:"
                                + " number } to have all such values refused");
    }

    @Test
    void saysOnceThatTargetsAreMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a,y\n1,\n2,2.5\n3,NA\n4,3.5\n5,NA\n");
        assertThat(wrong(Tables.of(file, "y")))
                .isEqualTo(file + ":2:3: y has no value in 3 of 5 rows, of which this is the first: fill them in, or"
                        + " remove these rows, as nobody knows their answer");
    }

    @Test
    void readsWhatGzipPacked() throws IOException {
        Path packed = folder.resolve("passengers.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file("passengers.csv"), out);
        }
        Dataset data = open(Tables.of(packed, "survived").ignore("id", "name"));
        assertThat(data.contentHash())
                .isEqualTo(open(Tables.of(file("passengers.csv"), "survived").ignore("id", "name"))
                        .contentHash());
        assertThat(block(data).place(2, 4)).isEqualTo(packed + ":6:30");
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(Files.readAllBytes(packed), 500));
        DataException wrong = catchThrowableOfType(DataException.class, () -> open(Tables.of(cut, "survived")));
        assertThat(wrong).hasMessageStartingWith("begins as a file that is packed by gzip, and cannot be unpacked");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16, UTF_16", "UTF-16BE, UTF_16BE", "UTF-16LE, UTF_16LE", "windows-1252, LATIN_1"})
    void readsOtherEncodings(String charset, Encoding encoding) throws IOException {
        Path file = Files.write(
                folder.resolve("data.csv"), "gr\u00f6\u00dfe,y\n1,2.5\n2,3.5\n\u00fc,3\n".getBytes(charset));
        Dataset data = open(Tables.of(file, "y").encoding(encoding));
        assertThat(data.schema().featureNames()).containsExactly("gr\u00f6\u00dfe");
        assertThat(data.schema().columns().get(0).categories()).containsExactly("1", "2", "\u00fc");
        // a character is one column, however many bytes it has
        DataException wrong = catchThrowableOfType(
                DataException.class,
                () -> open(Tables.of(file, "y").encoding(encoding).number("gr\u00f6\u00dfe")));
        assertThat(wrong.place()).isEqualTo(file + ":4:1");
    }

    @Test
    void saysWhereAFileIsNotUtf16() throws IOException {
        byte[] half = "x,y\n1,2".getBytes(StandardCharsets.UTF_16LE);
        Path file = Files.write(folder.resolve("data.csv"), Arrays.copyOf(half, half.length - 1));
        DataException wrong = catchThrowableOfType(
                DataException.class, () -> open(Tables.of(file, "y").encoding(Encoding.UTF_16LE)));
        assertThat(wrong.place()).isEqualTo(file + ":2:3");
        assertThat(wrong).hasMessage("is not utf-16le from here on: give another encoding");
    }

    @Test
    void findsTheSeparatorWithoutAHeader() throws IOException {
        Path file = Files.writeString(folder.resolve("data.txt"), "1,5;2,25;a b\n3,5;4,75;c\n0,5;1;a b\n");
        Dataset data = open(Tables.of(file, "column 3").decimal(","));
        assertThat(data.classes()).containsExactly("a b", "c");
        assertThat(data.examples().row(1)).containsExactly(3.5, 4.75);
        assertThat(data.remarks().get(0)).isEqualTo("the columns are separated by ';'");
    }

    @Test
    void refusesWhatSpecAndFileDisagreeOn() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a,b,y\n1,2,no\n3,4,yes\n5,,yes\n");
        assertThat(wrong(Tables.of(file, "y").names("a", "y")))
                .isEqualTo("columns: there are 2 names for 3 columns of the file");
        assertThat(wrong(Tables.of(file, "y").ignore("c"))).isEqualTo("ignore: no column 'c'; there are a, b, y");
        assertThat(wrong(Tables.of(file, "y").category("c"))).isEqualTo("columns: no column 'c'; there are a, b, y");
        assertThat(wrong(Tables.of(file, "y").positive("ja")))
                .isEqualTo("positive: 'ja' is not a class of y, which has no and yes");
        assertThat(wrong(Tables.of(file, "y").ignore("a", "b")))
                .isEqualTo(file + ":1:1: there is no column besides the target 'y': a feature is needed");
        assertThat(wrong(Tables.of(file, "b")))
                .isEqualTo(file + ":4:3: b: the value is missing: fill it in, or remove the row");
        assertThat(wrong(Tables.of(file, "y").task(TableTask.CLASSES)))
                .isEqualTo(file + ":2:5: y has two classes: give task: binary-classification, or leave it out");
        assertThat(wrong(Tables.of(file, "a").positive("1").task(TableTask.REGRESSION)))
                .isEqualTo("positive: there are not two classes, of which one counts as 1: leave this out");
    }

    private static String wrong(Tables options) {
        return catchThrowableOfType(DataException.class, () -> open(options))
                .faults()
                .get(0)
                .toString();
    }

    @Test
    void namesTwentyProblemsAndCountsTheOthers() throws IOException {
        StringBuilder text = new StringBuilder("x,z,y\n");
        for (int row = 0; row < 150; row++) {
            text.append("red,blue,1.5\n");
        }
        text.append("1,2\n1,2,\n");
        Path file = Files.writeString(folder.resolve("wrong.csv"), text);
        TableColumns numbers =
                new TableColumns(List.of(), Map.of("x", TableColumns.Kind.NUMBER, "z", TableColumns.Kind.NUMBER));
        DataException wrong = catchThrowableOfType(
                DataException.class, () -> open(Tables.of(file, "y").columns(numbers)));
        assertThat(wrong.faults()).hasSize(20);
        assertThat(wrong.faults().get(0))
                .hasToString(file + ":2:1: x: 'red' is not a number: code the column as numbers, or remove it");
        assertThat(wrong.faults().get(1)).asString().startsWith(file + ":2:5: z: 'blue'");
        // 300 words, a short row and a missing target
        assertThat(wrong.further().get(19)).isEqualTo("and 282 more");
    }

    @Test
    void findsATextBehindManyNumbers() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int row = 0; row < 50_000; row++) {
            text.append(row).append(",").append(row % 2).append('\n');
        }
        Path file = Files.writeString(folder.resolve("late.csv"), text + "oops,1\n");
        Dataset data = open(Tables.of(file, "y"));
        assertThat(data.schema().columns().get(0).categories()).hasSize(50_001).contains("oops");
        assertThat(data.remarks())
                .containsExactly(
                        "x is read as text, as 'oops' in line 50002 is not a number; 50000 of 50001 values are: give"
                                + " columns: { x: number } to have all such values refused");
    }

    @Test
    void takesAColumnForNumbersThatIsQuotedOrHasThousands() throws IOException {
        Path file = Files.writeString(folder.resolve("late.csv"), "x;y\n\"1.234,5\";1\n;0\n-2;1\n");
        Dataset data = open(Tables.of(file, "y").decimal(",").thousands("."));
        assertThat(block(data).number(0, 0)).isEqualTo(1234.5);
        assertThat(block(data).number(0, 1)).isNaN();
        assertThat(block(data).number(0, 2)).isEqualTo(-2);
    }

    private Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TablesTest.class.getResource("tables/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Dataset open(Tables options) {
        try {
            return new TabularData().open(options.options());
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    private static Block block(Dataset data) {
        return data.blocks().iterator().next();
    }

    private static int missing(Dataset data, int column) {
        Column type = data.schema().columns().get(column);
        Block rows = block(data);
        int missing = 0;
        for (int row = 0; row < rows.rows(); row++) {
            missing += type.categories().isEmpty()
                    ? Double.isNaN(rows.number(column, row)) ? 1 : 0
                    : rows.category(column, row) < 0 ? 1 : 0;
        }
        return missing;
    }

    private static List<Integer> counts(Dataset data, int column) {
        List<Integer> counts = new ArrayList<>();
        data.schema().columns().get(column).categories().forEach(name -> counts.add(0));
        Block rows = block(data);
        for (int row = 0; row < rows.rows(); row++) {
            int code = rows.category(column, row);
            if (code >= 0) {
                counts.set(code, counts.get(code) + 1);
            }
        }
        return counts;
    }
}
