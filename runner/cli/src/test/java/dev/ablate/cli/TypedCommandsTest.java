package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs, reports and predictions of a table with text and missing values. */
class TypedCommandsTest {

    /** The last row alone has the colour blue, and it is held back. */
    private static final String TABLE = """
            size,colour,sold
            1,red,no
            2,green,yes
            ,red,no
            4,green,yes
            6,red,yes
            3,blue,no
            """;

    private static final String SPEC = """
            version: 1
            name: sales
            dataset: { plugin: table, file: sales.csv, target: sold }
            data: { missing: { numbers: median }, split: { test: 0.17, take: last } }
            trainer: { plugin: perceptron, activation: sigmoid, learning_rate: 0.1, epochs: 5 }
            variants: { bias: {}, no-bias: { trainer.bias: false } }
            predict: [[2.5, green], [null, red]]
            """;

    @TempDir
    private Path folder;

    private Shell shell;
    private String spec = "";

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        shell.write("sales.csv", TABLE);
        spec = shell.write("sales.yaml", SPEC);
    }

    @Test
    void saysWhatWasDoneToColumns() {
        Result run = shell.run("run", spec, "--offline");
        assertThat(run.code()).as(run.err()).isZero();
        // the first of the categories, in order, is the reference: blue, which no training row has
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "Missing numbers become the median of the training rows: size (1 of 6 rows, 3 over all rows).",
                        "Each category but a reference is a column of 0 and 1; the reference is colour=blue.",
                        "No training row has colour=blue: it is encoded as none of the categories in 1 test row.",
                        "size colour bias no-bias");
        assertThat(run.out()).contains("colour=green", "colour=red").doesNotContain("colour=blue ");
    }

    @Test
    void namesTheFirstOfManyCategoriesThatNoTrainingRowHas() {
        shell.write("sales.csv", TABLE + "4,c1,no\n4,c2,yes\n4,c3,no\n4,c4,yes\n4,c5,no\n4,c6,no\n");
        Result run = shell.run("run", shell.write("sales.yaml", SPEC.replace("0.17", "0.5")), "--offline");
        assertThat(run.code()).as(run.err()).isZero();
        String out = run.out().replaceAll("\\s+", " ");
        assertThat(out)
                .contains(
                        "No training row has colour=c4: it is encoded",
                        "The same holds for 2 more categories; data.encode.rare gathers those of few rows.")
                .doesNotContain("No training row has colour=c5");
    }

    @Test
    void answersRowsAsTheDataHaveThem() {
        assertThat(shell.run("run", spec, "--offline").code()).isZero();
        Result csv = shell.run("predict", spec, "--input", "2.5,green", "--input", ",red", "-f", "csv");
        assertThat(csv.code()).as(csv.err()).isZero();
        assertThat(csv.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("size,colour,variant,"),
                        row -> assertThat(row).startsWith("2.5,green,bias,"),
                        row -> assertThat(row).startsWith("2.5,green,no-bias,"),
                        row -> assertThat(row).startsWith(",red,bias,"),
                        row -> assertThat(row).startsWith(",red,no-bias,"));
        // the median of the training rows, 1, 2, 4 and 6, is filled in
        Result same = shell.run("predict", spec, "--input", "3,red", "-f", "csv");
        assertThat(same.out().lines().toList().get(1).substring("3,".length()))
                .isEqualTo(csv.out().lines().toList().get(3).substring(",".length()));
        String rows = shell.write("rows.csv", "colour,size\nblue,3\nred,\n");
        Result json = shell.run("predict", spec, "--file", rows, "-f", "json");
        assertThat(json.out()).contains("[3, \"blue\"]", "[null, \"red\"]");
        assertThat(shell.run("predict", spec, "--input", "3,yellow").err())
                .contains("--input 3,yellow: colour must be one of blue, green, red, got 'yellow'");
        assertThat(shell.run("predict", spec, "--input", "3,").err())
                .contains("'colour': a value is missing, and the model fills in none");
        assertThat(shell.run("predict", spec, "--input", "x,red").err()).contains("size must be a number, got 'x'");
    }

    @Test
    void countsExplainedRowsAsTheDataHaveThem() {
        Result explained = shell.run(
                "explain",
                spec,
                "--set",
                "data.missing.numbers=drop",
                "--set",
                "data.split=null",
                "--set",
                "predict=null",
                "--row",
                "3");
        assertThat(explained.code()).as(explained.err()).isZero();
        assertThat(explained.out().replaceAll("\\s+", " ")).contains("in the data it is row 4.");
    }

    /** A program that writes decimal commas writes them in the rows to predict, too. */
    @Test
    void readsRowsToPredictAsTheDatasetIsWritten() {
        shell.write("sales.csv", TABLE.replace(",", ";").replace("4;", "4,5;"));
        String written = shell.write("comma.yaml", SPEC.replace("file: sales.csv", "file: sales.csv, decimal: ','"));
        assertThat(shell.run("run", written, "--offline").code()).isZero();
        String rows = shell.write("rows.csv", "colour;size;\ngreen;2,5;\n;3;\n".replace("\n;3", "\nred;NA"));

        Result comma = shell.run("predict", written, "--file", rows, "-f", "csv");
        assertThat(comma.code()).as(comma.err()).isZero();
        assertThat(comma.out()).contains("2.5,green", "\n,red");
        assertThat(comma.err())
                .contains(
                        "the columns are separated by ';'",
                        "the last column has no name and no values: it is left out");

        Result point = shell.run("predict", written, "--file", rows, "--read", "decimal=.");
        assertThat(point.code()).isEqualTo(ExitCode.USAGE);
        assertThat(point.err())
                .contains("rows.csv:2:7: error: size must be a number, got '2,5'")
                .contains("give --read decimal=','");
        assertThat(shell.run("predict", written, "--input", "1,red", "--read", "skip=1")
                        .err())
                .contains("--read goes with --file alone");
    }

    /** The curve is of a model that there is, and its area is what was measured of it. */
    @Test
    void drawsHowWellTheMedianModelSeparatesTwoClasses() {
        StringBuilder rows = new StringBuilder("x,z,sold\n");
        for (int row = 0; row < 60; row++) {
            rows.append(row * 37 % 60)
                    .append(',')
                    .append(row % 4)
                    .append(row * 37 % 60 + row % 7 * 6 > 48 ? ",yes\n" : ",no\n");
        }
        shell.write("rows.csv", rows.toString());
        String curves = shell.write("curves.yaml", """
                version: 1
                name: curves
                dataset: { plugin: table, file: rows.csv, target: sold }
                data: { scale: { features: standard }, split: { test: 0.4 } }
                trainer: { plugin: perceptron, activation: sigmoid, learning_rate: 0.1, epochs: 20 }
                variants: { bias: {}, no-bias: { trainer.bias: false } }
                seeds: [1, 2, 3, 4]
                """);
        Result run = shell.run("run", curves, "--offline", "-f", "json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonObject document = run.json();
        assertThat(document.getAsJsonArray("curves")).hasSize(2);
        for (JsonElement each : document.getAsJsonArray("curves")) {
            JsonObject curve = each.getAsJsonObject();
            List<Double> areas = new ArrayList<>();
            for (JsonElement one : document.getAsJsonArray("runs")) {
                JsonObject of = one.getAsJsonObject();
                JsonObject metrics = of.getAsJsonObject("metrics");
                if (of.get("variant").equals(curve.get("variant"))) {
                    areas.add(metrics.get("test/roc_auc").getAsDouble());
                    if (of.get("seed").equals(curve.get("seed"))) {
                        assertThat(curve.get("roc_auc").getAsDouble())
                                .isCloseTo(metrics.get("test/roc_auc").getAsDouble(), within(1e-12));
                        assertThat(curve.get("pr_auc").getAsDouble())
                                .isCloseTo(metrics.get("test/pr_auc").getAsDouble(), within(1e-12));
                    }
                }
            }
            areas.sort(null);
            assertThat(curve.get("roc_auc").getAsDouble()).isCloseTo(areas.get(1), within(1e-12));
            assertThat(curve.get("roc_auc_least").getAsDouble()).isCloseTo(areas.get(0), within(1e-12));
            assertThat(curve.get("roc_auc_most").getAsDouble()).isCloseTo(areas.get(3), within(1e-12));
            JsonArray recall = curve.getAsJsonArray("recall");
            assertThat(recall.get(recall.size() - 1).getAsDouble()).isEqualTo(1);
            assertThat(curve.getAsJsonArray("precision")).hasSameSizeAs(recall);
            assertThat(curve.get("positives").getAsInt()
                            + curve.get("negatives").getAsInt())
                    .isEqualTo(24);
        }
        Path page = Path.of(shell.run("report", curves, "-f", "html").out().strip());
        assertThat(page)
                .content()
                .contains("ROC curve", "Precision and recall")
                .contains("of the run whose area under the ROC curve is the median of its variant");
    }

    @Test
    void tabulatesHowFeaturesWereCoded() throws IOException {
        Result run = shell.run("run", spec, "--offline", "-v");
        assertThat(run.out().replaceAll(" +", " ")).contains("""
                        Coding of features
                        feature value rows columns filled in test rows unmet
                        size numbers 5 size
                        size missing 1 size 3
                        colour blue 1 none: the reference 1
                        colour green 2 colour=green
                        colour red 3 colour=red
                        """.replace("test rows unmet", "test rows unmet"));
        String most = shell.write(
                "most.yaml",
                SPEC.replace("numbers: median", "numbers: zero, indicator: true, categories: most")
                        .replace("sales.csv", "gaps.csv")
                        .replace("no-bias: { trainer.bias: false }", "one-hot: { data.encode.categories: one-hot }"));
        shell.write("gaps.csv", TABLE.replace("6,red", "6,"));
        assertThat(shell.run("run", most, "--offline", "-q").code()).isZero();
        Path page = Path.of(shell.run("report", most, "-f", "html").out().strip());
        String shown = Files.readString(page).replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
        assertThat(shown)
                .contains(
                        "All rows row size colour sold 1 1 red no 2 2 green yes 3 red no 4 4 green yes 5 6 yes 6 3 blue no"
                                + " Where nothing stands a value is missing.");
        assertThat(shown)
                .contains("Coding of features feature value rows columns filled in test rows unmet variants"
                        + " size numbers 5 size bias, one-hot size missing 1 size, size missing 0 bias, one-hot"
                        + " colour blue 1 none: the reference 1 bias colour green 2 colour=green bias"
                        + " colour red 2 colour=red bias colour missing 1 colour=green, colour=red green bias"
                        + " colour blue 1 colour=blue 1 one-hot colour green 2 colour=green one-hot"
                        + " colour red 2 colour=red one-hot"
                        + " colour missing 1 colour=blue, colour=green, colour=red green one-hot");
    }

    @Test
    void drawsWhatPredictionsLeaveOver() throws IOException {
        String spec = shell.write("left.yaml", """
                version: 1
                name: left
                dataset: { plugin: table, columns: [x, y], rows: [[0, 1.5], [0, 2.5], [0, 8]], target: y }
                trainer: { plugin: perceptron, activation: identity, learning_rate: 0.25, epochs: 200 }
                variants: { bias: {}, same: { trainer.epochs: 201 } }
                """);
        assertThat(shell.run("run", spec, "--offline", "-q").code()).isZero();
        Path page = Path.of(shell.run("report", spec, "-f", "html").out().strip());
        // the mean is 4 for every row
        assertThat(Files.readString(page))
                .contains("Residuals against predictions", "Where dots coincide, those beneath are drawn larger.")
                .contains("[[4,-2.5],[4,-1.5],[4,4]]");
    }
}
