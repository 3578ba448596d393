package dev.ablate.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Block;
import dev.ablate.core.data.Column;
import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Task;
import dev.ablate.reader.csv.CsvReader;
import dev.ablate.reader.csv.Dialect;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.csv.RowText;
import dev.ablate.reader.csv.Source;
import dev.ablate.reader.file.HeaderLine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One small table in the ways in which programs and people write it: each line of {@code dialects/expected.csv}. */
class DialectsTest {

    /** What most of the files hold. */
    private static final Examples FOUR_ROWS =
            Examples.of(List.of("a", "b"), new double[] {1, 2, 2, 1, 3, 5, 0, 1}, new double[] {0, 1, 1, 0});

    private static final UnaryOperator<Tables> AS_IT_IS = UnaryOperator.identity();

    /** What must come of one file: with options or without, nothing is read in silence that is not sure. */
    private interface Check {
        void of(Path file);
    }

    private static final Map<String, Check> CHECKS = Map.ofEntries(
            Map.entry("02bom.csv", file -> reads(file, AS_IT_IS)),
            Map.entry("04cr.csv", file -> reads(file, AS_IT_IS)),
            Map.entry("06semicolon-decimalcomma.csv", file -> {
                DataException wrong = wrong(file);
                assertThat(wrong.faults())
                        .extracting(fault -> fault.place())
                        .containsExactly(file + ":2:1", file + ":4:3");
                assertThat(wrong.faults())
                        .allSatisfy(fault ->
                                assertThat(fault.reason()).contains("has a comma", "';' separates", "decimal: ','"));
                assertThat(values(open(file, options -> options.decimal(",")), 0))
                        .containsExactly(1.5, 2.25, 3, 0);
            }),
            Map.entry("08thousands-quoted.csv", file -> {
                refuses(file, "2:1", "a: '1,500' has a comma", "thousands: ','");
                assertThat(values(open(file, options -> options.thousands(",")), 0))
                        .containsExactly(1500, 2250, 12345678, 0);
            }),
            Map.entry(
                    "10trailing-comma-rows.csv",
                    file -> reads(file, AS_IT_IS, "the last column has no name and no values")),
            Map.entry("12dup-headers.csv", file -> {
                refuses(file, "1:3", "columns 1 and 2 are both called 'a'", "columns: [a, a_2, y] with header: true");
                Tables named = Tables.of(file, "y").names("a", "b", "y").header(HeaderLine.TRUE);
                assertThat(open(named).examples()).isEqualTo(FOUR_ROWS);
            }),
            Map.entry(
                    "14quoted-newline-header.csv",
                    file -> assertThat(open(file, AS_IT_IS).schema().featureNames())
                            .containsExactly("a unit", "b")),
            Map.entry("16utf16le.csv", file -> reads(file, AS_IT_IS, "UTF-16")),
            Map.entry("18utf16-nobom.csv", file -> {
                refuses(file, "1:1", "encoding: utf-16le");
                reads(file, options -> options.encoding(Encoding.UTF_16LE));
            }),
            Map.entry(
                    "20utf8-header.csv",
                    file -> assertThat(open(file, AS_IT_IS).schema().featureNames())
                            .containsExactly("gr\u00f6\u00dfe", "b")),
            Map.entry("22title-line.csv", file -> {
                refuses(file, "1:1", "no column 'y'", "skip: 2");
                reads(file, options -> options.skip(2));
            }),
            Map.entry("24blank-lines.csv", file -> reads(file, AS_IT_IS)),
            Map.entry("26blanks-only-line.csv", file -> reads(file, AS_IT_IS)),
            Map.entry("28ctrl-z.csv", file -> reads(file, AS_IT_IS, "Ctrl-Z")),
            Map.entry("30tabs.csv", file -> reads(file, AS_IT_IS, "separated by a tab")),
            Map.entry("32pipe.csv", file -> reads(file, AS_IT_IS, "separated by '|'")),
            Map.entry("34yesno.csv", file -> {
                Dataset data = open(file, AS_IT_IS);
                assertThat(data.examples()).isEqualTo(FOUR_ROWS);
                assertThat(data.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
                // of which the engine says once that the second counts as 1
                assertThat(data.classes()).containsExactly("no", "yes");
                Dataset turned = open(file, options -> options.positive("no"));
                assertThat(turned.classes()).containsExactly("yes", "no");
                assertThat(turned.examples().targets()).containsExactly(1, 0, 0, 1);
            }),
            Map.entry("36labels-11.csv", file -> {
                Dataset data = open(file, AS_IT_IS);
                assertThat(data.examples()).isEqualTo(FOUR_ROWS);
                assertThat(data.classes()).containsExactly("-1", "1");
            }),
            Map.entry(
                    "38percent.csv",
                    file -> categories(
                            file, List.of("0%", "10%", "20%", "30%"), "a is text with 4 values", "without the sign")),
            Map.entry(
                    "40dates.csv",
                    file -> categories(
                            file,
                            List.of("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"),
                            "d looks like a date",
                            "different in every row",
                            "identifier",
                            "ignore: [d]")),
            Map.entry("42hugeint.csv", file -> {
                refuses(file, "2:1", "a: '9007199254740993' is above 2^53", "columns: { a: category }");
                assertThat(open(file, options -> options.category("a"))
                                .schema()
                                .columns()
                                .get(0)
                                .categories())
                        .contains("9007199254740993", "9007199254740992");
            }),
            Map.entry("44na.csv", DialectsTest::missesOne),
            Map.entry("46quoted-empty.csv", DialectsTest::missesOne),
            Map.entry("48nonbreaking-space.csv", file -> {
                refuses(file, "2:1", "a non-breaking space in a number", "thousands: ' '");
                assertThat(values(open(file, options -> options.thousands(" ")), 0))
                        .containsExactly(1000, 2, 3, 0);
            }),
            Map.entry(
                    "50arabic-digits.csv",
                    file -> categories(file, List.of("0", "2", "3", "\u0661"), "'\u0661' in line 2 is not a number")),
            Map.entry(
                    "52hexfloat.csv",
                    file -> categories(
                            file,
                            List.of("0", "0x1p3", "2", "3"),
                            "'0x1p3' in line 2 is not a number",
                            "3 of 4 values are")),
            Map.entry("54leading-zeros.csv", file -> {
                refuses(file, "2:1", "'001' may be a code or a number", "{ a: category }", "{ a: number }");
                assertThat(values(open(file, options -> options.number("a")), 0))
                        .containsExactly(1, 10, 3, 0);
                assertThat(open(file, options -> options.category("a"))
                                .schema()
                                .columns()
                                .get(0)
                                .categories())
                        .containsExactly("0", "001", "010", "3");
            }),
            Map.entry("56inches.csv", file -> categories(file, List.of("0", "2", "3", "5\" pipe"), "5\" pipe")),
            Map.entry("58empty-file.csv", file -> refuses(file, "", "the file is empty")),
            Map.entry(
                    "60all-target-same.csv",
                    file -> assertThat(open(file, AS_IT_IS).remarks())
                            .singleElement()
                            .asString()
                            .contains("y is 1 in all rows")),
            Map.entry("62header-is-bias.csv", file -> {
                refuses(file, "1:3", "a feature may not be called 'bias'", "columns: [a, bias_2, y]");
                Tables named = Tables.of(file, "y").names("a", "b", "y").header(HeaderLine.TRUE);
                assertThat(open(named).examples()).isEqualTo(FOUR_ROWS);
            }),
            Map.entry(
                    "64odd-headers.csv",
                    file -> assertThat(open(file, AS_IT_IS).schema().featureNames())
                            .containsExactly("a/b", "c[0]")),
            Map.entry("66quoted-space.csv", file -> reads(file, AS_IT_IS)),
            Map.entry("68sepicolon-quoted.csv", file -> reads(file, AS_IT_IS, "separated by ';'")),
            Map.entry("70bom-quoted.csv", file -> reads(file, AS_IT_IS)));

    @TestFactory
    Stream<DynamicTest> eachFileIsReadAsExpected() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(DialectsTest.class.getResource("dialects"))
                .toURI());
        List<DynamicTest> tests = new ArrayList<>();
        try (Source source = Source.of(folder.resolve("expected.csv"))) {
            for (RowText row : new CsvReader(source, Dialect.separatedBy(';')).first(0, 1000)) {
                String name = row.cells().get(0).split(",", -1)[0];
                String outcome = row.cells().get(0).split(",", -1)[1];
                if (!name.equals("file")) {
                    Path file = folder.resolve(name);
                    tests.add(DynamicTest.dynamicTest(name + ": " + outcome, () -> check(file, outcome)));
                }
            }
        }
        assertThat(tests).hasSize(CHECKS.size());
        assertThat(new TreeSet<>(CHECKS.keySet())).allMatch(name -> Files.exists(folder.resolve(name)));
        return tests.stream();
    }

    private static void check(Path file, String outcome) {
        boolean missing = file.toString().contains("44") || file.toString().contains("46");
        boolean refused;
        try {
            open(file, AS_IT_IS).examples();
            refused = false;
        } catch (DataException e) {
            refused = !outcome.equals("category")
                    || !String.valueOf(e.getMessage()).contains("holds categories");
        }
        assertThat(refused).as(outcome).isEqualTo(outcome.equals("refused"));
        assertThat(missing && !refused).isFalse();
        Objects.requireNonNull(CHECKS.get(String.valueOf(file.getFileName()))).of(file);
    }

    /** A value is missing, which the reader has with its place; whether it is filled in, is not the reader's to say. */
    private static void missesOne(Path file) {
        Dataset data = open(file, AS_IT_IS);
        Block block = data.blocks().iterator().next();
        assertThat(block.number(0, 0)).isNaN();
        assertThat(block.place(0, 0)).isEqualTo(file + ":2:1");
        assertThat(values(data, 0)).containsExactly(Double.NaN, 2, 3, 0);
    }

    private static void reads(Path file, UnaryOperator<Tables> options, String... remarks) {
        Dataset data = open(file, options);
        assertThat(data.examples()).isEqualTo(FOUR_ROWS);
        assertThat(data.remarks()).hasSize(remarks.length);
        for (int i = 0; i < remarks.length; i++) {
            assertThat(data.remarks().get(i)).contains(remarks[i]);
        }
    }

    private static void categories(Path file, List<String> names, String... remark) {
        Dataset data = open(file, AS_IT_IS);
        Column first = data.schema().columns().get(0);
        assertThat(first.categories()).isEqualTo(names);
        assertThat(data.remarks()).singleElement().asString().contains(remark);
    }

    private static void refuses(Path file, String place, String... words) {
        DataException wrong = wrong(file);
        assertThat(wrong.place()).isEqualTo(file + (place.isEmpty() ? "" : ":" + place));
        assertThat(wrong.getMessage()).contains(words);
        assertThat(wrong.further()).isEmpty();
    }

    private static DataException wrong(Path file) {
        return catchThrowableOfType(DataException.class, () -> open(file, AS_IT_IS));
    }

    private static Dataset open(Path file, UnaryOperator<Tables> options) {
        return open(options.apply(Tables.of(file, "y")));
    }

    private static Dataset open(Tables options) {
        return new TabularData().open(options.options());
    }

    private static double[] values(Dataset data, int column) {
        Block block = data.blocks().iterator().next();
        double[] values = new double[block.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = block.number(column, row);
        }
        return values;
    }
}
