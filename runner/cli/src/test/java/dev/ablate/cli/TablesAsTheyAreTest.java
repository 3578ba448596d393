package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people have them, from the file to what is printed. */
class TablesAsTheyAreTest {

    private static final String TABLE = """
            name;size;colour;sold
            a;1,5;red;no
            b;2,5;;yes
            c;3,25;red;yes
            d;1,5;blue;no
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        shell.write("sales.csv", TABLE);
    }

    @Test
    void whatWasGuessedIsSaidOnceAndWhatIsInThemIsDescribed() {
        String spec = spec("ignore: [name], decimal: ','");
        Result valid = shell.run("validate", spec, "--set", "data.missing.categories=own");
        assertThat(valid.code()).as(valid.err()).isZero();
        assertThat(valid.err())
                .containsOnlyOnce("the columns are separated by ';'")
                .containsOnlyOnce("the target sold has the labels no and yes, and yes counts as 1")
                .contains("give dataset.positive: 'no' if that is to count as 1");
        Result described = shell.run("describe", "dataset", spec);
        assertThat(described.code()).as(described.err()).isZero();
        assertThat(described.out()).isEqualTo("""
                        sales.csv: 4 rows of 2 features, target sold

                        column  holds       missing  distinct  range or commonest  examples
                        size    numbers           0         3  1.5 to 3.25         1.5, 2.5, 3.25
                        colour  categories        1         2  red (2), blue (1)
                        sold    categories        0         2  no (2), yes (2)

                        the columns are separated by ';'
                        """);
    }

    @Test
    void whoHasChosenTheClassIsNotWarnedOfIt() {
        String spec = spec("ignore: [name], decimal: ',', positive: 'no'");
        Result valid = shell.run("validate", spec, "--set", "data.missing.categories=own");
        assertThat(valid.code()).as(valid.err()).isZero();
        assertThat(valid.err()).contains("the columns are separated").doesNotContain("counts as 1");
    }

    @Test
    void theBestAccuracyOfContradictoryRowsIsRounded() {
        shell.write("sales.csv", "size,sold\n1,no\n1,yes\n2,yes\n");
        Result valid = shell.run("validate", spec("positive: 'yes'"));
        assertThat(valid.err()).contains("no model gets more than 2 of the 3 rows right (accuracy 0.667)");
    }

    @Test
    void whoHasGroupedRowsIsNotAdvisedToGroupThem() {
        StringBuilder rows = new StringBuilder("size,house,sold\n");
        for (int house = 0; house < 20; house++) {
            rows.append(house % 2)
                    .append(',')
                    .append(house)
                    .append(',')
                    .append(house % 2 == 0 ? "no" : "yes")
                    .append('\n');
        }
        shell.write("sales.csv", rows.toString());
        String spec = spec("columns: { house: category }");
        String said =
                "equal rows that are trained on, in all features and the target: a model that remembers rows looks"
                        + " better than it is; remove rows that are there twice";
        assertThat(shell.run("validate", spec, "--set", "data.features=[size]", "--set", "data.split.test=0.2")
                        .err())
                .contains(said + ", or name a column that such rows share (data.split.group)\n");
        assertThat(shell.run("validate", spec, "--set", "data.split={ test: 0.2, group: house }")
                        .err())
                .contains(said + "\n");
    }

    @Test
    void threeClassesAreDescribed() {
        shell.write("sales.csv", "size,sold\n1,no\n2,yes\n3,later\n4,no\n");
        String spec = spec("task: classes");
        Result described = shell.run("describe", "dataset", spec);
        assertThat(described.code()).as(described.err()).isZero();
        assertThat(described.out()).contains("sold    categories        0         3  no (2), yes (1), later (1)");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        shell.write("sales.csv", TABLE + "e;x\n");
        Result refused = shell.run("validate", spec("columns: { name: number, size: category }"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("sales.csv:2:1: name: 'a' is not a number")
                .containsPattern("\n    \\S*sales.csv:5:1: name: 'd' is not a number")
                .containsPattern("\n    \\S*sales.csv:6:3: 2 values for 4 columns: a value or a ';' is missing\n")
                .endsWith("1 error; nothing was run.\n");
    }

    private String spec(String options) {
        return shell.write("sales.yaml", """
                version: 1
                name: sales
                dataset: { plugin: table, file: sales.csv, target: sold, %s }
                trainer: { plugin: perceptron, learning_rate: 0.1, epochs: 5 }
                """.formatted(options));
    }
}
