package dev.ablate.engine.compare.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.catalog.FormatOptions;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.reader.file.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFileTest {

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("r.csv"), text, StandardCharsets.UTF_8);
    }

    private Results read(String text, String metric) throws IOException {
        return ResultsFile.read(write(text), FileFormat.none()).results(List.of(metric), List.of());
    }

    @Test
    void readsWhatAnyProgramMayWrite() throws IOException {
        Results results = read("""
                \uFEFFseed,comment,variant,accuracy,trainer.learning_rate
                1,"a, ""b"" c",old, 0.5 ,0.1
                2.0,,new,,0.1
                2,,old,nan,0.2
                """, "accuracy");
        assertThat(results.variants()).containsExactly("old", "new");
        assertThat(results.pairs()).containsExactly(Pair.of(1), Pair.of(2));
        assertThat(results.cells())
                .containsExactly(Map.of("trainer.learning_rate", "0.1"), Map.of("trainer.learning_rate", "0.2"));
        assertThat(results.observations()).hasSize(3).allMatch(Observation::finished);
        assertThat(results.observations().get(0).metrics()).containsEntry("accuracy", 0.5);
        assertThat(results.observations().get(1).metrics().get("accuracy")).isNaN();
    }

    /** As a program writes it that judges the same items by several models. */
    @Test
    void pairsByAnyText() throws IOException {
        Results results = read("variant,pair,loss\nold,item-7,1\nnew,item-7,2\nold,007,1\nnew,7,2\n", "loss");
        assertThat(results.pairs()).containsExactly(new Pair("item-7"), new Pair("007"), Pair.of(7));
        assertThat(read("variant,seed,pair,loss\nold,,1/fold=2,1\nnew,1,1/fold=3,2\n", "loss")
                        .pairs())
                .containsExactly(Pair.of(1, 2), Pair.of(1, 3));
    }

    @Test
    void pairsByFoldBesideSeed() throws IOException {
        assertThat(read("variant,seed,fold,loss\nold,1,1,1\nold,1,2,2\nnew,1,1,2\nnew,1,2,3\n", "loss")
                        .pairs())
                .containsExactly(Pair.of(1, 1), Pair.of(1, 2));
        // as scikit-learn counts; an empty fold is a seed that has none
        assertThat(read("variant,seed,fold,loss\nold,1,0,1\nold,1,1.0,2\nold,2,,2\n", "loss")
                        .pairs())
                .containsExactly(new Pair("1/fold=0"), Pair.of(1, 1), Pair.of(2));
        assertThatThrownBy(() -> read("variant,seed,fold,loss\nold,1,2,1\nold,1,2,2\n", "loss"))
                .hasMessageContaining("seed 1/fold=2 of variant 'old' is given twice");
        assertThatThrownBy(() -> read("variant,seed,fold,loss\nold,1,first,1\n", "loss"))
                .hasMessageContaining("fold must be a whole number, got 'first'");
    }

    @Test
    void readsStatusUpdatesWeightsAndWhatStandsForEverySeed() throws IOException {
        List<Observation> runs = read("""
                variant,seed,status,updates,loss,weights/x1,deterministic
                a,1,FINISHED,100,1,0.25,True
                a,2,crashed,7,,,false
                """, "loss").observations();
        assertThat(runs.get(0).finished()).isTrue();
        assertThat(runs.get(0).deterministic()).isTrue();
        assertThat(runs.get(0).updates()).hasValue(100);
        assertThat(runs.get(0).parameters()).isEqualTo(Map.of("x1", 0.25));
        assertThat(runs.get(1).finished()).isFalse();
        assertThat(runs.get(1).deterministic()).isFalse();
    }

    @Test
    void takesFurtherColumnsForTheCell() throws IOException {
        Path file = write("variant,seed,loss,size\na,1,1,small\nb,1,2,small\na,1,1,large\n");
        assertThat(ResultsFile.read(file, FileFormat.none())
                        .results(List.of("loss"), List.of("size"))
                        .cells())
                .containsExactly(Map.of("size", "small"), Map.of("size", "large"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "varient,seed,loss;a,1,2 | r.csv:1:1: error: no column 'variant' | did you mean 'varient'?",
                "variant,loss;a,1 | r.csv:1:1: error: no column 'seed' | columns: variant, loss",
                "variant,seed,lost;a,1,2 | r.csv:1:1: error: no column 'loss' | did you mean 'lost'?",
                "variant,seed,loss,loss;a,1,2,3 | r.csv:1:19: error: two columns are called 'loss' | rename one",
                "variant,seed,loss;a,1,x1 | r.csv:2:5: error: loss must be a number, got 'x1' | ^^",
                "variant,seed,loss;a,1,0x1p3 | r.csv:2:5: error: loss must be a number | ^",
                "variant,seed,loss;\"a,a\",1.5,2 | r.csv:2:7: error: seed must be a whole number, got '1.5' | ^^^",
                "variant,seed,loss;,1,2 | r.csv:2:1: error: the variant's name is missing | ^",
                "variant,seed,loss;a,,2 | r.csv:2:3: error: the seed is missing | ^",
                "variant,seed,loss;a,1,2;b,1,2;a,1,3 | r.csv:4:3: error: seed 1 of variant 'a' is given twice | it also stands in line 2",
                "variant,seed,loss;a,1 | r.csv:2:3: error: 2 values for 3 columns | ^",
                "variant,seed,loss;a,1,2,3 | r.csv:2:7: error: 4 values for 3 columns | ^",
                "variant,seed,loss | r.csv:1:1: error: there is no run below the header | ^",
                "variant,seed,loss;\"a,1,2 | r.csv:2:1: error: a value in this row opens a quote | mend its quotes",
            })
    void namesThePlaceOfWhatIsWrong(String text, String begin, String also) throws IOException {
        Path file = write(text.replace(';', '\n'));
        assertThatThrownBy(() -> ResultsFile.read(file, FileFormat.none()).results(List.of("loss"), List.of()))
                .isInstanceOf(SpecException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace(folder + "/", ""))
                        .startsWith(begin)
                        .contains(also));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() throws IOException {
        assertThatThrownBy(() -> read("variant,seed,loss\na,x,1\nb,1,y\nb,2,2\n", "loss"))
                .isInstanceOfSatisfying(
                        SpecException.class, e -> assertThat(e.problems()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "Status", "STATUS", "State", "state"})
    void readsTheStatusWhateverItsColumnIsCalled(String column) throws IOException {
        assertThat(read("variant,seed,loss," + column + "\na,1,2,FINISHED\na,2,3,Failed\n", "loss")
                        .observations())
                .extracting(Observation::finished)
                .containsExactly(true, false);
    }

    @Test
    void takesAStateThatIsNoneOfARunForANote() throws IOException {
        assertThat(read("variant,seed,loss,state\na,1,2,Iowa\n", "loss").observations())
                .extracting(Observation::finished)
                .containsExactly(true);
    }

    @Test
    void namesTheColumnsThatAnotherSeparatorCuts() {
        assertThatThrownBy(() -> read("\"model\";\"score\"\na;1\n", "score"))
                .hasMessageContaining("no column 'variant'")
                .hasMessageContaining("columns: model, score");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", " "})
    void readsWhatAnotherSeparatorCuts(String separator) throws IOException {
        String text = "\"variant\",\"seed\",loss\na,1,2\na,2,3\n".replace(",", separator);
        assertThat(read(text, "loss").observations()).hasSize(2);

        assertThatThrownBy(() -> read(text.replace("2" + separator + "3", "2" + separator + "low"), "loss"))
                .hasMessageContaining("r.csv:3:5: error: ");
    }

    @Test
    void saysWhatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> ResultsFile.read(folder.resolve("none.csv"), FileFormat.none()))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> ResultsFile.read(folder, FileFormat.none())).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ResultsFile.read(write(""), FileFormat.none()))
                .hasMessageContaining("the file is empty");
        Path latin = Files.write(folder.resolve("l.csv"), new byte[] {'v', (byte) 0xE4});
        assertThatThrownBy(() -> ResultsFile.read(latin, FileFormat.none())).hasMessageContaining("is not UTF-8");
    }

    @Test
    void readsAsATableIsRead() throws IOException {
        String utf16 = "variant\tseed\tloss\n\u00e4\t1\t2\n";
        Path wide = Files.write(folder.resolve("w.csv"), ("\uFEFF" + utf16).getBytes(StandardCharsets.UTF_16LE));
        assertThat(ResultsFile.read(wide, FileFormat.none())
                        .results(List.of("loss"), List.of())
                        .variants())
                .containsExactly("\u00e4");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("variant,seed,loss,\na,1,?,\n".getBytes(StandardCharsets.UTF_8));
        }
        ResultsFile gzip =
                ResultsFile.read(Files.write(folder.resolve("p.csv"), packed.toByteArray()), FileFormat.none());
        assertThat(gzip.remarks()).containsExactly("the last column has no name and no values: it is left out");
        assertThat(gzip.results(List.of("loss"), List.of())
                        .observations()
                        .get(0)
                        .metrics()
                        .get("loss"))
                .isNaN();
    }

    @Test
    void readsDecimalCommasAndTitlesWhereThatIsSaid() throws IOException {
        Path file = write("Results of May\nvariant;seed;loss\na;1;0,5\n");
        assertThatThrownBy(() -> ResultsFile.read(file, FileFormat.none()))
                .hasMessageContaining(
                        "no column 'variant'; line 2 has it: give --read skip=1 if a title stands above it");
        FileFormat below = FormatOptions.of(Map.of(), List.of("skip=1"));
        assertThatThrownBy(() -> ResultsFile.read(file, below).results(List.of("loss"), List.of()))
                .hasMessageContaining("r.csv:3:5: error: loss must be a number, got '0,5'")
                .hasMessageContaining("give --read decimal=',', or write decimals with a point");
        FileFormat comma = FormatOptions.of(Map.of(), List.of("skip=1", "decimal=,"));
        assertThat(ResultsFile.read(file, comma)
                        .results(List.of("loss"), List.of())
                        .observations()
                        .get(0)
                        .metrics())
                .containsEntry("loss", 0.5);
    }

    @Test
    void namesTwentyProblemsAndCountsTheOthers() {
        assertThatThrownBy(() -> read("variant,seed,loss\n" + "a,1,x\n".repeat(25), "loss"))
                .hasMessageContaining("r.csv:21:5: error: loss must be a number")
                .hasMessageEndingWith("and 5 more");
    }
}
