package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One answer over several data sets, of a file and of a spec. */
class AcrossTest {

    @TempDir
    private Path folder;

    private Shell shell;

    private String file = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        file = shell.write("scores.csv", scores(8));
    }

    /** Three variants on so many data sets with three seeds each: deep is better on all, each time by more. */
    private static String scores(int dataSets) {
        StringBuilder text = new StringBuilder("variant,seed,data,accuracy,rmse,score\n");
        for (int set = 1; set <= dataSets; set++) {
            for (int seed = 1; seed <= 3; seed++) {
                double shallow = 0.5 + 0.03 * set + 0.001 * seed;
                double deep = shallow + 0.01 * set;
                double wide = shallow + (set % 2 == 0 ? -0.004 : 0.003) * set;
                row(text, "shallow", seed, set, shallow);
                row(text, "deep", seed, set, deep);
                row(text, "wide", seed, set, wide);
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String variant, int seed, int set, double accuracy) {
        text.append(String.join(
                        ",",
                        variant,
                        Integer.toString(seed),
                        "set-" + set,
                        Double.toString(accuracy),
                        Double.toString(set * 100 * (1 - accuracy)),
                        Double.toString(10 * accuracy)))
                .append('\n');
    }

    private Result compare(String... more) {
        List<String> command = new ArrayList<>(List.of("compare", file, "--baseline", "shallow", "--across", "data"));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    private String said(String... more) {
        Result result = compare(more);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out().replaceAll("\\s+", " ");
    }

    @Test
    void answersOnceAndThenForEachDataSet() {
        assertThat(said("--metric", "accuracy"))
                .startsWith(
                        "deep: accuracy is higher than shallow on all 8 data sets, on average 0.045 higher; chance hardly"
                                + " explains that (exact Wilcoxon signed ranks, p = 0.00781, adjusted 0.0156), so it is better across them.")
                .contains(
                        "accuracy across data sets, against shallow w-t-l difference interval p p adj. verdict deep 8-0-0")
                .contains("accuracy against shallow data difference w-t-l verdict deep set-1 0.01")
                .doesNotContain("best");
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy:better, 3, wide is undecided across data sets",
        "accuracy@deep:better, 0, ''",
        "accuracy@deep:worse, 3, deep is better across data sets",
        "accuracy:better|undecided, 0, ''"
    })
    void theGateHoldsTheAnswerOverAll(String gate, int code, String words) {
        Result result = compare("--metric", "accuracy", "--gate", gate);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(words);
    }

    @Test
    void fewerThanSixDataSetsAreUndecidedAndMeetNoGate() {
        file = shell.write("scores.csv", scores(5));
        Result result = compare("--metric", "accuracy", "--gate", "accuracy@deep:better");
        assertThat(result.code()).isEqualTo(ExitCode.GATE);
        assertThat(result.out()).contains("5 data sets are too few");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accuracy:max | paired-t | takes all differences for draws from one bell curve",
                "accuracy:max | corrected-resampled-t | takes all differences for draws from one bell curve",
                "rmse:min | paired-permutation | nothing says that rmse has no unit",
                "score:max | paired-permutation | nothing says that score has no unit"
            })
    void refusesATestThatDataSetsDoNotAllow(String metric, String test, String words) {
        Result result = compare("--metric", metric, "--test", test);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(words, "write --test wilcoxon or sign");
    }

    @Test
    void refusesAColumnThatIsNotThereAndABaselineThatIsNot() {
        Result column = shell.run("compare", file, "--across", "dataset", "--metric", "accuracy");
        assertThat(column.code()).isEqualTo(ExitCode.USAGE);
        assertThat(column.err()).contains("dataset", "columns: variant, seed, data, accuracy, rmse, score");
        Result baseline =
                shell.run("compare", file, "--across", "data", "--metric", "accuracy", "--baseline", "shalow");
        assertThat(baseline.code()).isEqualTo(ExitCode.USAGE);
        assertThat(baseline.err()).contains("no variant 'shalow'");
    }

    @Test
    void aTableWithOneScoreOfEachVariantNeedsNoSeeds() {
        StringBuilder text = new StringBuilder("variant,data,accuracy\n");
        for (int set = 1; set <= 7; set++) {
            text.append("shallow,set-").append(set).append(",0.5\n");
            text.append("deep,set-").append(set).append(",0.").append(50 + set).append('\n');
        }
        file = shell.write("scores.csv", text.toString());
        assertThat(said("--metric", "accuracy")).contains("p = 0.0156", "so it is better across them");
        file = shell.write("scores.csv", text.append("deep,set-7,0.9\n").toString());
        assertThat(compare("--metric", "accuracy").err()).contains("variant 'deep' in this cell is given twice");
        assertThat(shell.run("compare", file, "--cell", "data", "--metric", "accuracy")
                        .err())
                .contains("no column 'seed'");
    }

    @Test
    void goesWithAFileAlone() {
        Result runs = shell.run("compare", "0123456789", "1234567890", "--across", "data");
        assertThat(runs.code()).isEqualTo(ExitCode.USAGE);
        assertThat(runs.err()).contains("--across goes with a CSV file, or with runs on a tracking server");
        Result spec = shell.run("compare", "or-gate-bias", "--across", "data");
        assertThat(spec.code()).isEqualTo(ExitCode.USAGE);
        assertThat(spec.err()).contains("a spec says itself what is compared");
    }

    @Test
    void everyFormHasTheAnswer() {
        JsonObject json = compare("--metric", "accuracy", "-f", "json").json();
        assertThat(json.getAsJsonObject("across").getAsJsonArray("effects")).hasSize(2);
        assertThat(compare("--metric", "accuracy", "-f", "md").out())
                .startsWith("**deep: accuracy is higher than shallow on all 8 data sets")
                .contains("**accuracy across data sets, against shallow**");
        assertThat(compare("--metric", "accuracy", "-f", "latex").out())
                .contains("\\begin{tabular}{lrrr}", "verdict across &  & better & undecided \\\\");
        String csv = compare("--metric", "accuracy", "-f", "csv").out();
        file = shell.write("again.csv", csv);
        assertThat(said("--metric", "accuracy")).contains("so it is better across them");
    }

    @Test
    void drawsTheRanksOfThreeVariants() {
        Path page = folder.resolve("page.html");
        assertThat(compare("--metric", "accuracy", "-f", "html", "-o", page.toString())
                        .code())
                .isZero();
        assertThat(page)
                .content()
                .contains(
                        "Mean ranks by accuracy across data sets",
                        "Nemenyi",
                        "Davenport",
                        "depends on who else is compared, so that no verdict is taken from it");
    }

    @Test
    void aSpecSweepsOverFilesWithTargetsOfTheirOwn() {
        for (int set = 1; set <= 6; set++) {
            StringBuilder rows = new StringBuilder(set < 4 ? "a,b,bought\n" : "a,b,healthy\n");
            for (int row = 0; row < 12; row++) {
                rows.append(row)
                        .append(',')
                        .append((row * set) % 5)
                        .append(',')
                        .append(row + set > 9 ? 1 : 0)
                        .append('\n');
            }
            shell.write("table-" + set + ".csv", rows.toString());
        }
        String spec = shell.write("tables.yaml", """
                version: 1
                name: tables
                dataset: { plugin: table }
                data: { scale: { features: standard } }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 50 }
                variants: { no-bias: { trainer.bias: false }, bias: {} }
                sweep:
                  method: zip
                  params:
                    dataset.file: [table-1.csv, table-2.csv, table-3.csv, table-4.csv, table-5.csv, table-6.csv]
                    dataset.target: [bought, bought, bought, healthy, healthy, healthy]
                compare: { primary: accuracy, across: dataset.file }
                """);
        Result run = shell.run("run", spec, "-f", "json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonObject across = run.json().getAsJsonObject("across");
        assertThat(across.get("leaf").getAsString()).isEqualTo("dataset.file");
        JsonObject effect = across.getAsJsonArray("effects").get(0).getAsJsonObject();
        assertThat(effect.getAsJsonObject("cell").keySet()).isEmpty();
        assertThat(effect.get("n").getAsInt()).isEqualTo(6);
        assertThat(effect.getAsJsonObject("differences").keySet()).contains("table-1.csv", "table-6.csv");
        Result report = shell.run("report", spec, "-f", "latex");
        assertThat(report.out()).contains("table-{}1.csv & bought & ", "better--same--worse &  &  & ");
    }

    @Test
    void aSpecSweepsOverItsDataSets() {
        String spec = shell.write("gates.yaml", """
                version: 1
                name: gates
                dataset: { plugin: or-gate }
                trainer: { plugin: perceptron, learning_rate: 0.5, epochs: 50 }
                variants: { no-bias: { trainer.bias: false }, bias: {} }
                sweep:
                  params:
                    dataset.plugin: [or-gate, and-gate, nand-gate, xor-gate, virus-symptoms, line]
                compare: { primary: mse, across: dataset.plugin, test: sign }
                """);
        Result run = shell.run("run", spec);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("bias: train/mse is")
                .contains("of 6 data sets")
                .contains("(exact sign test, p =");
        assertThat(shell.run("render", spec).out()).contains("across: dataset.plugin", "test: sign");
        Result latex = shell.run("report", spec, "-f", "latex");
        assertThat(latex.code()).as(latex.err()).isZero();
        assertThat(latex.out()).contains("\\begin{tabular}{lrr}", "or-{}gate");
        Result named = shell.run("compare", spec, "--gate", "mse:undecided|better|worse");
        assertThat(named.code()).as(named.err()).isZero();
    }
}
