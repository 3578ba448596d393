package dev.ablate.datasets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Examples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Line ends, quotes, blanks and numbers as files have them, and which of several problems is reported. */
final class TableFileTest {

    private static final String NO_NUMBER = "' is not a number: code the column as numbers, or remove it";
    private static final String QUOTES =
            "a value in this row opens a quote and does not close it, or goes on behind it: mend its quotes";
    private static final String ENCODING =
            "is not UTF-8 from here on: give encoding: latin-1 if it is that, or save the file in UTF-8";

    private static final Examples EXPECTED = Examples.of(List.of("x"), new double[] {1, 3}, new double[] {2, 4});

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,y\n1,2\n3,4\n",
                "x,y\n1,2\n3,4",
                "x,y\r\n1,2\r\n3,4\r\n",
                "x,y\r\n1,2\r\n3,4",
                "x,y\r1,2\r3,4",
                "x,y\n1,2\r\n3,4\r",
                "x,y\r\r\n1,2\r\r\n3,4\r\r\n",
                "\uFEFFx,y\n1,2\n3,4\n",
                "\uFEFF\"x\",\"y\"\n1,2\n3,4\n",
                "\uFEFF\n\r\nx,y\n1,2\n3,4\n",
                "x,y\n\"1\n\",2\n\"\r\n3\",\"\r\r4\n\n\"\n",
                "x,y\n\"1\",\"2\"\r\n\"3\",\"4\"",
                "x,y\n\t1 , 2\n \f3\u000B,\u001C4\u001F\n",
                "\u2003x,y\u3000\n\u20281,2\u3000\n3\u2029,4\n",
                "x,y\n+1,2.\n3.0,+.4e1\n",
                "x,y\n1.0,2.000000000000000000000000\n30e-1,0.0000000000000000000000004E+25\n",
                " \n\t\nx,y\n   \n1,2\n\t\n3,4\n  ",
                "x,y\n1, \"2\"\n  \"3\",4\n",
                "x,y,\n1,2,\n3,4,\n",
                "x,y\n1,2,\n3,4, \n",
                "x,y\n1,2\n3,4\n\u001a",
            })
    void readsLineEndsQuotesAndBlanks(String text) {
        assertThat(read(text)).isEqualTo(EXPECTED);
    }

    @Test
    void takesQuotesAndLineEndsIntoTheNames() {
        assertThat(read("\"a\n\"\"unit\"\"\",y\n1,2\n").features()).containsExactly("a \"unit\"");
        assertThat(read("a\"b,y\n1,2\n").features()).containsExactly("a\"b");
        assertThat(read("#x,y\n1,2\n").features()).containsExactly("#x");
        assertThat(read("\uFEFF\uFEFFx,y\n1,2\n").features()).containsExactly("\uFEFFx");
    }

    @ParameterizedTest
    @CsvSource({
        "1e-400, 0",
        "-1e-99999999999, -0.0",
        "0e99999999999, 0",
        "4.9e-324, 4.9e-324",
        "2.4703282292062328e-324, 4.9e-324",
        "2.4703282292062327e-324, 0",
        "2.2250738585072011e-308, 2.225073858507201e-308",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "9007199254740992, 9007199254740992",
        "9007199254740993e0, 9007199254740992",
        "9007199254740993.00000000000000000001, 9007199254740994",
        "123456789012345678901234567890.0, 1.2345678901234568e29",
        "0.000000000000000000000000000001, 1e-30",
    })
    void roundsToTheNearestDouble(String written, double expected) {
        assertThat(read("x,y\n" + written + ",2\n").row(0)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "1f",
                "1D",
                "0x1p3",
                "0x10",
                "1e",
                "1e+",
                "e5",
                "--1",
                "+-1",
                "1-",
                "1.2.3",
                "1e5.5",
                "+",
                "\u00851",
                "\u00a01",
                "\u0661",
                "\u2212" + "1",
                "5\"",
                "12%",
                "2020-01-01",
                "\u0000" + "1",
                "1\u001a",
                "\uFEFF1",
                "1\u00e9"
            })
    void refusesWhatIsNotANumber(String written) {
        DataException wrong = wrong("x,y\n1,2\n" + written + ",4\n");
        assertThat(place(wrong)).isEqualTo("3:1");
        assertThat(wrong).hasMessage("x: '" + written.strip() + NO_NUMBER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NaN | 'NaN' is not a finite number: fill it in, or remove the row",
                "+nan | '+nan' is not a finite number: fill it in, or remove the row",
                "-Infinity | '-Infinity' is not a finite number: fill it in, or remove the row",
                "INF | 'INF' is not a finite number: fill it in, or remove the row",
                "1e309 | '1e309' is greater than a double can hold: use a larger unit",
                "-1.7976931348623159e308 | '-1.7976931348623159e308' is greater than a double can hold: use a larger unit",
                "1e99999999999 | '1e99999999999' is greater than a double can hold: use a larger unit",
                "N/A | 'N/A' stands for a missing value: fill it in, or remove the row",
                ". | '.' stands for a missing value: fill it in, or remove the row",
                "- | '-' stands for a missing value: fill it in, or remove the row",
                "`  ` | the value is missing: fill it in, or remove the row",
                "\"\" | the value is missing: fill it in, or remove the row",
                "\"1,5\" | '1,5' has a comma: give decimal: ',', or write decimals with a point",
                "\"1,500\" | '1,500' has a comma: give thousands: ',', or decimal: ',' if decimals follow it",
                "\"0,777\" | '0,777' has a comma: give decimal: ',', or write decimals with a point",
                "1_000 | '1_000' has '_' in a number: give thousands: \"_\"",
                "1'000 | '1'000' has ''' in a number: give thousands: \"'\"",
                "1 000 | '1 000' has a blank in a number: give thousands: ' '",
                "1\u00a0000 | '1\u00a0000' has a non-breaking space in a number: give thousands: ' '",
                "9007199254740993 | '9007199254740993' is above 2^53, and would be rounded to another number: give columns:"
                        + " { y: category }, or ignore: [y]",
                "\"1\"\"\" | '1\"' is not a number: code the column as numbers, or remove it",
                "\"\"\"\" | '\"' is not a number: code the column as numbers, or remove it",
                "\"1\"\"2\" | '1\"2' is not a number: code the column as numbers, or remove it",
            })
    void saysWhatIsWrongWithANumber(String written, String reason) {
        DataException wrong = wrong("x,y\n1,2\n3," + written);
        assertThat(place(wrong)).isEqualTo("3:3");
        assertThat(wrong).hasMessage("y: " + reason);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("misshapen")
    void reportsTheFirstProblem(String text, String place, String reason) {
        DataException wrong = wrong(text);
        assertThat(place(wrong)).isEqualTo(place);
        assertThat(wrong).hasMessage(reason);
    }

    static Stream<Arguments> misshapen() {
        String few = "1 value for 2 columns: a value or a ',' is missing";
        String many =
                "3 values for 2 columns: remove what is too much; a number with a comma looks like two: write a point";
        return Stream.of(
                // too few and too many, before what is wrong with a value of that row
                Arguments.of("x,y\n1,2\n\"\"\n3,4\n", "3:1", few),
                Arguments.of("x,y\n1,2\nred", "3:1", few),
                Arguments.of("x,y\n1,2\n\u001a\n", "3:1", few),
                Arguments.of("x,y\n1,2,\n3,4\n", "2:5", many),
                Arguments.of("x,y\n,,\n", "2:1", "x: there is no value in any row: give ignore: [x]"),
                Arguments.of("x,y\nred,1,2\n", "2:7", many),
                Arguments.of("x,y\n\"\n\"1,\"\r\n\",\n", "2:1", QUOTES),
                Arguments.of("x,y\n\"\n1\",\"\r\n2\",3\n", "4:4", many),
                Arguments.of("x,z,y\n1,2,3\n\"4\n\",5\n", "4:3", "2 values for 3 columns: a value or a ',' is missing"),
                // a quote within a value is a character like others
                Arguments.of(
                        "5\",y,y\n1,2,3\n",
                        "1:6",
                        "columns 2 and 3 are both called 'y': rename one, or give all names: columns: [5\", y, y_2] with header: true"),
                Arguments.of("x,y\n1,2\n5\",1,2\n", "3:6", many),
                // rows from above, values from the left
                Arguments.of("x,y\n1,red\n1\n", "2:3", "y: 'red" + NO_NUMBER),
                Arguments.of("x,y\nblue,red\n", "2:1", "x: 'blue" + NO_NUMBER),
                Arguments.of("x,y\n1,2\r\n\r\n\r3,4\nred,5\n", "6:1", "x: 'red" + NO_NUMBER),
                Arguments.of("x,y\n\"1\n\r\n\",2\n\"\u2003\n\u2003\u2003 3\",red\n", "6:7", "y: 'red" + NO_NUMBER),
                Arguments.of("x,y\n\"1\n2\",3\n", "2:1", "x: '1\n2" + NO_NUMBER),
                // quotes before all else that is wrong with rows and names
                Arguments.of("x,y\n1,\"", "2:1", QUOTES),
                Arguments.of("x,y\n1,\"\"\"", "2:1", QUOTES),
                Arguments.of("x,y\n1,\"2\" \n", "2:1", QUOTES),
                Arguments.of("x,y\n1,red\n2\n\"1\"5,2\n", "4:1", QUOTES),
                Arguments.of("x,z\n1,red\n1,\"5\n", "3:1", QUOTES),
                Arguments.of("\"x,y\n1,2\n", "1:1", QUOTES),
                Arguments.of("\"x\"1,y\n\"1,2\n", "1:1", QUOTES),
                Arguments.of("x,y\n\"1\n\",2\n3,\"4\r\n,", "4:1", QUOTES),
                // names before rows
                Arguments.of("x,z\n1,red\n1\n", "1:1", "no column 'y'; there are x, z"));
    }

    @ParameterizedTest
    @CsvSource({
        "'x,y\n1,2\r3,\u00e9', 2:7",
        "'\uFEFFx\u00e9,y\n1,2\n', 1:3",
        "'x,z\n1,red\n\"1\"5,2\n\"\u00e9', 4:2",
        "'\n\n\u00e9', 3:1",
        "'x,y\n1,\u00e9\n1,\u00fc\n', 2:3",
    })
    void reportsTheEncodingBeforeAllElse(String text, String place) {
        byte[] marked = text.getBytes(StandardCharsets.ISO_8859_1);
        if (text.startsWith("\uFEFF")) {
            // the mark is UTF-8, what follows is not
            byte[] rest = text.substring(1).getBytes(StandardCharsets.ISO_8859_1);
            marked = new byte[3 + rest.length];
            System.arraycopy("\uFEFF".getBytes(StandardCharsets.UTF_8), 0, marked, 0, 3);
            System.arraycopy(rest, 0, marked, 3, rest.length);
        }
        DataException wrong = wrong(marked);
        assertThat(place(wrong)).isEqualTo(place);
        assertThat(wrong).hasMessage(ENCODING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a7", " ", "\u2502", "#"})
    void cutsAtAnyCharacter(String separator) {
        String text = "x,y\n\"1\",2\n3,\"4\"\n".replace(",", separator);
        assertThat(read(text, separator)).isEqualTo(EXPECTED);
    }

    @Test
    void cutsAtTheWholeCharacter() {
        // the first of the two bytes is the same
        assertThat(catchThrowableOfType(DataException.class, () -> read("x\u00a7y\n1\u00a72\u00a9\n", "\u00a7")))
                .hasMessage("y: '2\u00a9" + NO_NUMBER);
        assertThat(catchThrowableOfType(DataException.class, () -> read("x\u00a7y\n\"1\"\u00a92\n", "\u00a7")))
                .hasMessage(QUOTES);
    }

    @Test
    void readsAPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "has no named pipes");
        Process writer = new ProcessBuilder("sh", "-c", "printf 'x,y\\n1,2\\n' > " + pipe).start();
        assertThat(open(pipe, ",").row(0)).containsExactly(1);
        assertThat(writer.waitFor()).isZero();
    }

    @Test
    void readsManyColumnsAndLongValues() {
        StringBuilder names = new StringBuilder("y");
        StringBuilder row = new StringBuilder("1");
        for (int column = 0; column < 20_000; column++) {
            names.append(",x").append(column);
            row.append(',').append(column);
        }
        assertThat(read(names + "\n" + row).row(0)).hasSize(20_000).endsWith(19_999);
        String blanks = " ".repeat(17_000_000);
        assertThat(read("x,y\n1,2\n\"" + blanks + "3\"," + blanks + "4")).isEqualTo(EXPECTED);
    }

    @Test
    void saysThatItWasInterrupted() {
        Path file = write("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8));
        Thread.currentThread().interrupt();
        DataException wrong = catchThrowableOfType(DataException.class, () -> open(file, ","));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(wrong).hasMessage("was not read to its end: the reading was interrupted");
        assertThat(open(file, ",").size()).isEqualTo(1);
    }

    private String place(DataException wrong) {
        String file = folder.resolve("data.csv") + ":";
        assertThat(wrong.place()).startsWith(file);
        return wrong.place().substring(file.length());
    }

    private DataException wrong(String text) {
        return wrong(text.getBytes(StandardCharsets.UTF_8));
    }

    private DataException wrong(byte[] bytes) {
        // else a feature that is not of numbers is one of categories
        Tables options = Tables.of(write(bytes), "y").task(TableTask.REGRESSION).separator(",");
        boolean hasX = bytes.length > 1 && bytes[0] == 'x' && bytes[1] == ',';
        return catchThrowableOfType(
                DataException.class, () -> new TabularData().open((hasX ? options.number("x") : options).options()));
    }

    private Examples read(String text) {
        return read(text, ",");
    }

    private Examples read(String text, String separator) {
        return open(write(text.getBytes(StandardCharsets.UTF_8)), separator);
    }

    private Path write(byte[] bytes) {
        try {
            return Files.write(folder.resolve("data.csv"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Examples open(Path file, String separator) {
        Tables options = Tables.of(file, "y").task(TableTask.REGRESSION).separator(separator);
        return new TabularData().open(options.options()).examples();
    }
}
