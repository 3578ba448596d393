package dev.ablate.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.option.Option;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.PlainValue;
import dev.ablate.core.option.Range;
import dev.ablate.core.option.Refused;
import dev.ablate.reader.csv.Encoding;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.reader.file.HeaderLine;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableOptionsTest {

    private static final Optional<Path> FILE = Optional.of(Path.of("a.csv"));
    private static final List<List<Double>> ROWS = List.of(List.of(1.0, 0.0), List.of(2.0, 1.0));

    @Test
    void fillsInTheSeparatorThatItSaysIsTheDefault() {
        RecordComponent separator = Stream.of(FileFormat.class.getRecordComponents())
                .filter(component -> component.getName().equals("separator"))
                .findFirst()
                .orElseThrow();
        assertThat(file(Optional.empty()).format().separator())
                .hasValueSatisfying(character -> assertThat(
                                separator.getAnnotation(Option.class).fallback())
                        .isEqualTo(character));
        assertThat(rows(List.of("x", "y"), ROWS).format().separator()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", " ", ":", "§"})
    void takesWhatNeverStandsInANumber(String separator) {
        assertThat(file(Optional.of(separator)).format().separator()).hasValue(separator);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "1", "e", ".", "-", "+", "\"", "'", "\n", "\r", "😀"})
    void refusesASeparatorThatIsNone(String separator) {
        assertThat(reasons(() -> file(Optional.of(separator))))
                .containsExactly("separator: must be one character such as ',', ';', '|' or \"\\t\","
                        + " and none that numbers or names are made of; or spaces, or auto");
    }

    @Test
    void refusesDataThatIsMissingOrGivenTwice() {
        assertThat(reasons(() -> options(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("file: there is no data: give file, or rows with columns");
        assertThat(reasons(() -> options(FILE, Optional.of(ROWS), Optional.of(List.of("x", "y")), Optional.empty())))
                .containsExactly("rows: give file or rows, not both");
    }

    @Test
    void refusesRowsWithoutColumnsAndWithASeparator() {
        assertThat(reasons(() -> options(Optional.empty(), Optional.of(ROWS), Optional.empty(), Optional.of(","))))
                .containsExactly(
                        "separator: there is no file whose values are separated: leave this out",
                        "columns: rows need the names of their columns, such as [x1, x2, y]");
    }

    @Test
    void refusesColumnsThatAreNotNames() {
        assertThat(reasons(() -> rows(List.of("x", "x", "", "bias"), List.of(List.of(1.0, 2.0, 3.0, 4.0)))))
                .containsExactly(
                        "columns: two columns are called 'x': rename one",
                        "columns: column 3 of 4 has no name: name it",
                        "columns: a feature may not be called 'bias', the name of what is added: rename it",
                        "target: no column 'y'; there are x, x, , bias");
    }

    @Test
    void refusesATargetAlone() {
        assertThat(reasons(() -> rows(List.of("y"), List.of(List.of(1.0)))))
                .containsExactly("target: there is no column besides the target 'y': a feature is needed");
    }

    @Test
    void refusesRowsThatAreNotAsWideAsTheColumns() {
        assertThat(reasons(() ->
                        rows(List.of("x", "y"), List.of(List.of(1.0), List.of(1.0, 2.0), List.of(1.0, 2.0, 3.0)))))
                .containsExactly(
                        "rows: row 1 of 3 has 1 value for 2 columns", "rows: row 3 of 3 has 3 values for 2 columns");
        assertThat(reasons(() -> rows(List.of("x", "y"), List.of())))
                .containsExactly("rows: there must be at least one row");
    }

    @Test
    void refusesAClassificationOfThreeLabels() {
        assertThat(reasons(() -> Tables.rows(
                        Optional.of(TableTask.BINARY_CLASSIFICATION),
                        "y",
                        List.of("x", "y"),
                        List.of(List.of(1.0, 1.0), List.of(1.0, 2.0), List.of(1.0, 0.0)))))
                .containsExactly(
                        "rows: row 3 of 3: '0' is a third class, after '1' and '2': there must be two, so recode it, or give task: regression");
    }

    @Test
    void leavesOutWhatIsSoByDefault() {
        Path file = Path.of("a.csv");
        Tables plain = Tables.of(file, "y");
        assertThat(plain.header(HeaderLine.AUTO)
                        .skip(0)
                        .separator("auto")
                        .decimal(".")
                        .na("", "NA", "N/A", "NaN", "null", "?")
                        .ignore()
                        .options())
                .isEqualTo(plain.options());
        assertThat(plain.skip(1).options()).isNotEqualTo(plain.options());
    }

    @Test
    void refusesHowAFileCannotBeWritten() {
        Tables plain = Tables.of(Path.of("a.csv"), "y");
        assertThat(reasons(() -> plain.decimal(";"))).containsExactly("decimal: must be '.' or ','");
        assertThat(reasons(() -> plain.thousands("1")))
                .containsExactly("thousands: must be ',', '.', \"'\", '_' or ' '");
        assertThat(reasons(() -> plain.thousands(".")))
                .containsExactly("thousands: is the decimal mark, too: give decimal: ','");
        assertThat(reasons(() -> plain.ignore("x", "y"))).containsExactly("ignore: the target cannot be ignored");
    }

    @Test
    void refusesForRowsWhatIsSaidOfFiles() {
        TableOptions rows = rows(List.of("x", "y"), ROWS);
        FileFormat format = Tables.of(Path.of("a.csv"), "y")
                .header(HeaderLine.TRUE)
                .skip(1)
                .decimal(",")
                .na("-")
                .thousands(".")
                .encoding(Encoding.LATIN_1)
                .options()
                .format();
        assertThat(reasons(() -> rows.in(format)))
                .hasSize(7)
                .contains("skip: there is no file: leave this out", "na: there is no file: leave this out");
    }

    @Test
    void readsColumnsAsAListOrAMap() {
        OptionType<TableColumns> type = new TableColumns.Type();
        List<String> problems = new ArrayList<>();
        for (Object written : List.of(List.of("a", "b"), Map.of("a", "category", "b", "number"))) {
            TableColumns columns = type.read(new PlainValue("columns", written, Range.all(), problems::add))
                    .orElseThrow();
            assertThat(type.write(columns)).isEqualTo(written);
        }
        assertThat(type.read(new PlainValue("columns", Map.of("a", "text"), Range.all(), problems::add)))
                .isEmpty();
        assertThat(type.read(new PlainValue("columns", "a", Range.all(), problems::add)))
                .isEmpty();
        assertThat(problems)
                .containsExactly(
                        "columns.a must be category or number, got 'text'",
                        "columns must be a list of names or a map from names to category or number, got 'a'");
    }

    private static List<String> reasons(ThrowingCallable construction) {
        return catchThrowableOfType(Refused.class, construction).all().stream()
                .map(reason -> reason.option() + ": " + reason.text())
                .toList();
    }

    private static TableOptions file(Optional<String> separator) {
        return options(FILE, Optional.empty(), Optional.empty(), separator);
    }

    private static TableOptions rows(List<String> columns, List<List<Double>> rows) {
        return options(Optional.empty(), Optional.of(rows), Optional.of(columns), Optional.empty());
    }

    private static TableOptions options(
            Optional<Path> file,
            Optional<List<List<Double>>> rows,
            Optional<List<String>> columns,
            Optional<String> separator) {
        return new TableOptions(
                file,
                rows,
                columns.map(TableColumns::named),
                "y",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new FileFormat(
                        Optional.empty(),
                        Optional.empty(),
                        separator,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
