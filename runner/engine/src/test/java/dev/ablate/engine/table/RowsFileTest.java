package dev.ablate.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.plan.RowInputs;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows to predict, in the files in which the table of a dataset may be. */
class RowsFileTest {

    private static final Path DIALECTS =
            Path.of("../../datasets/src/test/resources/dev/ablate/datasets/table/dialects");

    private static final RowInputs NUMBERS = RowInputs.numbers(List.of("b", "a"));
    private static final RowInputs TYPED =
            new RowInputs(List.of(new Input("size", List.of()), new Input("port", List.of("C", "Q"))));
    private static final DatasetFormat UNKNOWN = DatasetFormat.of(Map.of());

    @TempDir
    private Path folder;

    private RowsFile read(String text, DatasetFormat dataset, RowInputs inputs) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), text, StandardCharsets.UTF_8);
        return RowsFile.read(file, dataset, List.of(), inputs, true);
    }

    @ParameterizedTest
    @CsvSource({
        "02bom",
        "04cr",
        "10trailing-comma-rows",
        "16utf16le",
        "24blank-lines",
        "28ctrl-z",
        "30tabs",
        "32pipe",
        "66quoted-space",
        "68sepicolon-quoted",
        "70bom-quoted"
    })
    void readsEachDialectByItself(String name) {
        RowsFile read = RowsFile.read(DIALECTS.resolve(name + ".csv"), UNKNOWN, List.of(), NUMBERS, false);
        assertThat(read.rows())
                .containsExactly(List.of(2.0, 1.0), List.of(1.0, 2.0), List.of(5.0, 3.0), List.of(1.0, 0.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "06semicolon-decimalcomma | decimal=, | 2 1.5 1 2.25 5.125 3 1 0 | :2:1: error: a must be a number, got '1,5' | give --read decimal=','",
                "08thousands-quoted | thousands=, | 2 1500 1 2250 5 12345678 1 0 | :2:1: error: a must be a number, got '1,500' | give --read thousands=','",
                "18utf16-nobom | encoding=utf-16le | 2 1 1 2 5 3 1 0 | :1:1: error: looks like UTF-16 without a mark | give --read encoding=utf-16le",
                "22title-line | skip=2 | 2 1 1 2 5 3 1 0 | :1:1: error: no column 'b'; line 3 has it | give --read skip=2",
                "48nonbreaking-space | thousands=' ' | 2 1000 1 2 5 3 1 0 | :2:1: error: a must be a number | give --read thousands=' '",
            })
    void refusesWhatItMayNotGuessAndReadsItWhereItIsSaid(
            String name, String given, String values, String place, String wayOut) {
        Path file = DIALECTS.resolve(name + ".csv");
        assertThatThrownBy(() -> RowsFile.read(file, UNKNOWN, List.of(), NUMBERS, false))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(name + ".csv" + place)
                .hasMessageContaining(wayOut);
        List<Double> read = RowsFile.read(file, UNKNOWN, List.of(given), NUMBERS, false).rows().stream()
                .flatMap(List::stream)
                .toList();
        assertThat(read)
                .containsExactlyElementsOf(
                        List.of(values.split(" ")).stream().map(Double::valueOf).toList());
    }

    @Test
    void takesWhatTheDatasetSays() throws IOException {
        DatasetFormat dataset = DatasetFormat.of(Map.of(
                "dataset.plugin",
                "table",
                "dataset.decimal",
                "','",
                "dataset.na",
                "['', '-']",
                "dataset.separator",
                "auto"));
        assertThat(read("size;port;note\n1,5;C;x\n-;-;y\n", dataset, TYPED).rows())
                .containsExactly(List.of(1.5, 0.0), List.of(Double.NaN, Double.NaN));
        assertThat(RowsFile.read(
                                Files.writeString(folder.resolve("p.csv"), "size,port\n1.5,C\n"),
                                dataset,
                                List.of("decimal=."),
                                TYPED,
                                true)
                        .rows())
                .containsExactly(List.of(1.5, 0.0));
    }

    @Test
    void saysOnceThatThereIsNoneOfTheColumns() {
        assertThatThrownBy(() -> read("x,y\n1,C\n", UNKNOWN, TYPED))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        thrown -> assertThat(thrown.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.message()).startsWith("no column 'size'");
                            assertThat(problem.render()).contains("nor any other that is needed: port");
                        }));
    }

    @Test
    void knowsTheColumnsOfADatasetWithoutAHeader() throws IOException {
        DatasetFormat dataset = DatasetFormat.of(
                Map.of("dataset.plugin", "table", "dataset.columns", "[size, price, port]", "dataset.target", "price"));
        List<List<Double>> expected = List.of(List.of(1.5, 1.0), List.of(2.0, 0.0));
        assertThat(read("1.5,3,Q\n2,4,C\n", dataset, TYPED).rows()).isEqualTo(expected);
        assertThat(read("1.5,Q\n2,C\n", dataset, TYPED).rows()).isEqualTo(expected);
        assertThat(read("port,size\nQ,1.5\nC,2\n", dataset, TYPED).rows()).isEqualTo(expected);
        assertThatThrownBy(() -> read("length,harbour\n1.5,Q\n2,C\n", dataset, TYPED))
                .hasMessageContaining("rows.csv:1:1: error: no column 'size'");
    }

    @Test
    void skipsTheTitleOfTheDatasetOnlyWhereThereIsOne() throws IOException {
        DatasetFormat dataset = DatasetFormat.of(Map.of("dataset.plugin", "table", "dataset.skip", "1"));
        assertThat(read("ships\nsize,port\n1,C\n", dataset, TYPED).rows()).containsExactly(List.of(1.0, 0.0));
        assertThat(read("size,port\n1,C\n2,Q\n", dataset, TYPED).rows()).hasSize(2);
    }

    @Test
    void doesNotLookAtColumnsThatNobodyNeeds() throws IOException {
        byte[] latin = "size,port,name\n1,C,Zo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin.csv"), latin);
        assertThat(RowsFile.read(file, UNKNOWN, List.of(), TYPED, false).rows()).hasSize(1);

        byte[] needed = "size,port\n1,\u00eb\n".getBytes(StandardCharsets.ISO_8859_1);
        Path other = Files.write(folder.resolve("other.csv"), needed);
        assertThatThrownBy(() -> RowsFile.read(other, UNKNOWN, List.of(), TYPED, false))
                .hasMessageContaining("other.csv:2:3: error: is not UTF-8 from here on: give --read encoding=latin-1");
    }

    @Test
    void namesTwentyProblemsFromAboveAndCountsTheOthers() {
        assertThatThrownBy(() -> read("size,port\n" + "x,Y\n".repeat(10) + "1\n" + "2,Z\n".repeat(3), UNKNOWN, TYPED))
                .isInstanceOfSatisfying(
                        SpecException.class, e -> assertThat(e.problems()).hasSize(20))
                .hasMessageContaining("rows.csv:2:3: error: port must be one of C, Q, got 'Y'")
                .hasMessageContaining("rows.csv:11:3: error: port")
                .hasMessageEndingWith("and 4 more");
        assertThatThrownBy(() -> read("size,port\n1\n", UNKNOWN, TYPED))
                .hasMessageContaining("rows.csv:2:1: error: 1 value for 2 columns: a value or a ',' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "skip | must be KEY=VALUE",
                "decimel=, | unknown key 'decimel'; did you mean 'decimal'?",
                "decimal=; | must be '.' or ','",
                "skip=-1 | must be at least 0",
                "encoding=koi8 | must be",
            })
    void refusesWhatNoFileIsWrittenLike(String given, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "size,port\n1,C\n");
        assertThatThrownBy(() -> RowsFile.read(file, UNKNOWN, List.of(given), TYPED, true))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("--read " + given + ": error: ")
                .hasMessageContaining(reason);
    }
}
