package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.nio.file.Path;
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
                        "Each category but a reference is a column of 0 and 1; the references are colour=blue.",
                        "No training row has colour=blue: it is encoded as none of the categories in 1 test row.",
                        "size colour bias no-bias");
        assertThat(run.out()).contains("colour=green", "colour=red").doesNotContain("colour=blue ");
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
}
